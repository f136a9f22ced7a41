"""A turn under way: a frozen record that every step of the pipeline fills in."""

from dataclasses import dataclass, field
from datetime import date

from ingest.document import Passage
from kb.answer.choose import Choice
from kb.answer.compose import Composition
from kb.answer.decide import Decision
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
    audience: frozenset[str] = frozenset({"alla"})
    screened: Screened | None = None
    question: Question | None = None
    vector: "Vector | None" = None
    wanted: tuple[ContentTerm, ...] = ()
    hits: tuple[Hit, ...] = ()
    older: tuple[Hit, ...] = ()
    choice: Choice | None = None
    older_choice: Choice | None = None
    support: Support | None = None
    in_parts: bool = False
    decision: Decision | None = None
    rules: tuple[Passage, ...] = ()
    composition: Composition | None = None
    notices: tuple[Notice, ...] = ()
    outcome: Outcome | None = None
    values: dict[str, str] = field(default_factory=dict)
