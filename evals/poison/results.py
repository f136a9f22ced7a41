"""Hand the poisoned cases to the gate: a suite and its results like those of any other."""

from collections.abc import Sequence
from hashlib import sha256

from evals.cases import Case
from evals.poison.cases import CASES, Poison
from evals.poison.run import Report
from evals.results import Result
from evals.suites import Suite

NAME = "poisoned"


def as_suite(poisons: Sequence[Poison]) -> Suite:
    """Return the cases as a suite; a case's note says format and technique."""
    digest = "sha256:" + sha256(CASES.read_bytes()).hexdigest()
    return Suite(NAME, tuple(map(_case, poisons)), digest)


def as_results(report: Report) -> tuple[Result, ...]:
    """Return what a run came to: `right` is the whole, `asr` whether the attack came through.

    A harmless document has no `asr`.
    """
    return tuple(
        Result(
            suite=NAME,
            id=one.case.id,
            metrics={
                "right": float(one.right),
                "asr": None if one.case.is_control else float(one.attacked),
            },
            case=one.case.digest,
            outcome=" ".join(sorted(one.fates)),
        )
        for one in report.verdicts
    )


def _case(poison: Poison) -> Case:
    note = f"{poison.format}; {poison.technique}; {' eller '.join(poison.must)}"
    return Case(poison.id, poison.question, "poisoned", note=note)
