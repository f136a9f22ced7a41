"""A run: suites asked once, kept in a folder, scored; the folder can be scored again."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from evals.asker import Job
from evals.console import progress
from evals.figures import Figure, figures
from evals.generate import answerer, generate
from evals.opening import make_ready, open_asker
from evals.policy import Policy
from evals.provenance import Provenance, gather
from evals.records import Record, read_records
from evals.results import Result, score_suite
from evals.suites import Suite
from ingest.errors import VagvisarenError
from kb.present import to_json
from kb.settings import Settings

ANSWERS, ABOUT = "answers.jsonl", "run.json"


@dataclass(frozen=True)
class Run:
    """What was asked, answered and scored. `about` is the provenance, `seconds` included."""

    suites: tuple[Suite, ...]
    records: tuple[Record, ...]
    results: tuple[Result, ...]
    figures: tuple[Figure, ...]
    about: dict[str, Any]


def perform(
    suites: Sequence[Suite],
    settings: Settings,
    *,
    policy: Policy,
    folder: Path,
    workers: int | None = None,
) -> Run:
    """Ask every case that the folder does not hold an answer to, and score all.

    Raises:
        VagvisarenError: the folder holds answers of another program, library, index or setting;
            the library has nothing to answer from; or the product broke on a question.
    """
    as_of = settings.as_of or policy.as_of
    make_ready(settings)
    digests = {suite.name: suite.digest for suite in suites}
    provenance = gather(settings, suites=digests, as_of=as_of, seed=policy.seed)
    before = _open_folder(folder, provenance)
    jobs = [Job(suite.name, case, as_of, policy.seed) for suite in suites for case in suite.cases]
    started = time.perf_counter()
    answer = answerer(partial(open_asker, settings), workers=workers)
    with progress(len(jobs)) as tell:
        records = generate(jobs, folder / ANSWERS, answer, tell)
    seconds = before + time.perf_counter() - started
    about = asdict(provenance) | {"seconds": round(seconds, 1)}
    (folder / ABOUT).write_text(to_json(about, indent=1) + "\n", encoding="utf-8")
    return score(suites, records, about)


def score(suites: Sequence[Suite], records: Sequence[Record], about: dict[str, Any]) -> Run:
    """Score the answers of a run."""
    results = tuple(result for suite in suites for result in score_suite(suite, records))
    return Run(tuple(suites), tuple(records), results, figures(results), about)


def read_about(folder: Path) -> dict[str, Any]:
    """Return the provenance kept in the folder of a run.

    Raises:
        VagvisarenError: it is not the folder of a run.
    """
    try:
        about: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VagvisarenError(
            f"{folder} är ingen mapp från en körning. Ange en som vagvisaren eval har skrivit."
        ) from error
    return about


def read_run(suites: Sequence[Suite], folder: Path) -> Run:
    """Score the answers of an earlier run again, by suites as they are now.

    Raises:
        VagvisarenError: it is not the folder of a run.
    """
    return score(suites, read_records(folder / ANSWERS), read_about(folder))


def _open_folder(folder: Path, provenance: Provenance) -> float:
    """Make the folder, or see to it that it can be gone on with; return seconds already spent."""
    folder.mkdir(parents=True, exist_ok=True)
    seconds = 0.0
    if (folder / ABOUT).exists():
        about = read_about(folder)
        if differs := provenance.differs(json.loads(to_json(about))):
            raise VagvisarenError(
                f"Svaren i {folder} gavs med annat: {', '.join(differs)}. "
                "Ange en ny mapp med --out, eller döm de gamla svaren med --score."
            )
        seconds = float(about.get("seconds", 0.0))
    kept = asdict(provenance) | {"seconds": seconds}
    (folder / ABOUT).write_text(to_json(kept, indent=1) + "\n", encoding="utf-8")
    return seconds
