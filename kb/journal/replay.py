"""Replay a receipt: does every cited passage still stand, and what has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from ingest.document import Document, Passage
from ingest.errors import FrontMatterError
from ingest.library.front_matter import parse
from kb.intake import passages_of
from kb.journal.chain import content_digest
from kb.journal.history import commits_before, file_at
from kb.journal.receipt import Receipt
from kb.journal.setups import data_digest, program_version, published_digests
from kb.library import Library
from kb.validity import Standing, standings


class Fate(StrEnum):
    """What has become of a cited passage in the library, by its Swedish name."""

    SAME = "oförändrat"
    MOVED = "flyttat inom dokumentet"
    CHANGED = "ändrat"
    GONE = "borttaget ur utgåvan"
    NO_EDITION = "utgåvan finns inte i biblioteket"


@dataclass(frozen=True, slots=True)
class CitedThen:
    """One citation followed up: proved as it was, and found today.

    `proved_by` says where the passage as it was can still be read (`journalen`, `biblioteket`,
    `publiceringen`, `git <commit>`); empty if nowhere. `quote_stands`: the quote is in today's
    text of the passage. `now_in_force` names the edition that answers today, if another.
    """

    n: int
    key: str
    anchor: str
    fate: Fate
    proved_by: tuple[str, ...]
    quote_stands: bool
    status: str
    standing: str
    now_in_force: str | None
    text_then: str
    text_now: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What a replay found; `differences` say in words what else is not as it was."""

    citations: tuple[CitedThen, ...]
    differences: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def is_proved(self) -> bool:
        """Say whether every cited passage can still be read as it was."""
        return all(one.proved_by for one in self.citations)


def replay(receipt: Receipt, library: Library, *, today: date) -> Replay:
    """Hold a receipt against the library of today, and against what is kept of the past."""
    there = {document.key: document for document in library.documents}
    standing = standings((one.front for one in library.documents), as_of=today)
    cited = tuple(
        _follow(one["shown"], receipt, library, there, standing) for one in receipt.kept.citations
    )
    then, now = receipt.setup.editions, published_digests(library.documents)
    return Replay(
        citations=cited,
        differences=_differences(receipt),
        added=tuple(sorted(now.keys() - then.keys())),
        changed=tuple(sorted(key for key in now.keys() & then.keys() if now[key] != then[key])),
        gone=tuple(sorted(then.keys() - now.keys())),
    )


def _follow(
    shown: Mapping[str, Any],
    receipt: Receipt,
    library: Library,
    there: Mapping[str, Document],
    standing: Mapping[str, Standing],
) -> CitedThen:
    key = f"{shown['document_id']}@{shown['edition']}"
    digest, quote = shown["digest"], shown["quote"]
    document = there.get(key)
    passages = passages_of(document) if document else ()
    same = [one for one in passages if one.digest == digest]
    at_place = next((one for one in passages if one.anchor == shown["anchor"]), None)
    now = next((one for one in same if one.anchor == shown["anchor"]), None) or at_place
    in_force = next(
        (
            other
            for other, where in standing.items()
            if where is Standing.IN_FORCE and there[other].front.id == shown["document_id"]
        ),
        None,
    )
    return CitedThen(
        n=shown["n"],
        key=key,
        anchor=shown["anchor"],
        fate=_fate(document, same, at_place, shown["anchor"]),
        proved_by=_proofs(receipt, library, document, key, digest, quote, is_here=bool(same)),
        quote_stands=any(quote in one.text for one in (*same, *((now,) if now else ()))),
        status=document.front.status.value if document else "",
        standing=standing[key].value if document else "",
        now_in_force=in_force if in_force != key else None,
        text_then=receipt.texts.get(digest, ""),
        text_now=(now or same[0]).text if (now or same) else "",
    )


def _fate(
    document: Document | None, same: Sequence[Passage], at_place: Passage | None, anchor: str
) -> Fate:
    if document is None:
        return Fate.NO_EDITION
    if same:
        return Fate.SAME if any(one.anchor == anchor for one in same) else Fate.MOVED
    return Fate.CHANGED if at_place else Fate.GONE


def _proofs(
    receipt: Receipt,
    library: Library,
    document: Document | None,
    key: str,
    digest: str,
    quote: str,
    *,
    is_here: bool,
) -> tuple[str, ...]:
    """Say where the passage as it was can be read; each proof is the digest itself."""
    proofs = []
    kept = receipt.texts.get(digest)
    if kept is not None and content_digest(kept) == digest and quote in kept:
        proofs.append("journalen")
    if is_here:
        proofs.append("biblioteket")
    if any(_holds(source, key, digest) for source in receipt.published.get(key, ())):
        proofs.append("publiceringen")
    if not is_here and (commit := _commit_with(library.folder, document, receipt, key, digest)):
        proofs.append(f"git {commit[:12]}")
    return tuple(proofs)


def _commit_with(
    folder: Path, document: Document | None, receipt: Receipt, key: str, digest: str
) -> str | None:
    """Return a commit in which the edition has the passage."""
    path = document.path if document and document.path else folder / f"{key.partition('@')[0]}.md"
    for commit in commits_before(folder, receipt.kept.row["at"], path=path.resolve()):
        source = file_at(folder, commit, path)
        if source and _holds(source, key, digest):
            return commit
    return None


def _holds(source: str, key: str, digest: str) -> bool:
    try:
        document = parse(source)
    except FrontMatterError:
        return False
    return document.key == key and any(one.digest == digest for one in passages_of(document))


def _differences(receipt: Receipt) -> tuple[str, ...]:
    found = []
    if receipt.setup.program != program_version():
        found.append(f"Programmet var version {receipt.setup.program}, nu {program_version()}.")
    if receipt.setup.data != data_digest():
        found.append("Programmets ordlistor, vikter eller fasta texter har ändrats.")
    return tuple(found)
