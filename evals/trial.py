"""What the gate judges, and what it finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from evals.baseline import Baseline
from evals.figures import Figure
from evals.policy import Policy
from evals.results import Result
from evals.suites import Suite
from evals.waivers import Waiver


class Kind(StrEnum):
    """What a finding is about; each is a rule of the gate."""

    HARD = "hard"
    CRITICAL = "critical"
    COMPLETE = "complete"
    FLOOR = "floor"
    TOLERANCE = "tolerance"
    RATCHET = "ratchet"
    LOOSENED = "loosened"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the gate has seen, in words; `fails` closes it. The names may be empty."""

    kind: Kind
    text: str
    fails: bool = True
    suite: str = ""
    case: str = ""
    metric: str = ""


@dataclass(frozen=True)
class Trial:
    """A run and all it is held against: policy, last approved release, waivers, the day."""

    policy: Policy
    suites: Sequence[Suite]
    results: Sequence[Result]
    figures: Sequence[Figure]
    today: date
    baseline: Baseline | None = None
    waivers: Sequence[Waiver] = ()

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Result]:
        """Return the results by suite and case."""
        return {result.key: result for result in self.results}

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the suites that were run."""
        return frozenset(suite.name for suite in self.suites)

    def figure(self, suite: str, metric: str) -> Figure | None:
        """Return a figure of the run; None if the metric applies to no case."""
        same = (f for f in self.figures if (f.suite, f.metric) == (suite, metric))
        return next(same, None)

    def waiver(self, suite: str, case: str, metric: str) -> Waiver | None:
        """Return the waiver that holds for a case in a figure, if any."""
        named = (w for w in self.waivers if (w.case, w.metric) == (f"{suite}/{case}", metric))
        return next((waiver for waiver in named if self.holds(waiver)), None)

    def holds(self, waiver: Waiver) -> bool:
        """Say whether a waiver may be used: in time, and neither hard nor critical."""
        return waiver.expires >= self.today and not self.is_untouchable(waiver)

    def is_untouchable(self, waiver: Waiver) -> bool:
        """Say whether a waiver speaks of what can never be waived."""
        suite, _, case = waiver.case.partition("/")
        old = self.baseline.by_key.get((suite, case)) if self.baseline else None
        now = self.by_key.get((suite, case))
        critical = any(result is not None and result.critical for result in (old, now))
        return critical or waiver.metric in self.policy.hard
