"""Make the next edition of a Document from its changed original, with what a curator did kept."""

from dataclasses import dataclass, fields, replace

from ingest.document import Document, FrontMatter
from ingest.intake.merge import carry_corrections
from ingest.library.anchors import keep_anchors
from ingest.library.markdown import sections

_PLACED = frozenset({"id", "edition", "status", "original", "original_digest", "questions"})
"""The keys that are the curator's, not what the source says."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A Document's next text; `is_whole` says that all a curator did is in it."""

    document: Document
    warnings: tuple[str, ...]
    is_whole: bool


def revise(
    known: Document,
    coming: Document,
    *,
    read: Document | None,
) -> Revision:
    """Return the new reading with the curator's front matter, corrections and anchors.

    `read` is what the known edition was read as before anyone touched it; None if that was not
    kept: then the front matter is the curator's throughout, and corrections of the text stay
    behind. Where it stands in the library, its state and its questions are left as known.
    """
    front = _merge(known.front, coming.front, read.front if read else None)
    body, is_whole = coming.body, False
    if read is None:
        warnings = [
            "Vad den förra filen lästes som är inte sparat: rättelser i texten följde inte med."
        ]
    else:
        carried = carry_corrections(read.body, known.body, coming.body)
        body, is_whole = carried.body, not carried.lost
        warnings = [f"Rättelser i texten som följde med: {carried.kept}."] if carried.kept else []
        warnings += [
            f"Rättelsen ”{words}” följde inte med: originalet har ändrats där."
            for words in carried.lost
        ]
    body = keep_anchors(known.body, body)
    warnings += _lost_questions(front, body)
    if front.year != known.front.year:
        warnings.append(
            f"Året är nu {front.year}, förut {known.front.year}. Är det ett nytt dokument: ge "
            "filen ett annat namn och läs in den igen."
        )
    return Revision(Document(front, body), tuple(warnings), is_whole)


def _merge(curated: FrontMatter, coming: FrontMatter, read: FrontMatter | None) -> FrontMatter:
    """Return the curator's value of every key that a curator has set, else the new reading's."""
    if read is None:
        return curated
    newer = {
        field.name: getattr(coming, field.name)
        for field in fields(FrontMatter)
        if field.name not in _PLACED and getattr(curated, field.name) == getattr(read, field.name)
    }
    return replace(curated, **newer)


def _lost_questions(front: FrontMatter, body: str) -> list[str]:
    anchors = {section.anchor for section in sections(body)}
    lost = [anchor for anchor in front.questions if anchor.partition("~")[0] not in anchors]
    return [f"Frågorna till {anchor} har inget avsnitt längre." for anchor in lost]
