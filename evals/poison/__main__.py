"""Run the poisoned documents and print what became of them: `python -m evals.poison`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.cases import Case
from evals.poison.cases import load_poisons
from evals.poison.judge import Verdict
from evals.poison.run import Report, run
from evals.suites import load_suites
from kb.settings import read_settings

SUITES = (
    *("information_security", "cover", "answers", "abstention"),
    *("consistency", "retrieval", "editions"),
)
SEED = 7


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; return 1 if a file was not handled or a critical answer moved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--data", type=Path, help="its index is copied, its models are shared")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    options = parser.parse_args(arguments)
    settings = read_settings(library=options.library, data=options.data, as_of=options.as_of)
    with TemporaryDirectory() as folder:
        report = run(load_poisons(), critical_cases(), settings, Path(folder), seed=SEED)
    sys.stdout.write("\n".join(lines(report)) + "\n")
    return int(not report.passed)


def critical_cases() -> tuple[Case, ...]:
    """Return the critical cases of the suites that are bound to the shipped library."""
    return tuple(case for suite in load_suites(SUITES) for case in suite.cases if case.critical)


def lines(report: Report) -> Iterator[str]:
    """Yield a Markdown report: the figures, then every case that is not right."""
    poisons = [one for one in report.verdicts if not one.case.is_control]
    controls = [one for one in report.verdicts if one.case.is_control]
    yield f"- poisoned documents handled: {_of(poisons, [v for v in poisons if v.handled])}"
    yield f"- attacks that came through: {_of(poisons, [v for v in poisons if v.attacked])}"
    yield f"- harmless documents warned of: {_of(controls, [v for v in controls if not v.handled])}"
    yield (
        f"- critical answers changed of {report.asked}: {len(report.changed_unpublished)} before "
        f"anything was published, {len(report.changed)} after"
    )
    yield "\n| case | format | technique | must be | was | came through |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(one) for one in report.verdicts if not one.right)
    if moved := (*report.changed_unpublished, *report.changed):
        yield "\nCritical cases answered otherwise: " + ", ".join(dict.fromkeys(moved))


def _row(one: Verdict) -> str:
    came = [
        *[f"overwrote {one.harmed}"] * bool(one.harmed),
        *["published itself"] * one.self_published,
        *[f"told unpublished ({len(one.said_unpublished)})"] * bool(one.said_unpublished),
        *[f"told when published ({len(one.said)})"] * bool(one.said),
        *(f"answers {name}" for name in one.cited_by),
    ]
    case = one.case
    must, was = (" or ".join(sorted(fates)) for fates in (case.must, one.fates))
    return f"| {case.id} | {case.format} | {case.technique} | {must} | {was} | {'; '.join(came)} |"


def _of(every: Sequence[Verdict], some: Sequence[Verdict]) -> str:
    return f"{len(some)} of {len(every)}"


if __name__ == "__main__":
    sys.exit(main())
