"""What is measured: numbers about turns, requests and the index, never about a person.

Every label has a closed set of values; what is not in it is counted as `other`.
"""

from collections.abc import Callable
from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from kb.records import Outcome
from web.refusal import Reason

CONTENT_TYPE = CONTENT_TYPE_LATEST
OTHER = "other"
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_METHODS = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})
_CHANNELS = frozenset({"web", "api", "mcp"})
_MODES = frozenset({"extractive", "generative"})
_LANGUAGES = frozenset({"sv", "en"})
_SIGN_INS = frozenset({"in", "out", "refused"})


class JournalWrite(StrEnum):
    """What could not be written in the journal."""

    TURN = "turn"
    FEEDBACK = "feedback"
    SIGN_IN = "sign_in"


class Metrics:
    """The measurements of one process, each a Prometheus metric."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(namespace="vagvisaren", registry=registry)

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"vagvisaren_{name}", text, labels, registry=registry)

        def histogram(name: str, text: str) -> Histogram:
            return Histogram(f"vagvisaren_{name}", text, buckets=_SECONDS, registry=registry)

        self._turns = counter(
            "turns", "Turns that were answered.", "outcome", "mode", "language", "channel"
        )
        self._refused = counter("turns_refused", "Questions that were not taken.", "reason")
        self._feedback = counter("feedback", "What people thought of answers.", "useful")
        self._sign_ins = counter("sign_ins", "Events of signing in.", "result")
        self._journal_errors = counter(
            "journal_errors", "What could not be written in the journal.", "record"
        )
        self._requests = counter(
            "requests", "Requests that were answered.", "route", "method", "status"
        )
        self.first_text = histogram(
            "first_text_seconds", "From the question to the first text of its answer."
        )
        self.whole_answer = histogram(
            "whole_answer_seconds", "From the question to the whole of its answer."
        )
        self.guide = histogram("guide_seconds", "What the guide took for an answer.")
        for reason in Reason:
            self._refused.labels(reason.value)
        for record in JournalWrite:
            self._journal_errors.labels(record.value)

    def turn(self, *, outcome: Outcome, mode: str, language: str, channel: str) -> None:
        """Count a turn that was answered and journalled."""
        self._turns.labels(
            outcome.value,
            _of(_MODES, mode),
            _of(_LANGUAGES, language),
            _of(_CHANNELS, channel.partition(":")[0]),
        ).inc()

    def refused(self, reason: Reason) -> None:
        """Count a question that was not taken."""
        self._refused.labels(reason.value).inc()

    def feedback(self, *, useful: bool) -> None:
        """Count an opinion of an answer."""
        self._feedback.labels("yes" if useful else "no").inc()

    def sign_in(self, event: str) -> None:
        """Count an event of signing in."""
        self._sign_ins.labels(_of(_SIGN_INS, event)).inc()

    def journal_error(self, record: JournalWrite) -> None:
        """Count what could not be written in the journal."""
        self._journal_errors.labels(record.value).inc()

    def request(self, *, route: str, method: str, status: int) -> None:
        """Count a request; `route` is one of `web.route_class.RouteClass`."""
        code = str(status) if 100 <= status < 600 else OTHER
        self._requests.labels(route, _of(_METHODS, method), code).inc()

    def gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """Show a number that is read when it is asked for."""
        Gauge(f"vagvisaren_{name}", text, registry=self.registry).set_function(read)

    def text(self) -> bytes:
        """Return everything as Prometheus reads it."""
        return generate_latest(self.registry)


def _of(known: frozenset[str], value: str) -> str:
    return value if value in known else OTHER
