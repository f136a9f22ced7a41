"""Checks against the baseline: the mean may sink a little, single cases hardly at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.figures import write_value
from evals.metrics import BY_NAME, SUITE_METRICS
from evals.trial import Finding, Kind, Trial
from evals.waivers import Waiver

_NOISE = 1e-4  # baselines keep four decimals
_OF_SUITES = frozenset(metric.name for metric in SUITE_METRICS)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same case before and now, in one figure; `gain` is positive when it got better."""

    suite: str
    case: str
    metric: str
    before: float
    now: float
    waiver: Waiver | None

    @property
    def gain(self) -> float:
        """Return the difference; 0 where it is only rounding."""
        gain = BY_NAME[self.metric].gain(self.now, self.before)
        return gain if abs(gain) > _NOISE else 0.0


def pairs(trial: Trial, suite: str, metric: str) -> tuple[Pair, ...]:
    """Return the cases of a suite that stand unchanged in the baseline, in a figure of cases."""
    if trial.baseline is None:
        return ()
    found = []
    for result in trial.results:
        old = trial.baseline.by_key.get(result.key)
        if result.suite != suite or old is None or old.case != result.case:
            continue
        before, now = old.metrics.get(metric), result.metrics.get(metric)
        if before is not None and now is not None:
            waiver = trial.waiver(suite, result.id, metric)
            found.append(Pair(suite, result.id, metric, before, now, waiver))
    return tuple(found)


def tolerances(trial: Trial) -> Iterator[Finding]:
    """Find figures that have sunk more than their tolerance, waived cases apart."""
    for suite, metric, limit in _limits(trial, "tolerance"):
        loss = -_mean_gain(trial, suite, metric)
        if loss > limit + _NOISE:
            unit = BY_NAME[metric].unit
            text = (
                f"{suite}: ”{BY_NAME[metric].label}” är {write_value(loss, unit)} sämre än "
                f"baslinjen; {write_value(limit, unit)} tillåts"
            )
            yield Finding(Kind.TOLERANCE, text, True, suite, "", metric)


def worsened(trial: Trial) -> Iterator[Finding]:
    """Find every case that got worse; more of them than allowed fail, waived ones never."""
    for suite, metric, limit in _limits(trial, "max_worse"):
        worse = [pair for pair in pairs(trial, suite, metric) if pair.gain < 0]
        open_ = [pair for pair in worse if pair.waiver is None]
        too_many = len(open_) > limit
        label = BY_NAME[metric].label
        for pair in worse:
            text = (
                f"{suite}/{pair.case} är sämre: ”{label}” {write_value(pair.before)} → "
                f"{write_value(pair.now)}"
            )
            fails = too_many and pair.waiver is None
            yield Finding(Kind.RATCHET, text, fails, suite, pair.case, metric)
        if too_many:
            text = f"{suite}: {len(open_)} testfall är sämre i ”{label}”; {limit:.0f} tillåts"
            yield Finding(Kind.RATCHET, text, True, suite, "", metric)


def _limits(trial: Trial, part: str) -> Iterator[tuple[str, str, float]]:
    """Yield suite, metric and limit wherever the policy sets one and there is a baseline."""
    if trial.baseline is None:
        return
    for suite in trial.suites:
        rules = trial.policy.suites.get(suite.name)
        for metric, rule in (rules.metrics if rules else {}).items():
            limit = getattr(rule, part)
            if limit is not None:
                yield suite.name, metric, float(limit)


def _mean_gain(trial: Trial, suite: str, metric: str) -> float:
    if metric in _OF_SUITES:
        before = trial.baseline.figure(suite, metric) if trial.baseline else None
        now = trial.figure(suite, metric)
        return BY_NAME[metric].gain(now.value, before.value) if before and now else 0.0
    compared: Sequence[Pair] = [p for p in pairs(trial, suite, metric) if p.waiver is None]
    return sum(pair.gain for pair in compared) / len(compared) if compared else 0.0
