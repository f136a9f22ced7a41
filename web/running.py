"""Count the turns that wait or are being answered: for everybody, and for each who asks."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from starlette.requests import Request
from starlette.types import Scope


class Event(Protocol):
    """An event of a page, with the request that it came by."""

    @property
    def request(self) -> Request: ...  # noqa: D102


class EventQueue(Protocol):
    """The events of one kind that wait."""

    @property
    def queue(self) -> Sequence[Event]: ...  # noqa: D102


class Queue(Protocol):
    """What is read of Gradio's own queue; a test holds it against the release in use."""

    @property
    def event_queue_per_concurrency_id(self) -> Mapping[str, EventQueue]: ...  # noqa: D102
    @property
    def active_jobs(self) -> Sequence[Sequence[Event] | None]: ...  # noqa: D102


class Running:
    """Looks into the queues of the pages, and counts the requests that are turns themselves.

    Nothing is kept that could go wrong: what a queue no longer holds is no longer counted.
    """

    def __init__(self) -> None:
        self._queues: list[Callable[[], Queue]] = []
        self._requests: Counter[str] = Counter()
        self._carrying = 0
        self._asker: Callable[[Scope], str] = lambda _: ""

    def watch(self, queue: Callable[[], Queue], *, asker: Callable[[Scope], str]) -> None:
        """Count what is in a queue too; `asker` tells who is behind a request."""
        self._queues.append(queue)
        self._asker = asker

    @property
    def waiting(self) -> int:
        """Return how many questions wait, in the longest of the queues."""
        return max((len(_waiting(queue())) for queue in self._queues), default=0)

    @property
    def answering(self) -> int:
        """Return how many turns are being answered."""
        return sum(len(_active(queue())) for queue in self._queues) + self._requests.total()

    def of(self, asker: str) -> int:
        """Return how many turns of one asker wait or are being answered."""
        events = (one for queue in self._queues for one in (*_waiting(queue()), *_active(queue())))
        return self._requests[asker] + sum(
            self._asker(one.request.scope) == asker for one in events
        )

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing waits and nothing is being answered or sent."""
        return self.waiting == self.answering == self._carrying == 0

    @contextmanager
    def carrying(self) -> Iterator[None]:
        """Note a request that carries answers of a queue to a page, while it lasts."""
        self._carrying += 1
        try:
            yield
        finally:
            self._carrying -= 1

    @contextmanager
    def counting(self, asker: str) -> Iterator[None]:
        """Count a request that answers a question itself, while it lasts."""
        self._requests[asker] += 1
        try:
            yield
        finally:
            self._requests[asker] -= 1
            if not self._requests[asker]:
                del self._requests[asker]


def _waiting(queue: Queue) -> list[Event]:
    return [one for kind in queue.event_queue_per_concurrency_id.values() for one in kind.queue]


def _active(queue: Queue) -> list[Event]:
    return [one for job in queue.active_jobs if job for one in job]
