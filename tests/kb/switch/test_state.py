"""The switch is an event in the journal: kept for good, sealed, in order by any clock."""

import pytest
from sqlalchemy import text

from ingest.errors import JournalError, SettingsError
from kb.journal.records import SwitchMove
from kb.journal.store import Journal
from kb.journal.verify import verify
from kb.switch.state import Standing, read_switch, turn_switch
from tests.kb.journal.made import REGISTRAR, START, later

OFF = SwitchMove(is_on=False, message="Stängt för underhåll.", message_en="Closed.")


def turned(journal: Journal, move: SwitchMove, *, days: float = 0) -> Standing:
    turn_switch(journal, move, actor=REGISTRAR, now=later(days))
    with journal.looking() as connection:
        return read_switch(connection)


def test_a_service_that_nobody_has_turned_off_is_on(journal: Journal) -> None:
    with journal.looking() as connection:
        assert read_switch(connection) == Standing()


def test_off_says_what_who_and_when_and_on_forgets_the_message(journal: Journal) -> None:
    off = turned(journal, OFF)
    assert (off.is_on, off.message, off.message_en) == (False, OFF.message, OFF.message_en)
    assert (off.by, off.at[:16]) == ("registrator", START.isoformat()[:16])
    on = turned(journal, SwitchMove(is_on=True, message="glöms"))
    assert (on.is_on, on.message) == (True, "")


def test_the_last_move_counts_even_when_a_clock_goes_wrong(journal: Journal) -> None:
    turned(journal, OFF, days=1)
    assert turned(journal, SwitchMove(is_on=True)).is_on


def test_every_move_is_sealed_and_none_can_be_removed(journal: Journal) -> None:
    turned(journal, OFF)
    with journal.looking() as connection:
        verdict = verify(connection)
    assert (verdict.records["switch"], verdict.faults) == (1, ())
    with journal.writing() as connection:
        connection.execute(text("INSERT INTO removed SELECT 'switch', id, 'r' FROM switch"))
    with pytest.raises(JournalError, match="append-only"), journal.writing() as connection:
        connection.execute(text("DELETE FROM switch"))


def test_a_message_becomes_one_line_without_hidden_signs(journal: Journal) -> None:
    hostile = "Stängt\r\ntill\x1b[31m kl. 9\u202e\x00"
    assert turned(journal, SwitchMove(is_on=False, message=hostile)).message == (
        "Stängt till [31m kl. 9 \ufffd"
    )


@pytest.mark.parametrize("message", ["", " \n", "x" * 501])
def test_off_needs_a_message_that_can_be_shown(journal: Journal, message: str) -> None:
    with pytest.raises(SettingsError, match=r"[Mm]eddelandet|--message"):
        turned(journal, SwitchMove(is_on=False, message=message))
