"""Make of the settings how the web is run: limits, what readiness looks at, gauges of the index."""

from collections.abc import Callable
from datetime import date

from ingest.errors import IndexUnavailableError
from kb.guide import Guide
from kb.journal.store import Journal
from kb.settings import Settings
from kb.switch.reader import SwitchReader
from web.limits import Limits
from web.metrics import Metrics
from web.operation import Operation

_THREADS = 3  # times the answers at a time: every event of the page takes one, short or long


def operation_of(
    settings: Settings,
    guide: Guide,
    journal: Journal,
    *,
    today: Callable[[], date] = date.today,
) -> Operation:
    """Return how the web is run, as the settings say."""
    metrics = Metrics()
    metrics.gauge(
        "index_generation", "The generation that answers.", lambda: guide.index.generation
    )
    metrics.gauge(
        "index_age_days",
        "Days since the day that the index in use was built for.",
        lambda: (today() - guide.index.made.in_force_on).days,
    )
    metrics.gauge(
        "index_passages",
        "Passages that answers are taken from.",
        lambda: guide.index.counts.passages,
    )
    token = settings.metrics_token
    return Operation(
        limits=Limits(
            concurrent=settings.answers_at_once,
            queued=settings.queue_length,
            sessions=settings.conversations,
            threads=settings.answers_at_once * _THREADS,
            per_minute=settings.questions_per_minute,
            at_once=settings.questions_at_once,
        ),
        switch=SwitchReader(journal),
        looks={"index": lambda: _look_at_index(guide), "journal": journal.prove_writable},
        metrics_token=token.get_secret_value() if token else "",
        stop_seconds=settings.stop_seconds,
        metrics=metrics,
    )


def _look_at_index(guide: Guide) -> None:
    """Raise IndexUnavailableError when there is nothing to answer from, or no longer."""
    if not guide.newest().counts.passages:
        raise IndexUnavailableError("Indexet är tomt. Kör vagvisaren sync.")
