"""The command `vagvisaren eval`: run suites, judge them, report, compare, approve."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from evals.approve import approve
from evals.baseline import BASELINES, Baseline, read_baseline
from evals.changes import as_text, wrong
from evals.compare import compare
from evals.console import print_differences, print_figures, print_verdict
from evals.gate import CHECKS, PART, Verdict, judge
from evals.junit import junit_xml
from evals.policy import Policy, read_policy
from evals.report import render
from evals.robustness import NAME as ROBUSTNESS
from evals.robustness import make_suite
from evals.run import Run, perform, read_about, read_run
from evals.sides import Side, read_side
from evals.suites import Suite, load_suites, only_critical
from evals.summary import summary_json
from evals.trial import Trial
from evals.waivers import read_waivers
from ingest.errors import VagvisarenError
from kb.language.compounds import load_splitter
from kb.present import to_json
from kb.settings import Settings

RUNS = Path("runs")


def run(options: argparse.Namespace, settings: Settings) -> bool:
    """Do what the options ask; return True when the gate is asked for and is not met.

    Raises:
        VagvisarenError: it could not be run or judged; the message says what to do.
    """
    policy = read_policy()
    folder = options.out or RUNS / f"{datetime.now():%Y-%m-%d_%H%M%S}"
    if options.compare:
        return _compare(options, settings, policy, folder)
    done, folder = _ask_or_read(options, settings, policy, folder)
    trial = _trial(done, policy, read_baseline(options.baseline, folder=BASELINES))
    verdict = judge(trial, PART if options.critical else CHECKS)
    write_reports(done, trial, verdict, folder)
    if options.json:
        sys.stdout.write(to_json(summary_json(done, verdict, trial.baseline)) + "\n")
    else:
        print_figures(trial, verdict)
        print_verdict(verdict, folder)
    if options.approve:
        path = approve(
            trial, verdict, done, role=options.approve, release=options.release, folder=BASELINES
        )
        sys.stderr.write(f"Baslinjen är skriven i {path}. Lägg den i versionshanteringen.\n")
        return False
    return bool(options.gate) and not verdict.passed


def collect(names: Sequence[str], policy: Policy, settings: Settings) -> tuple[Suite, ...]:
    """Load suites by name; the robustness suite is made of its sources, which it brings along.

    Raises:
        VagvisarenError: a suite does not exist or cannot be read, or none is named anywhere.
    """
    if not names:
        raise VagvisarenError("Policyn nämner ingen svit. Ange vilka som ska köras.")
    sources = policy.robustness.sources if ROBUSTNESS in names else ()
    wanted = [name for name in (*names, *sources) if name != ROBUSTNESS]
    suites = load_suites(wanted)
    if ROBUSTNESS not in names:
        return suites
    made = make_suite(
        [suite for suite in suites if suite.name in sources],
        seed=policy.seed,
        each=policy.robustness.each,
        split=load_splitter(cache=settings.models).split,
    )
    return (*suites, made)


def write_reports(done: Run, trial: Trial, verdict: Verdict, folder: Path) -> None:
    """Write `summary.json`, `junit.xml`, `rapport.html` and `fel.txt` into the run's folder."""
    summary = to_json(summary_json(done, verdict, trial.baseline), indent=1)
    (folder / "summary.json").write_text(summary + "\n", encoding="utf-8")
    (folder / "junit.xml").write_bytes(junit_xml(done.results, verdict))
    (folder / "rapport.html").write_text(render(done, trial, verdict), encoding="utf-8")
    (folder / "fel.txt").write_text("\n".join(map(as_text, wrong(done))), encoding="utf-8")


def _ask_or_read(
    options: argparse.Namespace, settings: Settings, policy: Policy, folder: Path
) -> tuple[Run, Path]:
    """Return a new run, or with `--score` an earlier one scored again; and its folder."""
    if options.score:
        names = options.suites or list(read_about(options.score)["suites"])
        return read_run(collect(names, policy, settings), options.score), options.score
    suites = collect(options.suites or list(policy.suites), policy, settings)
    suites = only_critical(suites) if options.critical else suites
    sys.stderr.write(f"Skriver i {folder}. Avbryts körningen: kör om med --out {folder}\n")
    return perform(suites, settings, policy=policy, folder=folder, workers=options.workers), folder


def _trial(done: Run, policy: Policy, baseline: Baseline | None) -> Trial:
    return Trial(
        policy=policy,
        suites=done.suites,
        results=done.results,
        figures=done.figures,
        today=date.today(),
        baseline=baseline,
        waivers=read_waivers(),
    )


def _compare(options: argparse.Namespace, settings: Settings, policy: Policy, folder: Path) -> bool:
    """Answer the same cases both ways and show every difference; there is nothing to fail."""
    suites = collect(options.suites or list(policy.suites), policy, settings)
    indexes = settings.data / "compared"
    a, b = (
        _side(read_side(text, settings, indexes=indexes), suites, policy, folder / name, options)
        for name, text in zip("ab", options.compare, strict=True)
    )
    differences = compare(a.results, b.results, seed=policy.seed)
    folder.mkdir(parents=True, exist_ok=True)
    text = to_json([asdict(one) for one in differences], indent=1)
    (folder / "compare.json").write_text(text + "\n", encoding="utf-8")
    if options.json:
        sys.stdout.write(text + "\n")
    else:
        print_differences(differences, *options.compare)
    return False


def _side(
    side: Side, suites: Sequence[Suite], policy: Policy, folder: Path, options: argparse.Namespace
) -> Run:
    if side.settings is None or side.run is not None:
        return read_run(suites, side.run or folder)
    return perform(suites, side.settings, policy=policy, folder=folder, workers=options.workers)
