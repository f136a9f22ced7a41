import random
from collections.abc import Sequence

import pytest

from evals.figures import figures
from evals.robustness import NAME, SPELLINGS, flips, make_suite
from evals.suites import Suite
from tests.evals.made import WRONG, case, results, suite

QUESTION = "Får jag lägga in personuppgifter om en brukare i Copilot?"
PARTS = {"personuppgifter": ("person", "uppgifter")}


def split(word: str) -> Sequence[str]:
    return PARTS.get(word, (word,))


def spelt(name: str) -> str:
    return SPELLINGS[name](QUESTION, random.Random(1), split)


def spellings(*, seed: int = 7, each: int = 3) -> Suite:
    asked = suite(case("a", question=QUESTION, critical=True, group="g"))
    return make_suite([asked], seed=seed, each=each, split=split)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("utan-prickar", "Far jag lagga in personuppgifter om en brukare i Copilot?"),
        ("särskrivning", "Får jag lägga in person uppgifter om en brukare i Copilot?"),
        ("versaler", "FÅR JAG LÄGGA IN PERSONUPPGIFTER OM EN BRUKARE I COPILOT?"),
        ("utan-frågetecken", "Får jag lägga in personuppgifter om en brukare i Copilot"),
    ],
)
def test_a_spelling_does_what_it_says(name: str, text: str) -> None:
    assert spelt(name) == text


def test_a_dropped_letter_shortens_two_long_words() -> None:
    assert len(spelt("tappad-bokstav")) == len(QUESTION) - 2


def test_a_neighbour_key_keeps_the_length_and_first_letters() -> None:
    damaged = spelt("granntangent")
    assert damaged != QUESTION
    assert [word[0] for word in damaged.split()] == [word[0] for word in QUESTION.split()]
    assert len(damaged) == len(QUESTION)


def test_the_same_seed_spells_the_same_and_another_does_not() -> None:
    assert spellings() == spellings()
    assert spellings() != spellings(seed=8)


def test_a_spelling_demands_what_its_case_demands_and_is_never_critical() -> None:
    for one in spellings().cases:
        assert one.must == ("personnummer",)
        assert not one.critical
        assert not one.group
        assert one.id.startswith("a~")


def test_no_spelling_leaves_the_question_as_it_was() -> None:
    made = make_suite([suite(case("a", question="vpn"))], seed=1, each=6, split=split)
    assert {one.question for one in made.cases} == {"VPN"}


def test_the_drop_is_the_mean_over_all_that_was_asked_both_ways() -> None:
    made = spellings(each=4)
    wrong = {made.cases[0].id: WRONG}
    scored = results(suite(case("a"))) + results(made, **wrong)
    lost = [flip for flip in flips(scored) if flip.loss > 0]
    assert [f"{flip.case}~{flip.spelling}" for flip in lost] == list(wrong)
    (drop,) = [figure for figure in figures(scored) if figure.metric == "drop"]
    assert (drop.suite, drop.value, drop.n) == (NAME, 0.25, 4)


def test_without_the_questions_as_written_there_is_no_drop() -> None:
    assert flips(results(spellings())) == ()
