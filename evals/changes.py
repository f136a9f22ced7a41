"""Changes: the cases that are answered otherwise than in the baseline, and the weakest of a run."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evals.baseline import Baseline
from evals.canary import place_canary
from evals.cases import Case
from evals.records import Record
from evals.results import Result
from evals.run import Run
from evals.scorers.answer import why_not


class Way(StrEnum):
    """Which way a case changed; the value is what a person reads."""

    WORSE = "sämre"
    BETTER = "bättre"
    OTHER = "annat svar"


@dataclass(frozen=True)
class Told:
    """A case with its answer and what is amiss with it."""

    case: Case
    record: Record
    result: Result
    why: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A case answered otherwise than before."""

    way: Way
    before: Result
    now: Told


def told(run: Run) -> tuple[Told, ...]:
    """Put case, answer and result of a run together; groups are left out."""
    records = {record.key: record for record in run.records}
    results = {result.key: result for result in run.results}
    found = []
    for suite in run.suites:
        for case in suite.cases:
            record = records[suite.name, case.id]
            placed = place_canary(case, record.canary)
            found.append(Told(placed, record, results[record.key], why_not(placed, record)))
    return tuple(found)


def changes(run: Run, baseline: Baseline | None) -> tuple[Change, ...]:
    """Return the unchanged cases that are answered otherwise: worse first, then better, other."""
    found = []
    for one in told(run) if baseline else ():
        before = baseline.by_key.get(one.result.key) if baseline else None
        if before and before.case == one.result.case and (way := _way(before, one.result)):
            found.append(Change(way, before, one))
    order = list(Way)
    return tuple(sorted(found, key=lambda change: order.index(change.way)))


def wrong(run: Run) -> tuple[Told, ...]:
    """Return the cases that are not right, in the order they were asked."""
    return tuple(one for one in told(run) if one.result.metrics["right"] != 1)


def weakest(run: Run, count: int = 10) -> tuple[Told, ...]:
    """Return the cases that are furthest from right: critical first, then by what is amiss."""
    order = sorted(wrong(run), key=lambda one: (not one.case.critical, -_amiss(one)))
    return tuple(order[:count])


def as_text(one: Told) -> str:
    """Return a case for a terminal: what was asked, what is amiss, how the answer begins."""
    mark = "!" if one.case.critical else " "
    earlier = "".join(f"{turn.question} → " for turn in one.case.history)
    reasons = "".join(f"    {reason}\n" for reason in one.why)
    head = f"{mark} {one.result.suite}/{one.case.id}  {earlier}{one.record.asked}\n"
    return f"{head}{reasons}    {one.record.answer.text[:300]!r}\n"


def _amiss(one: Told) -> float:
    """Return how much is wrong; a wrong answer weighs more than none, a lost passage a little."""
    found = one.result.metrics.get("R@10")
    answered = one.record.answer.outcome == "answered"
    return len(one.why) + answered + (0.0 if found is None else 1 - found)


def _way(before: Result, now: Result) -> Way | None:
    was, is_ = before.metrics.get("right", 0.0), now.metrics.get("right", 0.0)
    if was != is_:
        return Way.BETTER if (is_ or 0) > (was or 0) else Way.WORSE
    return Way.OTHER if before.answer and _said(before) != _said(now) else None


def _said(result: Result) -> Iterable[object]:
    return result.outcome, result.short, result.cited, result.answer
