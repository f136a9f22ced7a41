"""The gate: hold a run against the policy and the last approved release; list what was found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals import checks, ratchet
from evals.suites import Suite
from evals.trial import Finding, Trial
from ingest.errors import VagvisarenError

Check = Callable[[Trial], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    checks.hard,
    checks.critical,
    checks.complete,
    checks.floors,
    ratchet.tolerances,
    ratchet.worsened,
    checks.loosened,
    checks.waivers,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found; it is open when nothing found fails."""

    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Say whether the gate is open."""
        return not self.failures

    @property
    def failures(self) -> tuple[Finding, ...]:
        """Return what closes the gate."""
        return tuple(finding for finding in self.findings if finding.fails)

    @property
    def broken(self) -> frozenset[tuple[str, str]]:
        """Return the figures, as suite and metric, that do not hold as a whole."""
        return frozenset((f.suite, f.metric) for f in self.failures if f.metric and not f.case)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """Return what is worth knowing and closes nothing."""
        return tuple(finding for finding in self.findings if not finding.fails)


PART: tuple[Check, ...] = (checks.hard, checks.critical, ratchet.worsened)
"""What can be judged of some cases of a suite; floors and means need them all."""


def judge(trial: Trial, by: Sequence[Check] = CHECKS) -> Verdict:
    """Apply the checks of the gate.

    Raises:
        VagvisarenError: a case of a suite has no result; then there is nothing to judge.
    """
    for suite in trial.suites:
        _refuse_unscored(suite, trial)
    return Verdict(tuple(finding for check in by for finding in check(trial)))


def _refuse_unscored(suite: Suite, trial: Trial) -> None:
    missing = [case.id for case in suite.cases if (suite.name, case.id) not in trial.by_key]
    if missing:
        raise VagvisarenError(
            f"Sviten {suite.name}: {len(missing)} testfall saknar svar ({missing[0]} …). "
            "Kör om med samma --out."
        )
