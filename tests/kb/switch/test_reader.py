"""The switch is read at most every other second, and what cannot be read is not guessed."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from ingest.errors import JournalError
from kb.journal.records import SwitchMove
from kb.journal.store import FILE, Journal, open_journal
from kb.switch.reader import SwitchReader
from kb.switch.state import turn_switch
from tests.kb.journal.made import REGISTRAR, START

OFF = SwitchMove(is_on=False, message="Stängt.")


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_reading_is_good_for_two_seconds_and_no_longer(file_journal: Journal) -> None:
    clock = Clock()
    reader = SwitchReader(file_journal, clock=clock)
    assert reader.read().is_on
    turn_switch(file_journal, OFF, actor=REGISTRAR, now=START)
    clock.now = 1.9
    assert (reader.is_fresh, reader.read().is_on) == (True, True)
    clock.now = 2.0
    assert not reader.read().is_on


def test_what_cannot_be_read_is_refused_and_not_asked_for_again_at_once(tmp_path: Path) -> None:
    clock, folder = Clock(), tmp_path / "borta"
    journal = Journal(create_engine(f"sqlite:///{folder}/{FILE}"))
    reader = SwitchReader(journal, clock=clock)
    with pytest.raises(JournalError):
        reader.read()
    open_journal(folder).close()
    clock.now = 1.9
    with pytest.raises(JournalError):
        reader.read()
    clock.now = 2.0
    assert reader.read().is_on
    journal.close()
