"""The shipped guidance answers as measured, and every quote is verbatim."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from evals.cases import load_cases
from evals.run import SUITES, figures, run_suite
from kb.commands import bring_level
from kb.guide import Guide, open_guide
from kb.library import load_library
from kb.settings import Settings

LIBRARY = Path(__file__).parents[2] / "guidance"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Guide]:
    folder = tmp_path_factory.mktemp("guidance")
    copytree(models, folder / "models")
    settings = Settings(library=LIBRARY, data=folder, as_of=TODAY)
    bring_level(settings)
    opened = open_guide(settings, use_chroma=False)
    yield opened
    opened.close()


def test_every_document_of_the_library_loads() -> None:
    library = load_library(LIBRARY)
    assert not library.refused
    assert len(library.documents) >= 32


@pytest.mark.slow
def test_figures_stay_at_least_where_they_were_measured(guide: Guide) -> None:
    scores = run_suite(guide, load_cases(SUITES / "guidance.jsonl"), as_of=TODAY)
    shares = figures(scores)
    assert shares["verbatim"] == 1
    assert shares["right"] >= 0.92
    assert shares["over_refusal"] <= 0.05
    assert all(score.right for score in scores if score.case.critical)
