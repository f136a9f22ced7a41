"""Every starter question is answered by the library that ships with the project."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from kb.commands import bring_level
from kb.guide import Guide, open_guide
from kb.records import Outcome
from kb.settings import Settings
from web.starters import shipped_starters

LIBRARY = Path(__file__).parents[2] / "guidance"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory, models: Path, e5: object) -> Iterator[Guide]:
    """The shipped library, indexed; the model is built already."""
    data = tmp_path_factory.mktemp("starters")
    copytree(models, data / "models")
    settings = Settings(library=LIBRARY, data=data, as_of=date(2026, 11, 26))
    bring_level(settings)
    guide = open_guide(settings, use_chroma=False)
    yield guide
    guide.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_starter_ends_without_an_answer(guide: Guide, language: str) -> None:
    shipped = shipped_starters()
    groups = shipped["sv"] if language == "sv" else shipped["en"]
    questions = {question for group in groups for question in group.questions}
    ended = {question: guide.ask(question).outcome for question in questions}
    assert {q: o for q, o in ended.items() if o is not Outcome.ANSWERED} == {}
