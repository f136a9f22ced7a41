"""What is measured is counted once, under labels from closed sets, and shown to the right one."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import anyio
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ingest.errors import JournalError
from kb.journal.records import Actor, Feedback, SignIn
from kb.records import Answer, Outcome
from tests.web.guide_double import ANSWERED
from web.conversation import Conversation, Frame
from web.counting import CountingRecorder, timed
from web.metrics import Metrics
from web.metrics_route import metrics_routes
from web.operation import Operation
from web.recorder import KeepNothing
from web.refusal import Reason

TOKEN = "n" * 24
GUIDE = Path(__file__).parents[2] / "docs/guides/operation.md"


class Refusing(KeepNothing):
    """A recorder whose journal is full."""

    def turn(self, answer: Answer, *, actor: Actor, as_of: date | None = None) -> None:
        raise JournalError("fullt")


def value(metrics: Metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(f"vagvisaren_{name}", labels) or 0.0


def test_a_turn_is_counted_by_outcome_mode_language_and_channel() -> None:
    metrics = Metrics()
    recorder = CountingRecorder(KeepNothing(), metrics)
    recorder.turn(ANSWERED, actor=Actor(user="u1001", session="s1"))
    labels = {"outcome": "answered", "mode": ANSWERED.mode, "language": "sv", "channel": "web"}
    assert value(metrics, "turns_total", **labels) == 1
    assert "u1001" not in metrics.text().decode()


def test_what_the_journal_refuses_is_an_error_and_no_turn() -> None:
    metrics = Metrics()
    with pytest.raises(JournalError):
        CountingRecorder(Refusing(), metrics).turn(ANSWERED, actor=Actor())
    assert value(metrics, "journal_errors_total", record="turn") == 1
    assert "vagvisaren_turns_total{" not in metrics.text().decode()


def test_opinions_and_sign_ins_are_counted_by_their_kind() -> None:
    metrics = Metrics()
    recorder = CountingRecorder(KeepNothing(), metrics)
    recorder.feedback(Feedback("1", useful=False, comment="hemligt"), actor=Actor())
    recorder.sign_in(SignIn("refused", "hemligt"), actor=Actor())
    recorder.sign_in(SignIn("påhittat"), actor=Actor())
    assert value(metrics, "feedback_total", useful="no") == 1
    assert value(metrics, "sign_ins_total", result="refused") == 1
    assert value(metrics, "sign_ins_total", result="other") == 1
    assert "hemligt" not in metrics.text().decode()


def test_no_label_takes_a_value_from_outside() -> None:
    metrics = Metrics()
    strange = {"mode": 'x"}', "language": "de", "channel": "cli:någon"}
    metrics.turn(outcome=Outcome.ANSWERED, **strange)
    metrics.request(route="page", method="STEAL", status=999)
    labels = dict.fromkeys(("mode", "language", "channel"), "other")
    assert value(metrics, "turns_total", outcome="answered", **labels) == 1
    assert value(metrics, "requests_total", route="page", method="other", status="other") == 1


def test_the_first_text_and_the_whole_are_timed_from_when_the_question_came() -> None:
    async def frames() -> AsyncIterator[Frame]:
        yield Frame("söker", log="frågan")
        yield Frame("söker", log="första")
        yield Frame("söker", log="andra")
        yield Frame("klart", log="allt", conversation=Conversation())

    metrics = Metrics()
    ticks = iter((12.0, 17.0))

    async def watch() -> int:
        shown = timed(frames(), metrics, since=10.0, clock=lambda: next(ticks))
        return len([frame async for frame in shown])

    assert anyio.run(watch) == 4
    assert value(metrics, "first_text_seconds_sum") == 2
    assert value(metrics, "whole_answer_seconds_sum") == 7


def test_a_question_with_a_fault_is_not_timed() -> None:
    async def frames() -> AsyncIterator[Frame]:
        yield Frame("Skriv en fråga först.")

    async def watch() -> None:
        async for _ in timed(frames(), metrics, since=0.0):
            pass

    metrics = Metrics()
    anyio.run(watch)
    assert value(metrics, "whole_answer_seconds_count") == 0


def shown(token: str) -> TestClient:
    app = FastAPI()
    app.include_router(metrics_routes(Metrics(), token=token))
    return TestClient(app)


def test_metrics_are_closed_unless_a_token_is_set() -> None:
    assert shown("").get("/matvarden", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer fel", TOKEN, f"bearer {TOKEN}"])
def test_the_wrong_token_shows_nothing(given: str) -> None:
    answer = shown(TOKEN).get("/matvarden", headers={"authorization": given})
    assert answer.status_code == 401
    assert "vagvisaren_" not in answer.text


def test_the_right_token_shows_what_prometheus_reads() -> None:
    answer = shown(TOKEN).get("/matvarden", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert f'vagvisaren_turns_refused_total{{reason="{Reason.TOO_QUICK}"}} 0.0' in answer.text


def test_the_guide_names_every_metric_and_no_other() -> None:
    operation = Operation()
    index = {
        "vagvisaren_index_generation",
        "vagvisaren_index_age_days",
        "vagvisaren_index_passages",
    }
    process = re.compile(r"vagvisaren_process_")
    there = {family.name for family in operation.metrics.registry.collect()}
    there = {name for name in there if not process.match(name)} | index
    named = re.findall(r"^\| `(vagvisaren_\w+?)(?:_total)?` \|", GUIDE.read_text("utf-8"), re.M)
    assert set(named) == there
