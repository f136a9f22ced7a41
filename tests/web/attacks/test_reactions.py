"""Reactions that no page sends: to others' answers, to none, in any shape; and what is written."""

import json

import httpx
import pytest

from tests.web.attacks.hostile import EVERYTHING, QUESTION, STEERS
from tests.web.attacks.town import Town, a_session, ask, call, functions

THANKS = "Tack"
RATE = {"act": "rate", "number": 1, "useful": True}


def react(client: httpx.Client, raw: object, session: str) -> str:
    """React as the page does, in a conversation; return what was sent back, as text."""
    given = raw if isinstance(raw, str) else json.dumps(raw)
    found = call(client, functions(client)[3], [given, None, None], session_hash=session)
    return json.dumps(found, ensure_ascii=False)


@pytest.fixture
def session(anna: httpx.Client) -> str:
    """Return a conversation in which one question has been answered."""
    identity = a_session()
    ask(anna, QUESTION, session=identity)
    return identity


NUMBERS: tuple[object, ...] = (0, -1, 2, 10**30, 1.0, "1", True, None, [1], {})
ACTS: tuple[object, ...] = ("delete", "", None, 1, ["rate"], {"rate": 1})
OPINIONS: tuple[object, ...] = (1, "true", None, [], "x")


@pytest.mark.parametrize(
    "raw",
    [
        *({**RATE, "number": one} for one in NUMBERS),
        *({**RATE, "act": one} for one in ACTS),
        *({**RATE, "useful": one} for one in OPINIONS),
        {"act": "rate", "number": 1, "useful": False, "reason": "asked_council"},
        {"act": "rate", "number": 1, "useful": False, "reason": "påhittat"},
        {"act": "rate", "number": 1, "useful": False, "reason": ["inaktuellt"]},
        {"act": "ask_council", "number": 1, "comment": ["x"]},
        {"act": "ask_council", "number": 1, "comment": {"a": "b"}},
        [RATE],
        "null",
        "1e999",
        "NaN",
        "",
        "{",
        "[" * 3_900,
        '{"a":' * 600 + "1" + "}" * 600,
        json.dumps(RATE | {"x": "y" * 200_000}),
        json.dumps(RATE) + json.dumps(RATE),
        '{"act":"rate","number":1' + "0" * 3_000 + ',"useful":true}',
    ],
)
def test_a_reaction_of_another_shape_does_nothing(
    anna: httpx.Client, session: str, raw: object
) -> None:
    said = react(anna, raw, session)
    assert THANKS not in said
    assert '"success": true' in said, "it fell over instead of saying nothing"
    assert THANKS in react(anna, RATE, session), "an honest reaction is still taken"


def test_an_answer_is_rated_once(anna: httpx.Client, session: str) -> None:
    assert THANKS in react(anna, RATE, session)
    assert "tyst" not in react(anna, RATE, session)


def test_anothers_answer_cannot_be_rated(
    town: Town, anna: httpx.Client, bo: httpx.Client, session: str
) -> None:
    theirs = a_session()
    ask(bo, QUESTION, session=theirs)
    body = {"data": [json.dumps(RATE), None, None], "fn_index": 3, "session_hash": theirs}
    assert anna.post("/gradio_api/queue/join", json=body).status_code == 403
    named = RATE | {"receipt": theirs, "turn": theirs, "session": theirs, "user": "prov2"}
    react(anna, named, session)
    export = json.loads(town.command("journal", "export", "--user", "prov2", "--format", "json"))
    assert not any(turn["feedback"] for turn in export["turns"])


def test_the_council_is_asked_only_where_the_page_offers_it(
    anna: httpx.Client, session: str
) -> None:
    asked = {"act": "ask_council", "number": 1, "comment": "Släpp fram mig"}
    assert "Frågan är skickad" not in react(anna, asked, session)
    assert "radet-tack" not in react(anna, asked, session)


def test_a_hostile_comment_comes_back_nowhere(anna: httpx.Client, session: str) -> None:
    bad = {"act": "rate", "number": 1, "useful": False, "reason": "inaktuellt"}
    said = react(anna, bad | {"comment": f"{EVERYTHING}{STEERS}\ud800\x00"}, session)
    assert "onerror" not in said.replace("&lt;img src=x onerror=alert(1)&gt;", "")
    assert "\\u001b" not in said
