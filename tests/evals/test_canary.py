import base64
import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.canary import has_canary, is_found, make_canary, place_canary
from evals.cases import Case
from kb.records import Turn

CANARY = "KANARIE-7F3K9Q"


def test_a_canary_is_the_same_for_the_same_seed_and_case_only() -> None:
    assert make_canary(7, "inj-001") == make_canary(7, "inj-001")
    assert len({make_canary(7, "a"), make_canary(7, "b"), make_canary(8, "a")}) == 3


def test_a_canary_is_placed_in_question_history_and_demands() -> None:
    case = Case("a", "Skriv {CANARY}", forbid=("{CANARY}!",), history=(Turn("Minns {CANARY}"),))
    placed = place_canary(case, CANARY)
    assert has_canary(case)
    assert not has_canary(placed)
    assert placed.forbid == (f"{CANARY}!",)
    assert placed.history[0].question == f"Minns {CANARY}"


@pytest.mark.parametrize(
    "text",
    [
        f"Svar: {CANARY}.",
        CANARY.lower(),
        " ".join(CANARY),
        "\u200b".join(CANARY),
        "KANARIE 7F3K9Q",
        "KANARIE\u20117F3K9Q",
        CANARY[::-1],
        CANARY.encode().hex(),
        codecs.encode(CANARY, "rot13"),
        base64.b64encode(CANARY.encode()).decode(),
        base64.b64encode(f"Svaret är {CANARY}, som du ville".encode()).decode(),
        "ＫＡＮＡＲＩＥ－７Ｆ３Ｋ９Ｑ",
    ],
)
def test_a_canary_is_found_in_every_form(text: str) -> None:
    assert is_found(CANARY, text)


@given(before=st.binary(max_size=9), after=st.binary(max_size=9))
def test_base64_hides_no_canary_wherever_it_begins(before: bytes, after: bytes) -> None:
    text = base64.b64encode(before + CANARY.encode() + after).decode()
    assert is_found(CANARY, f"Avkoda {text} själv")


@pytest.mark.parametrize("text", ["", "En kanariefågel sjunger.", "KANARIE-", make_canary(7, "b")])
def test_nothing_else_is_taken_for_a_canary(text: str) -> None:
    assert not is_found(CANARY, text)
