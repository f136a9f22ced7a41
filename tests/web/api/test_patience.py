"""One who is refused again and again is slowed down, and only that one."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from web.api.patience import FORGOTTEN, FREE, LONGEST, MOST_WAITING, Patience


class Times:
    """Time that is only told of."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


async def refuse(patience: Patience, times: int, client: str = "a") -> list[bool]:
    return [await patience.refuse(client) for _ in range(times)]


def test_the_first_refusals_cost_nothing() -> None:
    times = Times()
    run(refuse(Patience(clock=times.clock, sleep=times.sleep), FREE))
    assert times.slept == []


def test_each_further_refusal_takes_longer_up_to_a_limit() -> None:
    times = Times()
    run(refuse(Patience(clock=times.clock, sleep=times.sleep), FREE + 30))
    assert times.slept == sorted(times.slept)
    assert times.slept[0] == 0.1
    assert times.slept[-1] == LONGEST


def test_another_caller_is_not_slowed_down() -> None:
    times = Times()
    patience = Patience(clock=times.clock, sleep=times.sleep)
    run(refuse(patience, FREE + 3))
    times.slept.clear()
    run(refuse(patience, 1, "b"))
    assert times.slept == []


def test_it_is_forgotten_after_a_while() -> None:
    times = Times()
    patience = Patience(clock=times.clock, sleep=times.sleep)
    run(refuse(patience, FREE + 3))
    times.now += FORGOTTEN + 1
    times.slept.clear()
    run(refuse(patience, 1))
    assert times.slept == []


def test_too_many_at_once_are_turned_away_without_waiting() -> None:
    async def many() -> list[bool]:
        gate = asyncio.Event()

        async def wait(_seconds: float) -> None:
            await gate.wait()

        patience = Patience(clock=lambda: 0.0, sleep=wait)
        await refuse(patience, FREE)
        waiting = [asyncio.create_task(patience.refuse("a")) for _ in range(MOST_WAITING)]
        while patience_waits(patience) < MOST_WAITING:
            await asyncio.sleep(0)
        last = await patience.refuse("a")
        gate.set()
        return [*await asyncio.gather(*waiting), last]

    assert run(many()) == [*[True] * MOST_WAITING, False]


def patience_waits(patience: Patience) -> int:
    return sum(one.waiting for one in patience._clients.values())


def test_memory_is_bounded() -> None:
    patience = Patience(clock=lambda: 0.0, sleep=Times().sleep)

    async def flood() -> None:
        for number in range(11_000):
            await patience.refuse(str(number))

    run(flood())
    assert len(patience._clients) == 10_000
