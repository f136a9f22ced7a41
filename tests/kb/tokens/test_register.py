"""The register: what opens, until when, and what is written of it; in both databases."""

from datetime import datetime

import pytest
from sqlalchemy import select

from ingest.errors import JournalError, TokenError
from kb.journal.records import Actor, Role
from kb.journal.store import Journal
from kb.journal.tables import token as events
from kb.journal.verify import verify
from kb.tokens.register import MOST_DAYS, TokenRegister
from kb.tokens.token import State, Token
from tests.kb.journal.made import REGISTRAR, START, later


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now: datetime = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register(journal: Journal, clock: Clock) -> TokenRegister:
    return TokenRegister(journal, now=clock)


def issue(
    register: TokenRegister, *, days: int = 90, actor: Actor = REGISTRAR
) -> tuple[Token, str]:
    return register.issue(
        name="Intranätets sök", role=Role.READER, groups=["skola"], days=days, actor=actor
    )


def events_of(journal: Journal) -> list[str]:
    with journal.looking() as connection:
        return list(connection.scalars(select(events.c.event).order_by(events.c.at)))


def test_a_token_stands_for_a_person_with_its_role_and_groups(register: TokenRegister) -> None:
    issued, text = issue(register)
    person = register.person_of(text)
    assert person is not None
    assert person.user == f"token:{issued.id}"
    assert person.role is Role.READER
    assert person.groups == {"skola"}


def test_a_token_with_another_secret_opens_nothing(register: TokenRegister) -> None:
    _, text = issue(register)
    wrong = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert register.person_of(wrong) is None
    assert register.person_of(f"vgv_{'0' * 12}_{'a' * 43}") is None
    assert register.person_of("") is None


def test_a_token_opens_nothing_from_its_last_moment_on(
    register: TokenRegister, clock: Clock
) -> None:
    issued, text = issue(register, days=2)
    clock.now = later(1.999)
    assert register.person_of(text) is not None
    clock.now = later(2)
    assert register.person_of(text) is None
    assert issued.state(clock.now) is State.EXPIRED


def test_a_revoked_token_opens_nothing_at_once_in_any_process(
    register: TokenRegister, journal: Journal, clock: Clock
) -> None:
    issued, text = issue(register)
    other = TokenRegister(journal, now=clock)
    assert other.person_of(text) is not None
    register.revoke(issued.id, actor=REGISTRAR)
    assert other.person_of(text) is None


def test_a_revocation_holds_when_the_clock_has_gone_back(
    register: TokenRegister, clock: Clock
) -> None:
    issued, text = issue(register)
    clock.now = later(-1)
    register.revoke(issued.id, actor=REGISTRAR)
    clock.now = later(1)
    assert register.person_of(text) is None


def test_what_cannot_be_revoked_is_said(register: TokenRegister) -> None:
    with pytest.raises(TokenError, match="token list"):
        register.revoke("000000000000", actor=REGISTRAR)
    issued, _ = issue(register)
    register.revoke(issued.id, actor=REGISTRAR)
    with pytest.raises(TokenError, match="redan"):
        register.revoke(issued.id, actor=REGISTRAR)


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_every_token_has_an_end_within_the_most(register: TokenRegister, days: int) -> None:
    with pytest.raises(TokenError, match="--days"):
        issue(register, days=days)


@pytest.mark.parametrize("name", ["", "  ", "rad\nrad", "x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_stand_on_a_line_is_refused(register: TokenRegister, name: str) -> None:
    with pytest.raises(TokenError, match="en rad"):
        register.issue(name=name, role=Role.READER, groups=[], days=1, actor=REGISTRAR)
    with pytest.raises(TokenError, match="en rad"):
        register.issue(name="x", role=Role.READER, groups=[name], days=1, actor=REGISTRAR)


def test_issue_and_revocation_are_sealed_with_who_did_it(
    register: TokenRegister, journal: Journal
) -> None:
    issued, text = issue(register)
    register.revoke(issued.id, actor=REGISTRAR)
    with journal.looking() as connection:
        rows = list(connection.execute(select(events)).mappings())
        assert verify(connection).faults == ()
    assert {row["actor"] for row in rows} == {REGISTRAR.user}
    assert not any(text.split("_", 2)[2] in str(dict(row)) for row in rows)


def test_what_is_written_of_a_token_cannot_be_taken_away(
    register: TokenRegister, journal: Journal
) -> None:
    issue(register)
    with pytest.raises(JournalError, match="append-only"), journal.writing() as connection:
        connection.execute(events.delete())


def test_a_use_is_noted_once_a_day(register: TokenRegister, journal: Journal, clock: Clock) -> None:
    _, text = issue(register)
    for day in (0, 0.1, 0.9, 1.5, 1.6):
        clock.now = later(day)
        register.person_of(text)
    TokenRegister(journal, now=clock).person_of(text)
    assert events_of(journal) == ["issued", "used", "used"]
    (listed,) = register.listed()
    assert listed.used.startswith("2026-11-23T21:00")


def test_a_wrong_secret_leaves_no_trace_that_could_fill_the_journal(
    register: TokenRegister, journal: Journal
) -> None:
    _, text = issue(register)
    register.person_of(text[:-2] + "__")
    assert events_of(journal) == ["issued"]
