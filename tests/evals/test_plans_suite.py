"""The two memos, ingested and published into an empty library, answer as measured."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from evals.cases import load_cases
from evals.run import SUITES, figures, run_suite
from ingest.document import Status
from ingest.intake import intake
from ingest.reading import find_files
from ingest.taken import Overrides, Terms
from kb.commands import bring_level
from kb.guide import Guide, open_guide
from kb.settings import Settings

SEEDS = Path(__file__).parents[2] / "../shared/documents/seeds"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Guide]:
    if not SEEDS.is_dir():
        pytest.skip("the shared documents are not beside the project")
    folder = tmp_path_factory.mktemp("plans")
    copytree(models, folder / "data" / "models")
    settings = Settings(library=folder / "library", data=folder / "data", as_of=TODAY)
    texts = sorted(SEEDS.glob("*.txt"))
    terms = Terms(TODAY, Overrides(status=Status.PUBLISHED))
    taken = list(intake(find_files(texts, today=TODAY), library=settings.library, terms=terms))
    assert [one.file.outcome for one in taken] == ["added", "added"]
    bring_level(settings)
    opened = open_guide(settings, use_chroma=False)
    yield opened
    opened.close()


@pytest.mark.shared
def test_figures_stay_at_least_where_they_were_measured(guide: Guide) -> None:
    shares = figures(run_suite(guide, load_cases(SUITES / "plans.jsonl"), as_of=TODAY))
    assert shares["verbatim"] == 1
    assert shares["answerable_right"] >= 0.60
    assert shares["recall"] >= 0.55


@pytest.mark.shared
def test_no_answer_for_one_year_quotes_the_other(guide: Guide) -> None:
    cases = [*load_cases(SUITES / "plans.jsonl"), *load_cases(SUITES / "plans-dev.jsonl")]
    for case in cases:
        draft = guide.trace(case.question, history=case.history)
        if draft.question is None or draft.composition is None:
            continue
        named = set(draft.question.years) & guide.tools.plan_years
        cited = {citation.year for citation in draft.composition.citations}
        assert not named or cited <= named, case.id
