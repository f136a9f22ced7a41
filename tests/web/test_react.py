"""What is done with an answer is written for the session's own answers, once, or not at all."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr
import pytest

from ingest.errors import JournalError
from kb.journal.records import Actor, Feedback
from tests.web.test_conversation import PERSONAL, RULE_QUESTION, after, ask
from web.conversation import Conversation
from web.react import reactor
from web.reactions import Given
from web.recorder import KeepNothing
from web.texts import wording

SV = wording("sv")
GOOD = {"act": "rate", "number": 1, "useful": True}
BAD = {"act": "rate", "number": 1, "useful": False, "reason": "inaktuellt", "comment": "2024"}
ASK = {"act": "ask_council", "number": 1, "comment": "Vi undrar."}


class Noting(KeepNothing):
    """Remembers every reaction that is written, and by whom."""

    def __init__(self) -> None:
        self.written: list[tuple[Feedback, Actor]] = []

    def feedback(self, feedback: Feedback, *, actor: Actor) -> None:
        self.written.append((feedback, actor))


class Full(KeepNothing):
    """Cannot write."""

    def feedback(self, feedback: Feedback, *, actor: Actor) -> None:
        raise JournalError("Journalen kunde inte skrivas.")


class Talk:
    """A conversation and what is done with its answers."""

    def __init__(self, *questions: str) -> None:
        self.conversation = after(*questions) if questions else Conversation()
        self.given = Given()
        self.recorder = Noting()

    def react(self, reaction: dict[str, Any], recorder: KeepNothing | None = None) -> Any:
        react = reactor(page=SV, recorder=recorder or self.recorder)
        return react(json.dumps(reaction), self.conversation, self.given, gr.Request())

    @property
    def written(self) -> list[Feedback]:
        return [feedback for feedback, _ in self.recorder.written]


def test_a_rating_is_written_under_the_answers_own_id_and_thanked_for() -> None:
    talk = Talk(RULE_QUESTION)
    log, status = talk.react(BAD)
    receipt = talk.conversation.exchanges[0].receipt
    assert talk.written == [Feedback(receipt, useful=False, reason="inaktuellt", comment="2024")]
    assert talk.recorder.written[0][1].session == talk.conversation.session != ""
    assert SV.say("rate_thanks") in log
    assert SV.say("rate_thanks") in status
    assert "hjalpte-inte" not in log


def test_a_second_rating_of_the_same_answer_is_not_written() -> None:
    talk = Talk(RULE_QUESTION)
    talk.react(GOOD)
    talk.react(BAD)
    assert [one.useful for one in talk.written] == [True]


@pytest.mark.parametrize("number", [0, -1, 2, 10**30])
def test_an_answer_that_is_not_there_cannot_be_rated(number: int) -> None:
    talk = Talk(RULE_QUESTION)
    talk.react(GOOD | {"number": number})
    Talk().react(GOOD)
    assert talk.written == []


def test_a_question_without_answer_goes_to_the_council_with_a_note() -> None:
    talk = Talk("Vad kostade piloten?")
    log, status = talk.react(ASK)
    assert [(one.reason, one.comment) for one in talk.written] == [
        ("fråga till AI-rådet", "Vi undrar.")
    ]
    assert SV.say("council_sent") in status
    assert SV.say("council_next") in log
    assert "fraga-radet" not in log


def test_the_council_is_offered_when_an_answer_did_not_help() -> None:
    talk = Talk(RULE_QUESTION)
    talk.react(ASK)
    assert talk.written == []
    log, _ = talk.react(BAD)
    assert "fraga-radet" in log
    talk.react(ASK)
    assert [one.reason for one in talk.written] == ["inaktuellt", "fråga till AI-rådet"]


@pytest.mark.parametrize("reaction", [GOOD, BAD, ASK])
@pytest.mark.parametrize("question", [PERSONAL, "krasch"])
def test_of_a_question_turned_back_nothing_is_written(
    question: str, reaction: dict[str, Any]
) -> None:
    talk = Talk(question)
    talk.react(reaction)
    assert talk.written == []


def test_what_could_not_be_written_is_said_and_may_be_tried_again() -> None:
    talk = Talk(RULE_QUESTION)
    _, status = talk.react(GOOD, Full())
    assert SV.say("reaction_failed") in status
    assert "hjalpte-inte" in talk.conversation.shown(talk.given, page=SV)
    talk.react(GOOD)
    assert len(talk.written) == 1


def test_an_answer_shows_its_id_and_a_copy_button() -> None:
    talk = Talk(RULE_QUESTION)
    shown = talk.conversation.shown(talk.given, page=SV)
    assert f"<code>{talk.conversation.exchanges[0].receipt}</code>" in shown
    assert SV.say("copy") in shown


def test_an_answer_the_journal_does_not_hold_has_no_id_to_refer_to() -> None:
    class Broken(KeepNothing):
        def turn(self, answer: object, *, actor: Actor, as_of: date | None = None) -> None:
            raise JournalError("Journalen kunde inte skrivas.")

    done = ask(RULE_QUESTION, recorder=Broken())[-1].conversation
    assert done is not None
    assert "kvitto" not in done.shown(Given(), page=SV)


def test_after_a_group_was_withdrawn_nothing_is_written_or_shown_again() -> None:
    talk = Talk(RULE_QUESTION)
    only = replace(talk.conversation.exchanges[0], groups=frozenset({"hr"}))
    talk.conversation = replace(talk.conversation, exchanges=(only,))
    log, _ = talk.react(GOOD)
    assert talk.written == []
    assert "svar-1" not in str(log)
