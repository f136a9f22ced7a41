"""A receipt is read on record, and says plainly when there is none to show."""

import pytest
from sqlalchemy import select

from ingest.errors import JournalError
from kb.journal.erasure import Whose, erase
from kb.journal.receipt import Receipt, read_receipt
from kb.journal.store import Journal
from kb.journal.tables import reading
from tests.kb.journal.made import REGISTRAR, SETUP, START, add_turn, later, rule


def receipt_of(journal: Journal, turn: str) -> Receipt:
    return read_receipt(journal, turn, actor=REGISTRAR, now=later(1))


def test_a_receipt_has_the_answer_its_passages_whole_and_its_setup(journal: Journal) -> None:
    earlier = add_turn(journal)
    turn = add_turn(journal, at=later(0.1))
    found = receipt_of(journal, turn)
    assert found.setup == SETUP
    assert found.texts == {rule().digest: rule().text}
    assert [one.row["id"] for one in found.earlier] == [earlier]
    assert found.link[0] == 3


def test_that_a_receipt_was_read_or_sought_is_written(journal: Journal) -> None:
    turn = add_turn(journal)
    receipt_of(journal, turn)
    with pytest.raises(JournalError, match="finns inte i journalen"):
        receipt_of(journal, "borta")
    with journal.looking() as connection:
        rows = connection.execute(select(reading).order_by(reading.c.found)).all()
    assert [(row.filter, row.found) for row in rows] == [("svar borta", 0), (f"svar {turn}", 1)]


def test_a_removed_answer_is_said_to_be_removed_when_and_why(journal: Journal) -> None:
    turn = add_turn(journal)
    whose = Whose(turn=turn)
    erase(journal, whose, reason="begäran", decision="KS § 1", actor=REGISTRAR, now=START)
    with pytest.raises(JournalError, match=r"radering, ett svar enligt KS § 1\) 2026-11-22"):
        receipt_of(journal, turn)
