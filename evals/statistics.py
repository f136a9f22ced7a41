"""Statistics: intervals for shares and means, and paired comparison of two runs."""

from collections.abc import Sequence
from math import comb, sqrt

import numpy as np

_Z = 1.959964  # 97.5 % of the normal distribution
_DRAWS = 10_000


def wilson(successes: float, n: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share; (0, 1) when there is nothing to count."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = successes / n, _Z * _Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def bootstrap(values: Sequence[float], *, seed: int = 0) -> tuple[float, float]:
    """Return the 95 % percentile interval of a mean over cases, or of paired differences."""
    if len(values) == 0:
        return 0.0, 0.0
    drawn = np.random.default_rng(seed)
    counts = drawn.multinomial(len(values), np.full(len(values), 1 / len(values)), size=_DRAWS)
    means = counts @ np.asarray(values, dtype=float) / len(values)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def interval(values: Sequence[float], *, seed: int = 0) -> tuple[float, float]:
    """Return a 95 % interval: Wilson where every value is 0 or 1, else the bootstrap."""
    if all(value in (0, 1) for value in values):
        return wilson(sum(values), len(values))
    return bootstrap(values, seed=seed)


def mcnemar(worse: int, better: int) -> float:
    """Return the exact two-sided p of McNemar: are as many cases worse as better?"""
    n = worse + better
    if n == 0:
        return 1.0
    tail = sum(comb(n, k) for k in range(min(worse, better) + 1)) / 2**n
    return float(min(1.0, 2 * tail))


def percentile(values: Sequence[float], share: float) -> float:
    """Return a percentile, `share` in [0, 100]."""
    return float(np.percentile(values, share))
