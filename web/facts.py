"""State the facts of a source the way a person reads them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from ingest.document import Basis, Kind, Status
from kb.rules import basis_meaning
from web.texts import Wording


class Fact(NamedTuple):
    """A label and its value; `is_swedish` tells that the value is the Document's own words."""

    label: str
    value: str
    is_swedish: bool = False


class Described(Protocol):
    """What a citation and a front matter both tell of a Document."""

    @property
    def kind(self) -> Kind: ...  # noqa: D102
    @property
    def edition(self) -> str: ...  # noqa: D102
    @property
    def year(self) -> int | None: ...  # noqa: D102
    @property
    def status(self) -> Status: ...  # noqa: D102
    @property
    def valid_from(self) -> date | None: ...  # noqa: D102
    @property
    def valid_to(self) -> date | None: ...  # noqa: D102
    @property
    def decided_by(self) -> str | None: ...  # noqa: D102
    @property
    def dnr(self) -> str | None: ...  # noqa: D102


def facts_of(
    source: Described,
    *,
    headings: Sequence[str],
    page: int | None,
    words: Wording,
    today: date,
) -> tuple[Fact, ...]:
    """List kind, edition, year, validity, decision, dnr, headings and page; absent ones left out.

    Validity and decision are always there: that a date or a decision is missing is a fact.
    """
    decided = Fact(words.say("decision"), words.say("undecided"))
    if source.decided_by:
        decided = Fact(words.say("decision"), source.decided_by, is_swedish=True)
    optional = (
        (source.year, Fact(words.say("year"), str(source.year))),
        (source.dnr, Fact(words.say("dnr"), source.dnr or "")),
        (headings, Fact(words.say("path"), " › ".join(headings), is_swedish=True)),
        (page, Fact(words.say("page"), str(page))),
    )
    return (
        Fact(words.say("kind"), source.kind.value, is_swedish=True),
        Fact(words.say("edition"), source.edition),
        Fact(words.say("valid"), _validity(source, words=words, today=today)),
        *_unpublished(source.status, words),
        decided,
        *(fact for present, fact in optional if present),
    )


def rule_facts(basis: Basis | None, words: Wording) -> tuple[Fact, ...]:
    """State what it means that a rule rests on what it does; nothing where it is not said."""
    meaning = basis_meaning(basis, words.language)
    return (Fact(words.say("basis"), meaning),) if meaning else ()


def _unpublished(status: Status, words: Wording) -> tuple[Fact, ...]:
    if status is Status.PUBLISHED:
        return ()
    return (Fact(words.say("status"), words.say(f"status_{status.value}")),)


def _validity(source: Described, *, words: Wording, today: date) -> str:
    start, end = source.valid_from, source.valid_to
    if end and end < today:
        return words.say("lapsed", end=end)
    if start and end:
        return words.say("valid_range", start=start, end=end)
    if start:
        return words.say("valid_open", start=start)
    return words.say("valid_until", end=end) if end else words.say("valid_unstated")
