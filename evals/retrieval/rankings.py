"""Rankings: what was found for a question, in order, and how well that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from evals.statistics import bootstrap


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in one place: the sections that it holds (`document#anchor`), its words."""

    sections: frozenset[str]
    words: int


Ranking = Sequence[Place]
"""Places, best first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A way of retrieving, measured over cases.

    `loss` is the difference in R@5 to the way that is compared with, `low`..`high` its 95 %
    interval over cases; None for that way itself. `words` are shown in the first five places.
    """

    name: str
    recall: float
    reciprocal_rank: float
    success: float
    words: float
    loss: tuple[float, float, float] | None = None


def recall(ranking: Ranking, gold: frozenset[str], cut: int = 5) -> float:
    """R@k: the share of gold sections in the first k places."""
    found = frozenset[str]().union(*(place.sections for place in ranking[:cut]))
    return len(gold & found) / len(gold)


def reciprocal_rank(ranking: Ranking, gold: frozenset[str], cut: int = 10) -> float:
    """RR@k: one over the first place with a gold section, 0 if it is not among the first k."""
    places = (at for at, place in enumerate(ranking[:cut], start=1) if place.sections & gold)
    return 1 / next(places, float("inf"))


def success(ranking: Ranking, gold: frozenset[str]) -> float:
    """Success@1: whether the first place holds a gold section."""
    return float(bool(ranking) and bool(ranking[0].sections & gold))


def measure(
    name: str,
    rankings: Mapping[str, Ranking],
    gold: Mapping[str, frozenset[str]],
    *,
    whole: Mapping[str, Ranking] | None = None,
) -> Row:
    """Measure rankings by case, and how they differ from those of the `whole` way."""
    loss = None
    if whole is not None:
        pairs = [recall(rankings[key], g) - recall(whole[key], g) for key, g in gold.items()]
        loss = (mean(pairs), *bootstrap(pairs))
    return Row(
        name=name,
        recall=mean(recall(rankings[key], g) for key, g in gold.items()),
        reciprocal_rank=mean(reciprocal_rank(rankings[key], g) for key, g in gold.items()),
        success=mean(success(rankings[key], g) for key, g in gold.items()),
        words=mean(sum(place.words for place in rankings[key][:5]) for key in gold),
        loss=loss,
    )


def table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    lines = [
        "| | R@5 | RR@10 | Success@1 | R@5 against the whole, 95 % | words in five |",
        "|---|---:|---:|---:|---|---:|",
    ]
    for row in rows:
        figures = (row.recall, row.reciprocal_rank, row.success)
        cells = " | ".join(f"{value:.3f}".lstrip("0") for value in figures)
        lines.append(f"| {row.name} | {cells} | {_loss(row.loss)} | {row.words:.0f} |")
    return "\n".join(lines)


def _loss(loss: tuple[float, float, float] | None) -> str:
    if loss is None:
        return ""
    return f"{loss[0]:+.3f} ({loss[1]:+.3f} to {loss[2]:+.3f})"
