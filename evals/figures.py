"""Figures: a metric over a suite, with how many cases it stands on and a 95 % interval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.metrics import BY_NAME, GROUP_METRICS, METRICS
from evals.results import Result
from evals.robustness import NAME as ROBUSTNESS
from evals.robustness import flips
from evals.scorers.abstention import ABSTAINED
from evals.statistics import bootstrap, interval, percentile


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric over a suite: `n` cases it applies to; `low`..`high` is the 95 % interval."""

    suite: str
    metric: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None


def figures(results: Sequence[Result]) -> tuple[Figure, ...]:
    """Return the figures of all suites; a metric that applies to no case is left out."""
    found: list[Figure] = []
    for suite in dict.fromkeys(result.suite for result in results):
        own = [result for result in results if result.suite == suite]
        for metric in (*METRICS, *GROUP_METRICS):
            found.extend(_mean(suite, metric.name, own))
        found.extend(_precision(suite, own))
        found.extend(_latency(suite, own))
    return (*found, *_drop(results))


def values(results: Iterable[Result], metric: str) -> list[float]:
    """Return a metric's values where it applies."""
    found = (result.metrics.get(metric) for result in results)
    return [value for value in found if value is not None]


def show(figure: Figure) -> str:
    """Write a figure for a person."""
    return write_value(figure.value, BY_NAME[figure.metric].unit)


def write_value(value: float, unit: str = "") -> str:
    """Write a value for a person: a share with three decimals, anything else in its unit."""
    return f"{value:.0f} {unit}" if unit else f"{value:.3f}".replace(".", ",")


def _mean(suite: str, metric: str, results: Sequence[Result]) -> Iterable[Figure]:
    found = values(results, metric)
    if found:
        low, high = interval(found)
        yield Figure(suite, metric, sum(found) / len(found), len(found), low, high)


def _precision(suite: str, results: Sequence[Result]) -> Iterable[Figure]:
    """Of the cases abstained from, the share that might be; none abstained from has no figure."""
    silent = [r for r in results if r.outcome in ABSTAINED]
    if silent:
        rightly = [float(r.metrics.get("over_refusal") is None) for r in silent]
        low, high = interval(rightly)
        value = sum(rightly) / len(rightly)
        yield Figure(suite, "abstain_precision", value, len(silent), low, high)


def _drop(results: Sequence[Result]) -> Iterable[Figure]:
    """The mean loss of a spelling, over every case that was asked both ways."""
    losses = [flip.loss for flip in flips(results)]
    if losses:
        low, high = bootstrap(losses)
        yield Figure(ROBUSTNESS, "drop", sum(losses) / len(losses), len(losses), low, high)


def _latency(suite: str, results: Sequence[Result]) -> Iterable[Figure]:
    times = [result.ms for result in results if result.ms]
    if times:
        yield Figure(suite, "latency_p50", percentile(times, 50), len(times))
        yield Figure(suite, "latency_p95", percentile(times, 95), len(times))
