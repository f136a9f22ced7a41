"""Show what an edition changes against the one that is published."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ingest.document import Document, Status
from ingest.errors import FrontMatterError
from ingest.intake.changes import Changes, compare
from ingest.intake.changes_text import summarise, write_changes
from ingest.library.front_matter import parse
from kb.journal.tables import publication
from kb.library import Library
from kb.validity import Standing, newest_first, standings


@dataclass(frozen=True, slots=True)
class Difference:
    """An edition beside the one it is compared with; None where there is none."""

    before: Document | None
    after: Document
    changes: Changes


def difference(
    connection: Connection, library: Library, document: Document, *, today: date
) -> Difference:
    """Compare an edition with the one in force, else with itself as it was last published."""
    before = _in_force(library, document, today) or _last_published(connection, document)
    base = before or Document(document.front, "")
    return Difference(before, document, compare(base, document))


def difference_text(found: Difference) -> str:
    """Return the difference as Markdown, section by section."""
    if found.before is None:
        return (
            f"# {found.after.front.title}, utgåva {found.after.front.edition}\n\n"
            f"Ingen utgåva är publicerad: allt är nytt. {summarise(found.changes)}\n\n"
            f"{found.after.body}\n"
        )
    return write_changes(found.before, found.after, found.changes)


def difference_json(found: Difference) -> dict[str, Any]:
    """Return the difference as a JSON object."""
    return {
        "edition": found.after.key,
        "against": found.before.key if found.before else None,
        "unchanged": found.changes.unchanged,
        "keys": [
            {"key": key, "before": before, "after": after}
            for key, before, after in found.changes.keys
        ],
        "passages": [
            {
                "kind": change.kind.name.lower(),
                "headings": change.passage.headings,
                "anchor": change.passage.anchor,
                "before": _text_before(change.before, change.passage, change.kind.name),
                "after": None if change.kind.name == "DROPPED" else change.passage.text,
            }
            for change in found.changes.passages
        ],
    }


def _text_before(before: Any, passage: Any, kind: str) -> str | None:
    if kind == "DROPPED":
        return str(passage.text)
    return before.text if before else None


def _in_force(library: Library, document: Document, today: date) -> Document | None:
    standing = standings((one.front for one in library.documents), as_of=today)
    others = {
        one.key: one
        for one in library.documents
        if one.front.id == document.front.id
        and one.key != document.key
        and one.front.status is Status.PUBLISHED
    }
    for key, other in others.items():
        if standing[key] is Standing.IN_FORCE:
            return other
    newest = newest_first(one.front for one in others.values())
    return others[f"{newest[0].id}@{newest[0].edition}"] if newest else None


def _last_published(connection: Connection, document: Document) -> Document | None:
    query = (
        select(publication.c.source)
        .where(
            publication.c.document_id == document.front.id,
            publication.c.edition == document.front.edition,
        )
        .order_by(publication.c.at.desc())
        .limit(1)
    )
    source = connection.scalar(query)
    try:
        return parse(source) if source else None
    except FrontMatterError:
        return None
