"""Approve a run as the baseline of a release: what later runs are held against."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from evals.baseline import BASELINES, Baseline, Header, suite_digests, write_baseline
from evals.gate import Verdict
from evals.run import Run
from evals.trial import Kind, Trial
from ingest.errors import VagvisarenError

_NEVER = frozenset({Kind.HARD, Kind.CRITICAL, Kind.FLOOR, Kind.WAIVER})
_RELEASE = re.compile(r"[\w.+-]+")


def approve(
    trial: Trial,
    verdict: Verdict,
    run: Run,
    *,
    role: str,
    release: str | None = None,
    folder: Path = BASELINES,
) -> Path:
    """Write the run as the baseline of a release; `role` is who approves it, not a person.

    What got worse than the last baseline, cases taken away and demands loosened may be approved:
    they are kept in the header. What the policy itself demands may not be missed.

    Raises:
        VagvisarenError: the run does not hold the policy, or leaves suites of it out.
    """
    release = release or version("vagvisaren")
    if not _RELEASE.fullmatch(release) or not role.strip():
        raise VagvisarenError("Ange en roll, och en utgåva av bokstäver, siffror och punkter.")
    if missing := _not_whole(trial):
        raise VagvisarenError(
            f"Sviterna {', '.join(missing)} är inte helt körda. Kör vagvisaren eval utan svitnamn."
        )
    if stopping := [finding for finding in verdict.failures if finding.kind in _NEVER]:
        raise VagvisarenError(
            f"Körningen kan inte godkännas: {stopping[0].text} ({len(stopping)} sådana). "
            "Rätta felen, eller ändra kravet i policyn med skäl."
        )
    if (folder / f"{release}.jsonl").exists():
        raise VagvisarenError(f"Baslinjen {release} finns redan. Ange en ny utgåva med --release.")
    header = Header(
        release=release,
        approved_by=role.strip(),
        approved_at=datetime.now(UTC).replace(microsecond=0),
        policy=trial.policy,
        suites=suite_digests(run.suites),
        figures=run.figures,
        accepted=tuple(finding.text for finding in verdict.failures),
        provenance=run.about,
    )
    results = tuple(replace(result, ms=0.0) for result in run.results)
    return write_baseline(Baseline(header, results), folder)


def _not_whole(trial: Trial) -> list[str]:
    """Return the suites of the policy that were not run, or only in part."""
    asked = {suite.name: len(suite.cases) for suite in trial.suites}
    rules = trial.policy.suites
    return sorted(name for name in rules if asked.get(name, 0) < rules[name].cases)
