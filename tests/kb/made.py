"""Make passages, hits and choices for tests, without an index."""

from ingest.document import Document, FrontMatter, Passage
from ingest.library.passages import split
from kb.answer.choose import Choice
from kb.answer.scoring import Scored
from kb.answer.units import units_of
from kb.records import Hit


def passage(body: str, *, front: FrontMatter | None = None) -> Passage:
    """Return the first passage of a body."""
    return split(Document(front or FrontMatter(id="prov", title="Prov"), body))[0]


def choice(*passages: Passage, coverage: float = 1.0) -> Choice:
    """Return a choice of every unit of the passages, in order."""
    hits = tuple(Hit(rank, 1.0, 0.9, 0.5, one) for rank, one in enumerate(passages, start=1))
    units = tuple(
        Scored(hit, unit, 1.0, 0.9, 1.0, True) for hit in hits for unit in units_of(hit.passage)
    )
    return Choice(hits, units, coverage, typed=True)
