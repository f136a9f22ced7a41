"""Baselines: the results of an approved release, compact, one line a case."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.figures import Figure
from evals.policy import Policy
from evals.results import Result
from evals.robustness import MARK
from evals.suites import Suite
from ingest.errors import VagvisarenError
from kb.present import to_json

BASELINES = Path(__file__).parent / "baselines"


@dataclass(frozen=True)
class Header:
    """What a baseline is of: release, who approved it when, under which policy, which suites.

    `accepted` are the findings that the approval took as they were. `provenance` is that of the
    run. `suites` are the digests of the suites' files.
    """

    release: str
    approved_by: str
    approved_at: datetime
    policy: Policy
    suites: dict[str, str]
    figures: tuple[Figure, ...] = ()
    accepted: tuple[str, ...] = ()
    provenance: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Baseline:
    """An approved release: its header and what every case came to."""

    header: Header
    results: tuple[Result, ...]

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Result]:
        """Return the results by suite and case."""
        return {result.key: result for result in self.results}

    def figure(self, suite: str, metric: str) -> Figure | None:
        """Return a figure of the release; None if it had none."""
        same = (f for f in self.header.figures if (f.suite, f.metric) == (suite, metric))
        return next(same, None)


_HEADER: TypeAdapter[Header] = TypeAdapter(Header)
_RESULT: TypeAdapter[Result] = TypeAdapter(Result)


def write_baseline(baseline: Baseline, folder: Path = BASELINES) -> Path:
    """Write a baseline as `<release>.jsonl` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{baseline.header.release}.jsonl"
    lines = [_HEADER.dump_json(baseline.header, exclude_defaults=True).decode()]
    hard = baseline.header.policy.hard
    lines += [to_json(_compact(result, hard)) for result in baseline.results]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read_baseline(name: str | None = None, *, folder: Path = BASELINES) -> Baseline | None:
    """Read a baseline by release or path; without a name the one approved last, None if none.

    Raises:
        VagvisarenError: there is no such baseline, or it cannot be read.
    """
    if name is None:
        found = [_read(path) for path in sorted(folder.glob("*.jsonl"))]
        return max(found, key=lambda one: one.header.approved_at, default=None)
    path = Path(name) if name.endswith(".jsonl") else folder / f"{name}.jsonl"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.jsonl"))) or "ingen ännu"
        raise VagvisarenError(f"Baslinjen {name} finns inte. Det finns: {known}.")
    return _read(path)


def suite_digests(suites: Sequence[Suite]) -> dict[str, str]:
    """Return the digest of every suite by name."""
    return {suite.name: suite.digest for suite in suites}


def _read(path: Path) -> Baseline:
    try:
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        results = tuple(_RESULT.validate_json(line) for line in lines if line)
        return Baseline(_HEADER.validate_json(header), results)
    except (OSError, ValueError, ValidationError) as error:
        raise VagvisarenError(
            f"Baslinjen {path.name} går inte att läsa. Hämta filen på nytt, eller godkänn en ny."
        ) from error


def _compact(result: Result, hard: Collection[str]) -> dict[str, object]:
    """Return a result without what is empty, does not apply or always holds; floats short.

    A spelling of another case keeps its figures only: the report shows the case it is made of.
    """
    metrics = {
        name: round(value, 4)
        for name, value in result.metrics.items()
        if value is not None and name not in hard
    }
    data: dict[str, object] = {"suite": result.suite, "id": result.id, "metrics": metrics}
    kept = ("case", "critical", "outcome", "short", "cited", "quotes", "answer")
    for name in kept[:3] if MARK in result.id else kept:
        if value := getattr(result, name):
            data[name] = value
    return data
