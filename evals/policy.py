"""The policy: what a release must hold, as the council has decided it in `policy.toml`."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import Field, field_validator

from evals.metrics import BY_NAME, METRICS, Better
from evals.tables import Table, read_table

POLICY = Path(__file__).parent / "policy.toml"


class Rule(Table):
    """What one figure of one suite must hold.

    `floor` is the worst value allowed. `tolerance` is how much worse than the baseline the mean
    over the same cases may be; None does not compare. `max_worse` is how many single cases may
    be worse than in the baseline; None does not count them.
    """

    floor: float
    tolerance: float | None = Field(default=None, ge=0)
    max_worse: int | None = Field(default=None, ge=0)


class SuiteRules(Table):
    """A suite of the gate: the least number of cases, and the figures that are judged."""

    cases: int = Field(ge=1)
    metrics: dict[str, Rule] = Field(default_factory=dict)

    @field_validator("metrics")
    @classmethod
    def _are_known(cls, metrics: dict[str, Rule]) -> dict[str, Rule]:
        return {_known(name): rule for name, rule in metrics.items()}


class Variants(Table):
    """Where the robustness suite takes its questions, and how many spellings of each."""

    sources: tuple[str, ...] = ()
    each: int = Field(default=3, ge=1)


class Publication(Table):
    """What a publication must hold: how many cases it may make worse, none of them critical."""

    max_worse: int = Field(default=0, ge=0)


class Loosening(Table):
    """A demand made smaller on purpose, with the reason the council gave."""

    what: str = Field(min_length=1)
    reason: str = Field(min_length=10)
    approved_by: str = Field(min_length=2)


class Policy(Table):
    """What a release must hold. `hard` figures hold for every answer of every suite.

    `as_of` is the day the cases are asked for unless they name one; `seed` draws the canaries
    and the spellings.
    """

    as_of: date
    seed: int = 7
    hard: tuple[str, ...] = ()
    suites: dict[str, SuiteRules] = Field(default_factory=dict)
    robustness: Variants = Variants()
    publication: Publication = Publication()
    loosened: tuple[Loosening, ...] = ()

    @field_validator("hard")
    @classmethod
    def _are_of_cases(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        own = {metric.name for metric in METRICS}
        if strange := [name for name in names if name not in own]:
            raise ValueError(f"{strange} gäller inte enskilda svar; välj bland {sorted(own)}")
        return names


def read_policy(path: Path = POLICY) -> Policy:
    """Read the policy.

    Raises:
        SettingsError: the file is missing or says something that cannot be used.
    """
    return read_table(path, Policy)


def loosenings(before: Policy, now: Policy) -> Iterator[str]:
    """Yield what demands less than before, each as a name: `answers.right.floor`."""
    yield from (f"hard.{name}" for name in before.hard if name not in now.hard)
    if now.publication.max_worse > before.publication.max_worse:
        yield "publication.max_worse"
    for suite, old in before.suites.items():
        new = now.suites.get(suite)
        if new is None:
            yield suite
            continue
        if new.cases < old.cases:
            yield f"{suite}.cases"
        for metric, rule in old.metrics.items():
            if metric not in new.metrics:
                yield f"{suite}.{metric}"
            else:
                parts = _looser(rule, new.metrics[metric], BY_NAME[metric].better)
                yield from (f"{suite}.{metric}.{part}" for part in parts)


def _looser(old: Rule, new: Rule, better: Better) -> Iterator[str]:
    sign = 1 if better is Better.HIGH else -1
    if sign * (new.floor - old.floor) < 0:
        yield "floor"
    for part in ("tolerance", "max_worse"):
        before, now = getattr(old, part), getattr(new, part)
        if before is not None and (now is None or now > before):
            yield part


def _known(name: str) -> str:
    if name not in BY_NAME:
        raise ValueError(f"måttet {name} finns inte; välj bland {sorted(BY_NAME)}")
    return name
