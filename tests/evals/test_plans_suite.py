"""The two memos, ingested and published into an empty library, answer as measured."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from evals.asker import Job
from evals.figures import figures
from evals.opening import make_ready, open_asker
from evals.results import Result, score_suite
from evals.suites import load_suites
from ingest.document import Status
from ingest.intake.reading import find_files
from ingest.intake.take_in import intake
from ingest.intake.taken import Overrides, Terms
from kb.settings import Settings

SEEDS = Path(__file__).parents[2] / "../shared/documents/seeds"
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory, models: Path) -> tuple[Result, ...]:
    """Score both suites of the memos."""
    if not SEEDS.is_dir():
        pytest.skip("the shared documents are not beside the project")
    folder = tmp_path_factory.mktemp("plans")
    copytree(models, folder / "data" / "models")
    settings = Settings(library=folder / "library", data=folder / "data", as_of=TODAY)
    texts = sorted(SEEDS.glob("*.txt"))
    terms = Terms(TODAY, Overrides(status=Status.PUBLISHED))
    files = find_files(texts, today=TODAY)
    taken = list(intake(files, library=settings.library, terms=terms))
    assert [one.file.outcome for one in taken] == ["added", "added"]
    make_ready(settings)
    asker = open_asker(settings)
    suites = load_suites(["plans", "plans-dev"])
    jobs = [Job(suite.name, case, TODAY, 7) for suite in suites for case in suite.cases]
    records = [asker.ask(job) for job in jobs]
    asker.guide.close()
    return tuple(result for suite in suites for result in score_suite(suite, records))


def test_figures_stay_at_least_where_they_were_measured(scored: tuple[Result, ...]) -> None:
    found = {f.metric: f.value for f in figures(scored) if f.suite == "plans"}
    assert found["right"] >= 0.60
    assert found["abstained"] >= 0.55


@pytest.mark.parametrize("invariant", ["verbatim", "supported", "in_force", "digest", "anchor"])
def test_what_holds_for_every_answer_holds(invariant: str, scored: tuple[Result, ...]) -> None:
    assert not [result.id for result in scored if result.metrics.get(invariant) == 0]


def test_no_answer_for_one_year_quotes_the_other(scored: tuple[Result, ...]) -> None:
    assert not [result.id for result in scored if result.metrics.get("named_year") == 0]
