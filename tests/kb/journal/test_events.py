"""Feedback, sign-ins and readings are written, masked, with who did it."""

import pytest
from sqlalchemy import select

from ingest.errors import JournalError
from kb.journal.events import note_feedback, note_reading, note_sign_in
from kb.journal.records import Feedback, Reading, SignIn
from kb.journal.store import Journal
from kb.journal.tables import feedback, reading, sign_in
from tests.kb.journal.made import ASKER, PERSONAL_NUMBER, REGISTRAR, START, add_turn


def test_feedback_is_kept_with_its_comment_masked(journal: Journal) -> None:
    turn = add_turn(journal)
    said = Feedback(turn, useful=False, reason="fel", comment=f"Gällde {PERSONAL_NUMBER}.")
    note_feedback(journal, said, actor=ASKER, now=START)
    with journal.looking() as connection:
        row = connection.execute(select(feedback)).one()
    assert (row.turn, row.useful, row.comment) == (turn, False, "Gällde [personnummer].")
    assert (row.actor, row.session) == ("u1001", "s1")


def test_feedback_on_an_answer_that_is_not_there_is_refused(journal: Journal) -> None:
    with pytest.raises(JournalError, match="finns inte"):
        note_feedback(journal, Feedback("borta", useful=True), actor=ASKER, now=START)


def test_a_sign_in_is_kept(journal: Journal) -> None:
    note_sign_in(journal, SignIn("refused", "fel målgrupp"), actor=ASKER, now=START)
    with journal.looking() as connection:
        row = connection.execute(select(sign_in)).one()
    assert (row.event, row.detail) == ("refused", "fel målgrupp")


def test_a_reading_is_kept_with_what_was_sought_masked(journal: Journal) -> None:
    sought = Reading("journal export json", f"sökord {PERSONAL_NUMBER}", 0)
    with journal.writing() as connection:
        note_reading(connection, sought, actor=REGISTRAR, now=START)
        row = connection.execute(select(reading)).one()
    assert (row.actor, row.filter, row.found) == ("registrator", "sökord [personnummer]", 0)
