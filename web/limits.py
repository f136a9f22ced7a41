"""How much one process takes on, and how much one person may ask of it."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import Scope

from web.refusal import Reason, Refusal
from web.running import Running
from web.visitor import visitor_of

MINUTE = 60.0
REMEMBERED = 10_000  # askers whose last minute is kept
_SOON = 5  # seconds after which a queue or an own answer has moved on


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one process; None means no limit of that kind.

    `concurrent` and `queued` hold for each language's page: answers made at a time, questions
    that wait. `sessions` is how many conversations are kept in memory, `threads` how many events
    of the page run at a time, `pause` seconds between the steps of an answer. `per_minute` and
    `at_once` hold for one person.
    """

    concurrent: int = 8
    queued: int = 100
    sessions: int = 500
    threads: int = 40
    pause: float = 0.12
    per_minute: int | None = None
    at_once: int | None = None


class MovingWindow:
    """Allows `most` events of each key within any `seconds`; forgets whom it has not seen longest.

    The keys are as many as the people who ask, at most `REMEMBERED`.
    """

    def __init__(
        self, most: int, *, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Take one event and return 0, or take none and return the seconds until there is room."""
        now = self._clock()
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return times[0] + self._seconds - now
        times.append(now)
        return 0.0


class PersonLimits:
    """Turns away who asks too quickly or too much at once, and everybody when the queue is full."""

    def __init__(
        self,
        limits: Limits,
        running: Running,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits
        self._running = running
        per_minute = limits.per_minute
        self._window = MovingWindow(per_minute, seconds=MINUTE, clock=clock) if per_minute else None

    async def __call__(self, scope: Scope) -> Refusal | None:
        """Return why a question is turned away, or None; what is turned away counts for nothing."""
        asker = asker_of(scope)
        at_once = self._limits.at_once
        if at_once is not None and self._running.of(asker) >= at_once:
            return Refusal(Reason.TOO_MANY_AT_ONCE, retry=_SOON)
        if self._running.waiting >= self._limits.queued:
            return Refusal(Reason.QUEUE_FULL, retry=_SOON)
        wait = self._window.wait(asker) if self._window else 0.0
        return Refusal(Reason.TOO_QUICK, retry=math.ceil(wait)) if wait else None


def asker_of(scope: Scope) -> str:
    """Return a key for who asks: the person, else the bearer of a token, else the address.

    The key is a digest, so that neither names nor tokens lie about in memory.
    """
    user = visitor_of(scope).user
    token = Headers(scope=scope).get("authorization", "")
    address = (scope.get("client") or ("",))[0]
    who = f"user {user}" if user else f"token {token}" if token else f"address {address}"
    return sha256(who.encode()).hexdigest()
