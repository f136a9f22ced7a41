"""Suites: a name or a path becomes Cases with the digest of their file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from evals.cases import Case, load_cases
from ingest.errors import VagvisarenError

SUITES = Path(__file__).parent / "suites"


@dataclass(frozen=True, slots=True)
class Suite:
    """The Cases of one file; `digest` is `sha256:` of its bytes."""

    name: str
    cases: tuple[Case, ...]
    digest: str


def load_suite(name: str, *, folder: Path = SUITES) -> Suite:
    """Read a suite by its name in `folder`, or by its path when the name ends in `.jsonl`.

    Raises:
        VagvisarenError: there is no such suite, or a line of it is not a Case.
    """
    path = Path(name) if name.endswith(".jsonl") else folder / f"{name}.jsonl"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.jsonl")))
        raise VagvisarenError(f"Sviten {name} finns inte. Välj bland {known}, eller ange en fil.")
    digest = "sha256:" + sha256(path.read_bytes()).hexdigest()
    return Suite(path.stem, load_cases(path), digest)


def only_critical(suites: Sequence[Suite]) -> tuple[Suite, ...]:
    """Keep the critical cases; suites without any fall away."""
    kept = (replace(s, cases=tuple(case for case in s.cases if case.critical)) for s in suites)
    return tuple(suite for suite in kept if suite.cases)


def load_suites(names: Sequence[str], *, folder: Path = SUITES) -> tuple[Suite, ...]:
    """Read several suites; a name given twice is read once."""
    suites = tuple(load_suite(name, folder=folder) for name in dict.fromkeys(names))
    if len({suite.name for suite in suites}) < len(suites):
        raise VagvisarenError("Två sviter har samma namn. Byt namn på den ena filen.")
    return suites
