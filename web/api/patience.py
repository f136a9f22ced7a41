"""Slow down one who is refused again and again; one with a valid token never waits."""

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from anyio import sleep as really_sleep

_LOG = logging.getLogger(__name__)
FREE = 5  # refusals before it goes slower
LONGEST = 2.0  # seconds that a refusal waits at most
MOST_WAITING = 10  # refusals of one client that wait at the same time
FORGOTTEN = 60.0  # seconds without a refusal
_MOST_CLIENTS = 10_000  # remembered; the one refused longest ago goes first


@dataclass(slots=True)
class _Refused:
    count: int = 0
    last: float = 0.0
    waiting: int = 0


class Patience:
    """Remembers in memory, by address, who has been refused of late; for one event loop."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = really_sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._clients: OrderedDict[str, _Refused] = OrderedDict()

    async def refuse(self, client: str) -> bool:
        """Wait as long as one more refusal of a client should take; False: too many at once."""
        known = self._known(client)
        if known.waiting >= MOST_WAITING:
            return False
        known.count += 1
        if known.count == FREE + 1:
            _LOG.warning("One caller is refused again and again, and is slowed down.")
        over = known.count - FREE
        if over > 0:
            known.waiting += 1
            try:
                await self._sleep(min(LONGEST, 0.1 * 2.0 ** min(over - 1, 10)))
            finally:
                known.waiting -= 1
        return True

    def _known(self, client: str) -> _Refused:
        now = self._clock()
        known = self._clients.setdefault(client, _Refused())
        self._clients.move_to_end(client)
        if now - known.last > FORGOTTEN:
            known.count = 0
        known.last = now
        while len(self._clients) > _MOST_CLIENTS:
            self._clients.popitem(last=False)
        return known
