"""Health and readiness say one fixed word each, and no more."""

import time
from collections.abc import Mapping
from threading import Event

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from kb.switch.state import Standing
from tests.web.test_turn_gate import OFF, Held
from web import health
from web.health import Readiness, health_routes
from web.operation import Doors, Look
from web.public_switch import PublicSwitch


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def fails() -> None:
    raise RuntimeError("postgresql://hemligt@databas")


def works() -> None:
    pass


def client(
    looks: Mapping[str, Look] | None = None,
    *,
    doors: Doors | None = None,
    standing: Standing | None = Standing(),  # noqa: B008, RUF100
    clock: Clock | None = None,
) -> TestClient:
    readiness = Readiness(
        looks or {},
        doors=doors or Doors(),
        switch=PublicSwitch(Held(standing)),
        clock=clock or Clock(),
    )
    app = FastAPI()
    app.include_router(health_routes(readiness))
    return TestClient(app)


def test_a_process_that_has_all_it_needs_is_ready() -> None:
    answer = client({"index": works, "journal": works}).get("/redo")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_what_fails_is_named_by_its_word_and_nothing_more() -> None:
    answer = client({"index": works, "journal": fails}).get("/redo")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not_ready", "failing": "journal"}


@pytest.mark.parametrize("standing", [OFF, None])
def test_a_switch_that_is_off_or_unreadable_is_not_ready(standing: Standing | None) -> None:
    assert client(standing=standing).get("/redo").json()["failing"] == "switch"


def test_a_process_that_is_stopping_is_not_ready_and_is_healthy() -> None:
    doors = Doors()
    doors.close()
    stopping = client(doors=doors)
    assert stopping.get("/redo").json()["failing"] == "stopping"
    assert stopping.get("/halsa").json() == {"status": "ok"}


def test_a_look_that_never_ends_counts_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    let_go = Event()
    started = time.monotonic()
    answer = client({"journal": lambda: assert_waited(let_go)}).get("/redo")
    let_go.set()
    assert answer.json()["failing"] == "journal"
    assert time.monotonic() - started < 5


def assert_waited(let_go: Event) -> None:
    assert let_go.wait(10)


def test_who_asks_often_gets_the_same_finding_for_a_second() -> None:
    seen: list[int] = []
    clock = Clock()
    asked = client({"index": lambda: seen.append(1)}, clock=clock)
    for _ in range(5):
        asked.get("/redo")
    assert len(seen) == 1
    clock.now = 1.0
    asked.get("/redo")
    assert len(seen) == 2
