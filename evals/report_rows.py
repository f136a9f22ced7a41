"""The tables of the report: figures with interval, baseline and limit; spellings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evals.figures import Figure, show, values, write_value
from evals.gate import Verdict
from evals.metrics import BY_NAME
from evals.policy import Rule
from evals.ratchet import pairs
from evals.results import Result
from evals.robustness import flips
from evals.trial import Kind, Trial

_SEEN = 0.0005  # differences that three decimals show


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as a row: its words, and whether the policy's rule for it holds."""

    label: str
    value: str
    interval: str
    n: int
    before: str
    difference: str
    limit: str
    verdict: str


@dataclass(frozen=True, slots=True)
class HardRow:
    """What always holds: over `n` answers, and how many break it."""

    label: str
    n: int
    broken: int
    verdict: str


@dataclass(frozen=True, slots=True)
class SpellingRow:
    """A way of spelling: the drop it costs over `n` questions, and the cases that flip."""

    spelling: str
    n: int
    drop: str
    worse: int
    better: int


def figure_rows(suite: str, trial: Trial, verdict: Verdict) -> list[Row]:
    """Return the figures of a suite, hard ones apart: they have a table of their own."""
    rules = trial.policy.suites.get(suite)
    rows = []
    for figure in trial.figures:
        if figure.suite == suite and figure.metric not in trial.policy.hard:
            rule = rules.metrics.get(figure.metric) if rules else None
            failed = (suite, figure.metric) in verdict.broken
            words = "bryter" if failed else "håller" if rule else ""
            rows.append(_row(figure, rule, trial, words))
    return rows


def hard_rows(trial: Trial, verdict: Verdict) -> list[HardRow]:
    """Return what holds for every answer: over how many answers, and how many break it."""
    broken = Counter(finding.metric for finding in verdict.failures if finding.kind is Kind.HARD)
    return [
        HardRow(
            label=BY_NAME[name].label,
            n=len(values(trial.results, name)),
            broken=broken[name],
            verdict="bryter" if broken[name] else "håller",
        )
        for name in trial.policy.hard
    ]


def spelling_rows(results: Sequence[Result]) -> list[SpellingRow]:
    """Return how much every spelling costs."""
    found = flips(results)
    rows = []
    for spelling in sorted({flip.spelling for flip in found}):
        own = [flip.loss for flip in found if flip.spelling == spelling]
        worse, better = sum(loss > 0 for loss in own), sum(loss < 0 for loss in own)
        drop = write_value(sum(own) / len(own))
        rows.append(SpellingRow(spelling, len(own), drop, worse, better))
    return rows


def _row(figure: Figure, rule: Rule | None, trial: Trial, verdict: str) -> Row:
    metric = BY_NAME[figure.metric]
    before = trial.baseline.figure(figure.suite, figure.metric) if trial.baseline else None
    return Row(
        label=metric.label,
        value=show(figure),
        interval=_interval(figure),
        n=figure.n,
        before=show(before) if before else "",
        difference=_difference(figure, before, trial) if before else "",
        limit="" if rule is None else write_value(rule.floor, metric.unit),
        verdict=verdict,
    )


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{write_value(figure.low)}–{write_value(figure.high)}"


def _difference(figure: Figure, before: Figure, trial: Trial) -> str:
    """Write how far a figure has moved, and by how many cases."""
    unit = BY_NAME[figure.metric].unit
    moved = figure.value - before.value
    text = f"{moved:+.0f} {unit}" if unit else f"{moved:+.3f}".replace(".", ",")
    gains = [pair.gain for pair in pairs(trial, figure.suite, figure.metric)]
    better, worse = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    if better or worse:
        return f"{text.replace('-', '−')} ({better} bättre, {worse} sämre)"
    return text.replace("-", "−") if abs(moved) > _SEEN else "lika"
