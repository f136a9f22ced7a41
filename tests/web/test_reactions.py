"""A reaction is read strictly, done once, and only where there is something to react to."""

import json
from copy import deepcopy
from typing import Any

import pytest

from kb.journal.events import MOST_COMMENT
from kb.journal.records import Feedback, Reason
from kb.records import Outcome
from web.reactions import (
    MOST,
    Act,
    Given,
    Reaction,
    may_ask_council,
    may_be_rated,
    read_reaction,
)

BAD = {"act": "rate", "number": 2, "useful": False, "reason": "fel svar", "comment": " Gammalt "}


def read(**given: Any) -> Reaction | None:
    return read_reaction(json.dumps(given))


def test_what_the_page_sends_is_read() -> None:
    assert read(act="rate", number=1, useful=True) == Reaction(1, Act.RATE, useful=True)
    assert read(**BAD) == Reaction(2, Act.RATE, reason=Reason.WRONG, comment="Gammalt")
    assert read(act="ask_council", number=1, comment="") == Reaction(1, Act.ASK_COUNCIL)


def test_what_is_written_names_the_answer_as_the_server_does() -> None:
    wish = Reaction(1, Act.ASK_COUNCIL, comment="Vi behöver veta.")
    assert wish.feedback("svar7") == Feedback(
        "svar7", useful=False, reason="fråga till AI-rådet", comment="Vi behöver veta."
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"act": "delete"},
        {"number": "2"},
        {"number": True},
        {"useful": None},
        {"useful": 0},
        {"reason": ""},
        {"reason": "fråga till AI-rådet"},
        {"comment": ["x"]},
    ],
)
def test_anything_else_is_no_reaction(changed: dict[str, Any]) -> None:
    assert read(**BAD | changed) is None


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "null", '"x"', None, 7, "[" * 3000, " " * (MOST + 1)]
)
def test_what_is_no_object_is_no_reaction(raw: object) -> None:
    assert read_reaction(raw) is None


def test_a_long_comment_is_cut() -> None:
    reaction = read(**BAD | {"comment": "x" * (MOST_COMMENT + 9)})
    assert reaction is not None
    assert len(reaction.comment) == MOST_COMMENT


def test_an_act_is_done_once_unless_it_is_given_back() -> None:
    given = Given()
    assert given.take("a", Act.RATE, useful=True)
    assert not given.take("a", Act.RATE)
    assert given.take("a", Act.ASK_COUNCIL)
    assert given.take("b", Act.RATE)
    assert (given.useful("a"), given.useful("b"), given.useful("c")) == (True, False, None)
    given.give_back("a", Act.RATE)
    assert given.take("a", Act.RATE)


def test_a_new_session_starts_with_nothing_given() -> None:
    given = Given()
    given.take("a", Act.RATE)
    assert deepcopy(given).useful("a") is None


def test_only_what_is_on_record_can_be_rated() -> None:
    assert {one for one in Outcome if not may_be_rated(one)} == {
        Outcome.REDACT_FIRST,
        Outcome.FAILED,
    }


def test_the_council_is_asked_when_there_was_no_answer_or_it_did_not_help() -> None:
    assert may_ask_council(Outcome.NOT_COVERED, useful=None)
    assert may_ask_council(Outcome.ANSWERED, useful=False)
    assert not may_ask_council(Outcome.ANSWERED, useful=None)
    assert not may_ask_council(Outcome.ANSWERED, useful=True)
    for outcome in (Outcome.REDACT_FIRST, Outcome.REFUSED, Outcome.FAILED):
        assert not may_ask_council(outcome, useful=False)
