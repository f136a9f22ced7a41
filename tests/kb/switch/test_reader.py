"""The switch is read at most every other second, and what cannot be read is not guessed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine

from ingest.errors import JournalError
from kb.journal.records import SwitchMove
from kb.journal.store import Journal
from kb.switch.reader import SwitchReader
from kb.switch.state import turn_switch
from tests.kb.journal.made import REGISTRAR, START

OFF = SwitchMove(is_on=False, message="Stängt.")


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Away(Journal):
    """A journal whose database is away until it is told to come back."""

    def __init__(self) -> None:
        super().__init__(create_engine("sqlite://"))
        self.asked = 0

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        self.asked += 1
        raise JournalError("Databasen svarar inte.")
        yield


def test_a_reading_is_good_for_two_seconds_and_no_longer(file_journal: Journal) -> None:
    clock = Clock()
    reader = SwitchReader(file_journal, clock=clock)
    assert not reader.is_fresh
    assert reader.read().is_on
    turn_switch(file_journal, OFF, actor=REGISTRAR, now=START)
    clock.now = 1.9
    assert reader.is_fresh
    assert reader.read().is_on
    clock.now = 2.0
    assert not reader.read().is_on


def test_what_cannot_be_read_is_refused_and_not_asked_for_again_at_once() -> None:
    clock, journal = Clock(), Away()
    reader = SwitchReader(journal, clock=clock)
    for _ in range(3):
        with pytest.raises(JournalError):
            reader.read()
    assert journal.asked == 1
    clock.now = 2.0
    with pytest.raises(JournalError):
        reader.read()
    assert journal.asked == 2
