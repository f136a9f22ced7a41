"""The nouns of a turn: Hit, Citation, Notice, Outcome, Answer."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from ingest.document import Basis, Kind, Norm, Passage, Status

Language = Literal["sv", "en"]
Mode = Literal["extractive", "generative"]


class Outcome(StrEnum):
    """Every way a turn can end; each owns its public sentence in `data/outcomes.yaml`."""

    ANSWERED = "answered"
    NOT_COVERED = "not_covered"
    OUT_OF_SCOPE = "out_of_scope"
    REDACT_FIRST = "redact_first"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Hit:
    """A Passage found for a question, with the scores that put it there.

    `dense` is a cosine in [-1, 1]; `lexical` is BM25 over its upper bound, in [0, 1]; `score`
    is the fused value hits are ranked by.
    """

    rank: int
    score: float
    dense: float
    lexical: float
    passage: Passage
    current: bool = True


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote shown to a person, resolved to document, edition, passage, page and digest.

    `norm` and `basis` are those of the section it stands in; None where it is no rule.
    `scanned` says that the quote was read from a picture and is to be held against the original.
    """

    n: int
    document_id: str
    title: str
    kind: Kind
    edition: str
    year: int | None
    status: Status
    valid_from: date | None
    valid_to: date | None
    decided_by: str | None
    dnr: str | None
    headings: tuple[str, ...]
    page: int | None
    anchor: str
    quote: str
    digest: str
    norm: Norm | None = None
    basis: Basis | None = None
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know beside the answer, such as an older edition."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets: an Outcome, text, Citations, notices.

    `text` starts with `short` when there is one; every quoted sentence in it is followed by the
    number of its citation, `[1]`. `personal_data` are the kinds found in a question that was
    turned back; they are for the journal and no part of the JSON.
    """

    id: str
    question: str
    language: Language
    outcome: Outcome
    short: str
    text: str
    mode: Mode = "extractive"
    citations: tuple[Citation, ...] = ()
    notices: tuple[Notice, ...] = ()
    contact: str | None = None
    related: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    personal_data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of the same conversation and what it was answered with."""

    question: str
    answer: str = ""
