"""Score what was found against the gold sections; the measures of trec_eval, by its names."""

from collections.abc import Callable
from math import log2

from evals.cases import Case
from evals.records import Record

Measure = Callable[[Case, Record], float | None]


def recall(cut: int) -> Measure:
    """R@k: the share of gold sections among the first k found."""

    def measure(case: Case, record: Record) -> float | None:
        if not case.gold:
            return None
        gold = set(case.gold)
        return len(gold & set(record.hits[:cut])) / len(gold)

    return measure


def reciprocal_rank(cut: int) -> Measure:
    """RR@k: one over the rank of the first gold section, 0 if it is not among the first k."""

    def measure(case: Case, record: Record) -> float | None:
        if not case.gold:
            return None
        ranks = (rank for rank, hit in enumerate(record.hits[:cut], 1) if hit in case.gold)
        return 1 / next(ranks, float("inf"))

    return measure


def ndcg(cut: int) -> Measure:
    """nDCG@k: gain of the gold sections found, discounted by rank, over the best possible."""

    def measure(case: Case, record: Record) -> float | None:
        if not case.gold:
            return None
        ranks = [rank for rank, hit in enumerate(record.hits[:cut], 1) if hit in case.gold]
        best = range(1, min(cut, len(set(case.gold))) + 1)
        return _gain(ranks) / _gain(best)

    return measure


def success(cut: int) -> Measure:
    """Success@k: whether any gold section is among the first k."""

    def measure(case: Case, record: Record) -> float | None:
        return float(bool(set(record.hits[:cut]) & set(case.gold))) if case.gold else None

    return measure


def _gain(ranks: "list[int] | range") -> float:
    return sum(1 / log2(rank + 1) for rank in ranks)
