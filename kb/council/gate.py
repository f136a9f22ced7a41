"""The seam where a publication is judged: a callable over the library as it would become."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from ingest.document import Document
from kb.library import Library


@dataclass(frozen=True, slots=True)
class Candidate:
    """The library as it would be after a publication, and the edition that is published."""

    library: Library
    document: Document


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate said: whether the publication may go on, and why, in Swedish."""

    passed: bool
    summary: str


Gate: TypeAlias = Callable[[Candidate], Verdict]
"""Judges a candidate; it may take its time, and changes nothing."""


def candidate(library: Library, document: Document) -> Candidate:
    """Return the library with one edition in the form it would be published in."""
    others = (one for one in library.documents if one.key != document.key)
    return Candidate(replace(library, documents=(*others, document)), document)
