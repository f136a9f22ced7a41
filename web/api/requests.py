"""What a call may hold, and how much of it; checked alike for HTTP and MCP."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

from kb.journal.events import MOST_COMMENT
from kb.records import Language

MOST_QUESTION = 4_000  # characters; what is longer would be cut before it is answered
MOST_HISTORY = 6  # earlier questions
MOST_HITS = 50
MOST_REASON = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _a_day(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and _DAY.fullmatch(value) and "2000" <= value < "2100":
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "must be a date such as 2026-11-22")


Question = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_QUESTION)
]
Step = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Day = Annotated[date | None, BeforeValidator(_a_day)]
_AS_OF = "Svara som om det vore den dagen, 2000–2099; annars i dag."


class _Call(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskCall(_Call):
    """En fråga."""

    question: Question = Field(
        description="Frågan, på svenska eller engelska, utan personuppgifter.",
        examples=["Får jag klistra in ett läkarintyg i ChatGPT?"],
    )
    language: Language | None = Field(
        default=None, description="Svarets språk, sv eller en; annars frågans."
    )
    as_of: Day = Field(default=None, description=_AS_OF)
    history: tuple[Question, ...] = Field(
        default=(),
        max_length=MOST_HISTORY,
        description="Tidigare frågor i samma samtal, äldst först, så att en följdfråga förstås.",
    )


class SearchCall(_Call):
    """En sökning."""

    q: Question = Field(description="Det som söks, utan personuppgifter.")
    k: int = Field(default=10, ge=1, le=MOST_HITS, description="Högst så många träffar.")
    as_of: Day = Field(default=None, description=_AS_OF)


class PassageCall(_Call):
    """Ett avsnitts adress."""

    document_id: Step = Field(description="Dokumentets id.")
    edition: Step = Field(description="Utgåvan.")
    anchor: Step = Field(description="Avsnittets ankare.")


class FeedbackCall(_Call):
    """Ett omdöme om ett svar."""

    answer: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] = Field(
        description="Svarets id."
    )
    useful: StrictBool = Field(description="Om svaret hjälpte.")
    reason: str = Field(default="", max_length=MOST_REASON, description="Skälet i några ord.")
    comment: str = Field(
        default="", max_length=MOST_COMMENT, description="En kommentar, utan personuppgifter."
    )


FIELDS = tuple(
    name for call in (AskCall, SearchCall, PassageCall, FeedbackCall) for name in call.model_fields
)
"""Every name that may be said back to the caller."""
