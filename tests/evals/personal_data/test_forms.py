from datetime import date

import pytest

from evals.personal_data.forms import COORDINATION, FORMS, HARDER, NUMBERS, Number, bearers, written
from ingest.screening.personal_data import PersonalData, find_personal_numbers

TODAY = date(2026, 11, 22)


def test_there_are_thirteen_forms() -> None:
    assert len(FORMS) == 13


def test_every_number_is_one_that_somebody_could_have() -> None:
    for number in (*NUMBERS, *COORDINATION):
        assert find_personal_numbers(number.digits, today=TODAY)


def test_every_number_is_of_the_series_for_tests() -> None:
    assert {number.last[:3] for number in (*NUMBERS, *COORDINATION)} == {"238", "239", "980"}


def test_coordination_numbers_are_named_as_such() -> None:
    kinds = {find_personal_numbers(n.digits, today=TODAY)[0].kind for n in COORDINATION}
    assert kinds == {PersonalData.COORDINATION_NUMBER}


def test_a_plus_is_written_only_for_the_very_old() -> None:
    assert all(number.is_old for number in bearers("plus"))
    assert Number("199001012385") in bearers("ihop-10")


@pytest.mark.parametrize("name", FORMS)
def test_every_measured_form_is_found(name: str) -> None:
    for _, _, text in written({name: FORMS[name]}):
        assert find_personal_numbers(f"Gäller {text} här", today=TODAY)


def test_no_two_forms_are_written_alike() -> None:
    texts = [text for _, _, text in written({**FORMS, **HARDER})]
    assert len(set(texts)) == len(texts)
