"""Erasure takes what is a person's, leaves the rest, and says that it was done."""

from pathlib import Path

import pytest
from sqlalchemy import select

from ingest.errors import JournalError
from kb.journal.erasure import Whose, erase
from kb.journal.events import note_sign_in
from kb.journal.queries import Wanted, find_turns
from kb.journal.records import Actor, SignIn
from kb.journal.store import Journal
from kb.journal.tables import removal, sign_in
from kb.journal.verify import verify
from tests.kb.journal.made import ASKER, PERSONAL_NUMBER, REGISTRAR, START, add_turn


def erased(journal: Journal, whose: Whose, reason: str = "begäran") -> dict[str, int]:
    return erase(journal, whose, reason=reason, decision="", actor=REGISTRAR, now=START)


def left(journal: Journal) -> set[str]:
    with journal.looking() as connection:
        assert verify(connection).faults == ()
        return {one.row["id"] for one in find_turns(connection, Wanted())}


def fill(journal: Journal) -> None:
    add_turn(journal, id="a")
    add_turn(journal, id="b", actor=Actor(user="u1001", session="s2"))
    add_turn(journal, id="c", actor=Actor(user="u1002", session="s3"))
    note_sign_in(journal, SignIn("in"), actor=ASKER, now=START)


@pytest.mark.parametrize(
    ("whose", "stays"),
    [
        (Whose(user="u1001"), {"c"}),
        (Whose(session="s1"), {"b", "c"}),
        (Whose(turn="c"), {"a", "b"}),
    ],
)
def test_what_is_asked_for_goes_and_nothing_else(
    journal: Journal, whose: Whose, stays: set[str]
) -> None:
    fill(journal)
    erased(journal, whose)
    assert left(journal) == stays


def test_a_user_takes_the_sign_ins_along(journal: Journal) -> None:
    fill(journal)
    assert erased(journal, Whose(user="u1001")) == {"citation": 2, "sign_in": 1, "turn": 2}
    with journal.looking() as connection:
        assert connection.execute(select(sign_in)).all() == []


def test_the_log_says_why_and_names_nobody(journal: Journal) -> None:
    fill(journal)
    erased(journal, Whose(user="u1001"), f"begärt av {PERSONAL_NUMBER}")
    with journal.looking() as connection:
        row = connection.execute(select(removal)).one()
    assert (row.kind, row.rule) == ("radering", "en användares uppgifter")
    assert row.reason == "begärt av [personnummer]"
    assert "u1001" not in str(row)


def test_the_text_leaves_the_file(file_journal: Journal, tmp_path: Path) -> None:
    add_turn(file_journal, question="Omisskännlig fråga om kanelbullar?")
    erased(file_journal, Whose(user="u1001"))
    for path in tmp_path.glob("journal.sqlite3*"):
        assert b"kanelbullar" not in path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("whose", "reason", "said"),
    [
        (Whose(user="u1001"), " ", "--reason"),
        (Whose(user="ingen"), "begäran", "Inget i journalen"),
        (Whose(), "begäran", "--user"),
        (Whose(user="u1001", session="s1"), "begäran", "--user"),
        (Whose(user=""), "begäran", "--user"),
    ],
)
def test_an_erasure_that_is_not_clear_is_refused(
    journal: Journal, whose: Whose, reason: str, said: str
) -> None:
    fill(journal)
    with pytest.raises(JournalError, match=said):
        erased(journal, whose, reason)
    assert len(left(journal)) == 3
