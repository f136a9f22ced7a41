"""Compare two ways of answering over the same cases: difference, interval and exact test."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.metrics import BY_NAME, GROUP_METRICS, METRICS
from evals.results import Result
from evals.statistics import bootstrap, mcnemar


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure in A and in B over the same `n` cases; `gain` is B's, positive when better.

    `low`..`high` is the paired 95 % interval of the gain. `p` is McNemar's exact two-sided p over
    the cases that differ, where the figure is right or wrong; None for graded figures.
    """

    suite: str
    metric: str
    n: int
    a: float
    b: float
    gain: float
    low: float
    high: float
    better: int
    worse: int
    p: float | None


def compare(a: Sequence[Result], b: Sequence[Result], *, seed: int = 0) -> tuple[Difference, ...]:
    """Return the differences of all figures of cases and groups, suite by suite."""
    other = {result.key: result for result in b}
    pairs = [(one, other[one.key]) for one in a if one.key in other]
    found: list[Difference] = []
    for suite in dict.fromkeys(one.suite for one, _ in pairs):
        own = [pair for pair in pairs if pair[0].suite == suite]
        for metric in (*METRICS, *GROUP_METRICS):
            found.extend(_difference(suite, metric.name, own, seed))
    return tuple(found)


def _difference(
    suite: str, metric: str, pairs: Sequence[tuple[Result, Result]], seed: int
) -> Iterator[Difference]:
    values = list(_values(metric, pairs))
    if not values:
        return
    gains = [BY_NAME[metric].gain(b, a) for a, b in values]
    low, high = bootstrap(gains, seed=seed)
    better, worse = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    binary = all(value in (0, 1) for pair in values for value in pair)
    n = len(values)
    yield Difference(
        suite=suite, metric=metric, n=n,
        a=sum(a for a, _ in values) / n, b=sum(b for _, b in values) / n,
        gain=sum(gains) / n, low=low, high=high, better=better, worse=worse,
        p=mcnemar(worse, better) if binary else None,
    )  # fmt: skip


def _values(metric: str, pairs: Sequence[tuple[Result, Result]]) -> Iterator[tuple[float, float]]:
    for one, other in pairs:
        a, b = one.metrics.get(metric), other.metrics.get(metric)
        if a is not None and b is not None:
            yield a, b
