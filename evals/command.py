"""The command `vagvisaren eval`: run suites, show what they came to."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from evals.asker import Job
from evals.console import print_failures, print_figures, progress
from evals.figures import figures
from evals.generate import answerer, generate
from evals.opening import make_ready, open_asker
from evals.records import Record
from evals.results import score_suite
from evals.suites import SUITES, Suite, load_suites
from kb.settings import Settings

RUNS = Path("runs")
SEED = 7


def run(options: argparse.Namespace, settings: Settings) -> bool:
    """Run the suites named; return True when the gate found a problem."""
    names = options.suites or sorted(path.stem for path in SUITES.glob("*.jsonl"))
    suites = load_suites(names)
    folder = options.out or RUNS / datetime.now().strftime("%Y-%m-%d_%H%M%S")
    folder.mkdir(parents=True, exist_ok=True)
    sys.stderr.write(f"Svaren skrivs i {folder}; avbruten körning fortsätter med --out {folder}.\n")
    make_ready(settings)
    records = ask_all(suites, settings, folder / "answers.jsonl", workers=options.workers)
    results = tuple(result for suite in suites for result in score_suite(suite, records))
    print_failures(suites, records)
    print_figures(figures(results))
    return False


def ask_all(
    suites: Sequence[Suite], settings: Settings, path: Path, *, workers: int | None = None
) -> tuple[Record, ...]:
    """Ask every case of the suites; answers already in `path` are not asked again."""
    as_of = settings.as_of or date.today()
    jobs = [Job(suite.name, case, as_of, SEED) for suite in suites for case in suite.cases]
    with progress(len(jobs)) as tell:
        return generate(jobs, path, answerer(partial(open_asker, settings), workers=workers), tell)
