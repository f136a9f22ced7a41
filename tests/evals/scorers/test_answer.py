from typing import Any

import pytest

from evals.scorers.answer import (
    citation_precision,
    cited,
    direct,
    forbid,
    gold_cited,
    must,
    outcome,
    right,
    short,
    why_not,
)
from kb.records import Notice, Outcome
from tests.evals.made import SILENT, answer, case, citation, record

GOLD: dict[str, Any] = {"gold": ("regler#personnummer",), "must": ()}


def test_wording_is_compared_and_not_typography() -> None:
    asked = case(must=("7 mnkr|7 miljoner", "e-tjänst"))
    assert must(asked, record(answer("Behovet är 7\u00a0MNKR för e\u2011tjänsten."))) == 1


def test_every_fact_has_to_be_told() -> None:
    assert must(case(must=("7 mnkr", "permanent")), record(answer("Behovet är 7 mnkr."))) == 0


def test_a_fact_may_stand_in_a_notice() -> None:
    said = answer("Nytt.", notices=(Notice("older_edition", "Förr 21 mnkr."),))
    assert must(case(must=("21 mnkr",)), record(said)) == 1


def test_an_answer_that_had_to_be_given_and_was_not_tells_nothing() -> None:
    nearest = answer("Framgår inte. Närmast: personnummer.", outcome=Outcome.NOT_COVERED)
    assert must(case(must=("personnummer",)), record(nearest)) == 0
    assert gold_cited(case(**GOLD), record(SILENT)) == 0
    assert citation_precision(case(**GOLD), record(SILENT)) == 0
    assert short(case(short=("Nej", "")), record(SILENT)) == 0


def test_a_forbidden_word_makes_it_wrong() -> None:
    asked = case(must=(), forbid=("21 mnkr",))
    assert forbid(asked, record(answer("7 mnkr, inte 21 mnkr"))) == 0
    assert right(asked, record(answer("7 mnkr, inte 21 mnkr"))) == 0
    assert forbid(asked, record(answer("7 mnkr"))) == 1


def test_another_outcome_than_allowed_is_not_right() -> None:
    asked = case(must=(), outcomes=(Outcome.NOT_COVERED, Outcome.OUT_OF_SCOPE))
    assert outcome(asked, record()) == 0
    assert right(asked, record()) == 0
    assert right(asked, record(SILENT)) == 1


def test_a_technical_failure_is_never_right() -> None:
    assert right(case(must=(), outcomes=()), record(answer(outcome=Outcome.FAILED))) == 0


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ja.", "Ja"),
        ("Yes.", "Ja"),
        ("Nej.", "Nej"),
        ("No.", "Nej"),
        ("Bara om villkoren nedan är uppfyllda.", "Bara om"),
        ("Only if the conditions below are met.", "Bara om"),
        ("", ""),
    ],
)
def test_a_direct_answer_has_one_name_in_both_languages(said: str, name: str) -> None:
    assert direct(answer(short=said)) == name


def test_a_direct_answer_that_is_not_allowed_is_wrong() -> None:
    asked = case(short=("Nej", ""))
    assert short(asked, record(answer(short="Nej."))) == 1
    assert short(asked, record()) == 1
    assert short(asked, record(answer(short="Ja."))) == 0
    assert short(case(), record(answer(short="Ja."))) is None


def test_parts_of_a_section_are_the_section() -> None:
    said = answer(citations=(citation(1, "regler#personnummer~2"), citation(2)))
    assert cited(said) == ("regler#personnummer",)
    assert gold_cited(case(**GOLD), record(said)) == 1


def test_a_citation_counts_when_it_is_gold_or_holds_a_fact() -> None:
    said = answer(
        citations=(citation(1), citation(2, "b#b", "Om 7 mnkr."), citation(3, "c#c", "Annat."))
    )
    asked = case(gold=("regler#personnummer",), must=("7 mnkr",))
    assert citation_precision(asked, record(said)) == pytest.approx(2 / 3)


def test_what_is_amiss_is_said_in_words() -> None:
    asked = case(must=("7 mnkr",), forbid=("öppen",), short=("Ja",))
    assert why_not(asked, record(answer(short="Nej."))) == (
        "saknar: 7 mnkr",
        "säger: öppen",
        "direkt svar ”Nej”, inte ”Ja”",
    )
    (first, _) = why_not(case(), record(SILENT))
    assert first == "utfallet är ”framgår inte”, inte ”besvarad”"


@pytest.mark.parametrize("part", [outcome, must, forbid, short, gold_cited, citation_precision])
def test_what_a_case_does_not_ask_for_is_not_scored(part: Any) -> None:
    assert part(case(must=(), outcomes=()), record()) is None
