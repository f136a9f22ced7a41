"""Every starter question is answered by the library that ships with the project."""

from collections.abc import Iterator

import pytest

from kb.guide import Guide, open_guide
from kb.records import Outcome
from kb.settings import Settings
from web.starters import shipped_starters

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def guide(shipped: Settings) -> Iterator[Guide]:
    guide = open_guide(shipped, use_chroma=False)
    yield guide
    guide.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_starter_ends_without_an_answer(guide: Guide, language: str) -> None:
    shipped = shipped_starters()
    groups = shipped["sv"] if language == "sv" else shipped["en"]
    questions = {question for group in groups for question in group.questions}
    ended = {question: guide.ask(question).outcome for question in questions}
    assert {q: o for q, o in ended.items() if o is not Outcome.ANSWERED} == {}
