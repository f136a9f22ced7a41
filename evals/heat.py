"""The heat map: how the questions of each perspective end, and how many are right."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evals.changes import Told
from evals.statistics import wilson
from kb.records import Outcome

_UNNAMED = "ej angivet"
_STEPS = 5  # shades; the count stands in every cell


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of a perspective's questions ended in an outcome; `shade` in 0..5."""

    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Line:
    """A perspective: its cells in the order of the columns, and the share that is right."""

    perspective: str
    cells: tuple[Cell, ...]
    n: int
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Perspectives × outcomes; only outcomes that occur are columns."""

    columns: tuple[Outcome, ...]
    lines: tuple[Line, ...]


def heat_map(cases: Sequence[Told]) -> HeatMap:
    """Count how the cases end by perspective; those with the smallest share right come first."""
    grouped: dict[str, list[Told]] = defaultdict(list)
    for one in cases:
        grouped[one.case.perspective or _UNNAMED].append(one)
    ends = {one.record.answer.outcome for one in cases}
    columns = tuple(outcome for outcome in Outcome if outcome in ends)
    lines = [_line(name, members, columns) for name, members in grouped.items()]
    return HeatMap(columns, tuple(sorted(lines, key=lambda line: line.right)))


def _line(name: str, members: Sequence[Told], columns: Sequence[Outcome]) -> Line:
    counts = Counter(one.record.answer.outcome for one in members)
    n = len(members)
    right = sum(one.result.metrics["right"] == 1 for one in members)
    low, high = wilson(right, n)
    cells = tuple(Cell(counts[end], round(counts[end] / n * _STEPS)) for end in columns)
    return Line(name, cells, n, right / n, low, high)
