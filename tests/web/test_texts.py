"""The words on the screen are the same set in both languages, and all of them are used."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from ingest.document import Status
from ingest.errors import SettingsError
from kb.records import Outcome
from web import texts
from web.refusal import Reason
from web.sign_in.pages import Message
from web.texts import checked_starters, shipped_starters, wording

WEB = Path(texts.__file__).parent


def test_both_languages_have_the_same_texts() -> None:
    assert wording("sv").texts.keys() == wording("en").texts.keys()


def test_a_text_has_the_same_values_to_fill_in_in_both_languages() -> None:
    for key, swedish in wording("sv").texts.items():
        fields = [
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in (swedish, wording("en").texts[key])
        ]
        assert fields[0] == fields[1], key


def test_every_text_is_used_and_every_used_text_exists() -> None:
    sources = [*WEB.rglob("*.py"), *WEB.glob("templates/*.html"), *WEB.glob("static/*.js")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    made = {f"outcome_{outcome.value}" for outcome in Outcome}
    made |= {f"status_{status.value}" for status in Status}
    made |= {f"{message}_heading" for message in get_args(Message)}
    made |= {f"refused_{reason.value}" for reason in Reason}
    keys = set(wording("sv").texts)
    assert {key for key in keys - made if not re.search(rf"\b{key}\b", code)} == set()
    asked = set(re.findall(r'\.say\(\s*["\'](\w+)["\'](?! ~)', code))
    assert (asked | made) - keys == set()


def test_there_are_eight_starters_in_each_language() -> None:
    assert {language: len(asked) for language, asked in shipped_starters().items()} == {
        "sv": 8,
        "en": 8,
    }


@pytest.mark.parametrize("broken", [None, ["Får jag?"], {"sv": "Får jag?"}, {"sv": [1]}])
def test_broken_starters_are_refused_with_a_remedy(broken: object) -> None:
    with pytest.raises(SettingsError, match="lista"):
        checked_starters(broken)
