"""Gallring removes what is past its days, only by a rule and a decision, and logs what it did."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from ingest.errors import JournalError
from kb.journal.events import note_feedback, note_sign_in
from kb.journal.queries import Wanted, find_turns
from kb.journal.records import Feedback, Retained, SignIn
from kb.journal.retention import find_due, remove_due
from kb.journal.store import Journal
from kb.journal.tables import citation, feedback, removal, sign_in
from kb.journal.verify import verify
from tests.kb.journal.made import ASKER, REGISTRAR, START, add_turn, later

DECISION = "KS 2027-01-20 § 12"
RULES = {Retained.TURN: 30}


def gallra(journal: Journal, rules: dict[Retained, int] = RULES) -> None:
    remove_due(journal, rules, decision=DECISION, actor=REGISTRAR, now=later(31))


def test_what_is_past_its_days_goes_with_its_sources_and_feedback(journal: Journal) -> None:
    old = add_turn(journal)
    new = add_turn(journal, at=later(2))
    note_feedback(journal, Feedback(old, useful=False), actor=ASKER, now=later(3))
    gallra(journal)
    with journal.looking() as connection:
        assert [one.row["id"] for one in find_turns(connection, Wanted())] == [new]
        assert connection.execute(select(citation.c.turn)).all() == [(new,)]
        assert connection.execute(select(feedback)).all() == []
        assert verify(connection).faults == ()


def test_the_log_says_what_how_many_by_which_rule_when_and_by_whom(journal: Journal) -> None:
    add_turn(journal)
    gallra(journal)
    with journal.looking() as connection:
        (row,) = connection.execute(select(removal)).all()
    assert (row.kind, row.rule, row.decision) == ("gallring", "turn: 30 dagar", DECISION)
    assert (row.actor, row.at[:10]) == ("registrator", "2026-12-23")
    assert json.loads(row.counts) == {"citation": 1, "turn": 1}


@pytest.mark.parametrize("decision", [None, "", "  "])
def test_without_a_decision_nothing_goes(journal: Journal, decision: str | None) -> None:
    add_turn(journal)
    with pytest.raises(JournalError, match="nämndens beslut"):
        remove_due(journal, RULES, decision=decision, actor=REGISTRAR, now=later(31))
    with journal.looking() as connection:
        assert len(list(find_turns(connection, Wanted()))) == 1


def test_a_kind_without_a_rule_is_kept(journal: Journal) -> None:
    add_turn(journal)
    note_sign_in(journal, SignIn("in"), actor=ASKER, now=START)
    gallra(journal, {Retained.SIGN_IN: 10})
    with journal.looking() as connection:
        assert len(list(find_turns(connection, Wanted()))) == 1
        assert connection.execute(select(sign_in)).all() == []


def test_what_is_due_can_be_seen_beforehand(journal: Journal) -> None:
    add_turn(journal)
    with journal.looking() as connection:
        assert find_due(connection, RULES, now=later(29))[0].items == ()
        (due,) = find_due(connection, RULES, now=later(31))
    assert (due.rule, len(due.items)) == ("turn: 30 dagar", 2)


def test_what_is_removed_leaves_the_file(file_journal: Journal, tmp_path: Path) -> None:
    add_turn(file_journal, question="Omisskännlig fråga om kanelbullar?")
    gallra(file_journal)
    for path in tmp_path.glob("journal.sqlite3*"):
        assert b"kanelbullar" not in path.read_bytes(), path.name


def test_a_second_gallring_has_nothing_to_do(journal: Journal) -> None:
    add_turn(journal)
    gallra(journal)
    gallra(journal)
    with journal.looking() as connection:
        assert len(connection.execute(select(removal)).all()) == 1
