"""A turn under way: a frozen record that every step of the pipeline fills in."""

from dataclasses import dataclass, field
from datetime import date

from ingest.document import Passage
from kb.answer.choose import Choice
from kb.answer.compose import Composition
from kb.answer.decide import Decision
from kb.answer.scoring import Reading
from kb.answer.screen import Screened
from kb.answer.support import Support
from kb.answer.understand import Question
from kb.embedding.model import Vector
from kb.language.swedish import ContentTerm
from kb.records import Hit, Language, Notice, Outcome, Turn


@dataclass(frozen=True, slots=True)
class Draft:
    """A turn under way; every step fills in its part, `outcome` ends it."""

    asked: str
    as_of: date
    history: tuple[Turn, ...] = ()
    language: Language | None = None
    screened: Screened | None = None
    question: Question | None = None
    vector: "Vector | None" = None
    wanted: tuple[ContentTerm, ...] = ()
    hits: tuple[Hit, ...] = ()
    older: tuple[Hit, ...] = ()
    choice: Choice | None = None
    older_choice: Choice | None = None
    only_older: bool = False
    support: Support | None = None
    in_parts: bool = False
    decision: Decision | None = None
    rules: tuple[Passage, ...] = ()
    composition: Composition | None = None
    notices: tuple[Notice, ...] = ()
    outcome: Outcome | None = None
    values: dict[str, str] = field(default_factory=dict)


def question_of(draft: Draft) -> Question:
    """Return the question as understood.

    Raises:
        ValueError: no step has understood it yet.
    """
    if draft.question is None:
        raise ValueError("understand the question first")
    return draft.question


def reading_of(draft: Draft) -> Reading:
    """Return the question made ready for scoring.

    Raises:
        ValueError: no step has embedded it yet.
    """
    if draft.vector is None:
        raise ValueError("retrieve first")
    return Reading(question_of(draft), draft.vector, draft.wanted)


def is_enough(draft: Draft) -> bool:
    """Say whether what was chosen supports an answer."""
    return draft.support is not None and draft.support.enough
