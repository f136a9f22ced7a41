"""One person cannot take the service from the others, and hears when to ask again."""

from types import SimpleNamespace
from typing import Any

import anyio
import pytest
from starlette.types import Scope

from kb.person import Person
from web.limits import REMEMBERED, Limits, MovingWindow, PersonLimits, asker_of
from web.refusal import Reason, Refusal
from web.running import Running
from web.visitor import with_visitor


class Clock:
    """A clock that goes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def request(user: str = "", *, address: str = "127.0.0.1", token: str = "") -> Scope:
    headers = [(b"authorization", token.encode())] if token else []
    scope = {"type": "http", "path": "/", "headers": headers, "client": (address, 1)}
    return with_visitor(scope, Person(user=user)) if user else scope


def refusal(limits: PersonLimits, scope: Scope) -> Refusal | None:
    async def ask() -> Refusal | None:
        return await limits(scope)

    return anyio.run(ask)


def queue(waiting: list[Scope], active: list[Scope]) -> Any:
    """Make what is read of Gradio's queue."""
    events = [SimpleNamespace(request=SimpleNamespace(scope=one)) for one in waiting]
    running = [[SimpleNamespace(request=SimpleNamespace(scope=one))] for one in active]
    kinds = {"a": SimpleNamespace(queue=events)}
    return SimpleNamespace(event_queue_per_concurrency_id=kinds, active_jobs=[None, *running])


def test_a_window_moves_and_says_how_long_to_wait() -> None:
    clock = Clock()
    window = MovingWindow(2, seconds=60, clock=clock)
    assert window.wait("a") == 0
    clock.now += 20
    assert window.wait("a") == 0
    assert window.wait("a") == 40
    assert window.wait("b") == 0
    clock.now += 40
    assert window.wait("a") == 0
    assert window.wait("a") == 20


def test_what_is_turned_away_does_not_lengthen_the_wait() -> None:
    clock = Clock()
    window = MovingWindow(1, seconds=60, clock=clock)
    window.wait("a")
    clock.now += 59
    assert [window.wait("a") for _ in range(50)] == [1] * 50
    clock.now += 1
    assert window.wait("a") == 0


def test_a_window_remembers_only_so_many() -> None:
    window = MovingWindow(1, seconds=60, clock=Clock())
    for n in range(REMEMBERED + 1):
        window.wait(str(n))
    assert window.wait(str(REMEMBERED)) > 0
    assert window.wait("0") == 0


def test_who_asks_too_quickly_is_told_the_seconds_and_the_others_go_on() -> None:
    clock = Clock()
    limits = PersonLimits(Limits(per_minute=1), Running(), clock=clock)
    assert refusal(limits, request("u1")) is None
    clock.now += 0.5
    assert refusal(limits, request("u1")) == Refusal(Reason.TOO_QUICK, retry=60)
    assert refusal(limits, request("u2")) is None


def test_who_has_turns_at_work_must_wait_for_them() -> None:
    running = Running()
    running.watch(lambda: queue([request("u1")], [request("u1")]), asker=asker_of)
    limits = PersonLimits(Limits(at_once=2), running)
    assert refusal(limits, request("u1")) == Refusal(Reason.TOO_MANY_AT_ONCE, retry=5)
    assert refusal(limits, request("u2")) is None


def test_a_request_that_is_a_turn_counts_while_it_lasts() -> None:
    running = Running()
    limits = PersonLimits(Limits(at_once=1), running)
    with running.counting(asker_of(request("u1"))):
        assert refusal(limits, request("u1")) == Refusal(Reason.TOO_MANY_AT_ONCE, retry=5)
    assert refusal(limits, request("u1")) is None
    assert running.is_idle


def test_a_full_queue_turns_everybody_away() -> None:
    running = Running()
    running.watch(lambda: queue([request("u1"), request("u2")], []), asker=asker_of)
    limits = PersonLimits(Limits(queued=2), running)
    assert refusal(limits, request("u3")) == Refusal(Reason.QUEUE_FULL, retry=5)


def test_the_longest_queue_and_all_that_is_answered_are_counted() -> None:
    running = Running()
    running.watch(lambda: queue([request("u1")] * 3, [request("u2")]), asker=asker_of)
    running.watch(lambda: queue([request("u1")], [request("u2")]), asker=asker_of)
    assert (running.waiting, running.answering) == (3, 2)
    assert not running.is_idle


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (request("u1"), request("u1", address="10.0.0.2", token="Bearer x"), True),
        (request("u1"), request("u2"), False),
        (request(token="Bearer x"), request(token="Bearer x", address="10.0.0.2"), True),
        (request(token="Bearer x"), request(token="Bearer y"), False),
        (request(address="10.0.0.1"), request(address="10.0.0.2"), False),
        (request("127.0.0.1"), request(), False),
    ],
)
def test_who_asks_is_the_person_then_the_token_then_the_address(
    one: Scope, other: Scope, same: bool
) -> None:
    assert (asker_of(one) == asker_of(other)) is same
    assert "Bearer" not in asker_of(one)
