"""A turn is written with all that its receipt needs, and nothing that may not be kept."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from ingest.errors import JournalError
from kb.journal.queries import KeptTurn, Wanted, find_turns
from kb.journal.records import Actor
from kb.journal.store import Journal
from kb.journal.tables import citation, passage_text, setup
from kb.journal.turns import TurnRecorder
from kb.records import Outcome
from tests.kb.journal.made import (
    PERSONAL_NUMBER,
    SETUP,
    START,
    TODAY,
    add_turn,
    answer,
    later,
    rule,
)


def kept(journal: Journal) -> list[KeptTurn]:
    with journal.looking() as connection:
        return list(find_turns(connection, Wanted()))


def test_a_turn_is_kept_with_its_sources_and_its_setup(journal: Journal) -> None:
    turn = add_turn(journal)
    (found,) = kept(journal)
    assert found.row["id"] == turn
    assert (found.row["question"], found.row["outcome"]) == (answer().question, "answered")
    assert found.row["at"] == "2026-11-22T09:00:00.000000Z"
    assert found.row["timings"] == {"total": 17.0}
    assert found.citations[0]["shown"]["quote"] == "Du får inte dela ditt lösenord."
    assert found.citations[0]["digest"] == rule().digest
    assert found.row["setup"] == SETUP.digest


def test_passages_and_setups_are_kept_once(journal: Journal) -> None:
    add_turn(journal)
    add_turn(journal)
    with journal.looking() as connection:
        assert connection.execute(select(passage_text.c.text)).all() == [(rule().text,)]
        assert len(connection.execute(select(setup)).all()) == 1


def test_a_question_turned_back_leaves_only_that_it_happened(
    file_journal: Journal, tmp_path: Path
) -> None:
    add_turn(
        file_journal, outcome=Outcome.REDACT_FIRST, question=f"Gäller {PERSONAL_NUMBER} sjukdom?",
        short="Hemligt kort", text="Hemligt svar om sjukdom", personal_data=("personnummer",),
    )  # fmt: skip
    (found,) = kept(file_journal)
    assert (found.row["question"], found.row["short"], found.row["text"]) == ("", "", "")
    assert found.row["found"] == ["personnummer"]
    assert found.citations == ()
    written = b"".join(path.read_bytes() for path in tmp_path.glob("journal.sqlite3*"))
    assert b"sjukdom" not in written
    assert b"2385" not in written


def test_a_number_that_slipped_through_is_masked_and_said_to_be(journal: Journal) -> None:
    add_turn(journal, question=f"Gäller {PERSONAL_NUMBER}?", text=f"Om {PERSONAL_NUMBER}.")
    (found,) = kept(journal)
    assert found.row["question"] == "Gäller [personnummer]?"
    assert found.row["text"] == "Om [personnummer]."
    assert found.row["masked"]


def test_a_half_character_and_a_nul_can_be_written(journal: Journal) -> None:
    add_turn(journal, question="Får \ud800 jag\x00?")
    assert kept(journal)[0].row["question"] == "Får \ufffd jag\ufffd?"


def test_the_same_id_is_never_written_twice(journal: Journal) -> None:
    add_turn(journal, id="samma")
    with pytest.raises(JournalError):
        add_turn(journal, id="samma")
    assert len(kept(journal)) == 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), "abc"),
        (Wanted(user="u1001"), "ac"),
        (Wanted(session="s2"), "b"),
        (Wanted(since=date(2026, 11, 24)), "bc"),
        (Wanted(until=date(2026, 11, 24)), "ab"),
        (Wanted(since=date(2026, 11, 24), until=date(2026, 11, 24)), "b"),
        (Wanted(search="ÅRSPLAN"), "c"),
        (Wanted(outcomes=("not_covered",)), "b"),
        (Wanted(turn="a", user="u1002"), ""),
    ],
)
def test_turns_are_found_by_day_user_session_words_and_outcome(
    journal: Journal, wanted: Wanted, found: str
) -> None:
    u1002 = Actor(user="u1002", session="s2")
    add_turn(journal, id="a")
    add_turn(journal, id="b", at=later(2), actor=u1002, outcome=Outcome.NOT_COVERED, citations=())
    add_turn(journal, id="c", at=later(5), question="Vad säger årsplanen?")
    with journal.looking() as connection:
        assert "".join(one.row["id"] for one in find_turns(connection, wanted)) == found


class OneGeneration:
    """An index as a recorder sees it; counts how often its editions are looked through."""

    def __init__(self, seal: str) -> None:
        self.identity, self.generation = "e5", 4
        self.made = SimpleNamespace(digest=seal, in_force_on=TODAY)
        self.bodies: dict[str, str] = {}
        self.tables: dict[str, str] = {}
        self.looks = 0

    @property
    def documents(self) -> dict[str, Any]:
        self.looks += 1
        return {}

    @property
    def whole(self) -> "OneGeneration":
        return self

    def passage(self, identifier: str) -> Any:
        return rule() if identifier == rule().id else None


def test_a_recorder_describes_a_generation_once_and_keeps_cited_passages(
    file_journal: Journal,
) -> None:
    index = OneGeneration("sha256:a")
    guide: Any = SimpleNamespace(index=index)
    recorder = TurnRecorder(file_journal, guide, now=lambda: START, today=lambda: TODAY)
    recorder.record(answer(), actor=Actor())
    recorder.record(answer(), actor=Actor())
    assert index.looks == 1
    guide.index = OneGeneration("sha256:b")
    recorder.record(answer(), actor=Actor())
    with file_journal.looking() as connection:
        seals = [json.loads(row.content)["seal"] for row in connection.execute(select(setup))]
        assert sorted(seals) == ["sha256:a", "sha256:b"]
        assert connection.scalar(select(passage_text.c.digest)) == rule().digest
        assert len(connection.execute(select(citation)).all()) == 3
