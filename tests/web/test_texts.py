"""The words on the screen are the same set in both languages, and all of them are used."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

from ingest.document import Status
from kb.journal.records import Reason, Retained
from kb.records import Mode, Outcome
from web import texts
from web.refusal import Reason as Refusal
from web.sign_in.pages import Message
from web.static_pages import PAGES
from web.texts import wording

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
    sources = [*WEB.rglob("*.py"), *WEB.glob("templates/*"), *WEB.glob("static/*.js")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    made = {f"outcome_{outcome.value}" for outcome in Outcome}
    made |= {f"status_{status.value}" for status in Status}
    made |= {f"{message}_heading" for message in get_args(Message)}
    made |= {f"refused_{reason.value}" for reason in Refusal}
    made |= {f"promise_{mode}" for mode in get_args(Mode)}
    made |= {f"reason_{one.name.lower()}" for one in Reason if one is not Reason.ASKED_COUNCIL}
    made |= {f"kept_{kind.value}" for kind in Retained} | {f"{name}_title" for name in PAGES}
    keys = set(wording("sv").texts)
    assert {key for key in keys - made if not re.search(rf"\b{key}\b", code)} == set()
    asked = set(re.findall(r'\.say\(\s*["\'](\w+)["\'](?! ~)', code))
    assert (asked | made) - keys == set()
