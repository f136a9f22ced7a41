"""Stop in good order: take no more questions, let the answers finish, then close."""

import logging
import os
import threading
import time
from collections.abc import Callable
from types import FrameType

import uvicorn

from web.operation import Operation

_IDLE_TICKS = 5  # tenths of a second
_LOG = logging.getLogger(__name__)


class GracefulServer(uvicorn.Server):
    """A server that, told to stop, answers what it has begun, at most `stop_seconds`.

    Until then it goes on listening, so that whoever asks hears why not, and a balancer sees by
    `/redo` that it is leaving. A second signal ends it at once.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        operation: Operation,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(config)
        self._operation = operation
        self._clock = clock
        self._deadline: float | None = None
        self._idle = 0

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; the second time, stop.

        Not as the parent does: it raises the signal again afterwards, and a process that ends by
        a signal closes no journal.
        """
        del sig, frame
        if self._deadline is None:
            self._operation.doors.close()
            self._deadline = self._clock() + self._operation.stop_seconds
        elif self.should_exit:
            self.force_exit = True
        else:
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        """Return whether to stop now; called ten times a second."""
        if self._deadline is not None and self._is_done(self._deadline):
            return True
        return await super().on_tick(counter)

    def _is_done(self, deadline: float) -> bool:
        # An answer that is done may not have been fetched yet: idle must last.
        self._idle = self._idle + 1 if self._operation.running.is_idle else 0
        return self._idle >= _IDLE_TICKS or self._clock() >= deadline


def end_in_spite_of_threads() -> None:
    """End the process when an answer that was cut off still holds a thread of it.

    Call it last, when everything is closed: Python would wait for the thread for ever.
    """
    held = [one for one in threading.enumerate() if not one.daemon and one.name.startswith("AnyIO")]
    for thread in held:
        thread.join(timeout=0.5)
    stuck = sum(thread.is_alive() for thread in held)
    if stuck:
        _LOG.warning("%d answers were cut off by the stop", stuck)
        logging.shutdown()
        os._exit(0)
