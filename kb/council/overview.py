"""List what the council has on its desk: status, round, reviews that are overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from ingest.document import Document, Status
from kb.council.desk import moves_of
from kb.council.header import reviewed_digest
from kb.council.moves import standing_of
from kb.journal.tables import publication
from kb.library import Library
from kb.validity import standings


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition on the council's list.

    `is_changed` says that the file is another than the one last published by the council, and
    `is_unfinished` that its status is not the one that the last move in the journal led to.
    """

    key: str
    title: str
    status: Status
    standing: str
    owner: str
    valid_from: date | None
    review_by: date | None
    is_overdue: bool
    submitted_by: tuple[str, ...]
    approved_by: tuple[str, ...]
    published_at: str | None
    is_changed: bool
    is_unfinished: bool


def list_editions(connection: Connection, library: Library, *, today: date) -> tuple[Listed, ...]:
    """Return every edition: what is under review first, then overdue reviews, then by id."""
    standing = standings((one.front for one in library.documents), as_of=today)
    published = _last_publications(connection)
    listed = [
        _listed(connection, document, standing[document.key].value, published, today)
        for document in library.documents
    ]
    return tuple(sorted(listed, key=_urgency))


def _urgency(one: Listed) -> tuple[bool, bool, bool, str]:
    doubtful = one.is_changed or one.is_unfinished
    return (not doubtful, one.status is not Status.IN_REVIEW, not one.is_overdue, one.key)


def _listed(
    connection: Connection,
    document: Document,
    standing: str,
    published: Mapping[str, tuple[str, str]],
    today: date,
) -> Listed:
    front, digest = document.front, reviewed_digest(document)
    moves = moves_of(connection, document)
    round_now = standing_of(moves, digest)
    at, published_digest = published.get(document.key, (None, digest))
    is_out = front.status is Status.PUBLISHED
    return Listed(
        key=document.key,
        title=front.title,
        status=front.status,
        standing=standing,
        owner=front.owner,
        valid_from=front.valid_from,
        review_by=front.review_by,
        is_overdue=bool(is_out and front.review_by and front.review_by < today),
        submitted_by=round_now.submitters,
        approved_by=round_now.approvers,
        published_at=at,
        is_changed=is_out and published_digest != digest,
        is_unfinished=_is_unfinished([move for move in moves if not move["stopped"]], front.status),
    )


def _is_unfinished(moves: Sequence[Mapping[str, object]], status: Status) -> bool:
    return bool(moves) and moves[-1]["after"] != status.value


def _last_publications(connection: Connection) -> dict[str, tuple[str, str]]:
    rows = connection.execute(select(publication).order_by(publication.c.at)).mappings()
    return {f"{row['document_id']}@{row['edition']}": (row["at"], row["digest"]) for row in rows}
