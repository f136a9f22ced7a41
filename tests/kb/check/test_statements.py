import pytest

from kb.check.statements import Turn, is_unbounded, matter_of, turn_of, turns_in


@pytest.mark.parametrize(
    ("sentence", "turn"),
    [
        ("Läkarintyg får klistras in.", Turn.LEAVE),
        ("Det är tillåtet att dela koden.", Turn.LEAVE),
        ("Läkarintyg får inte klistras in.", None),
        ("Får läkarintyg klistras in?", None),
        ("En incident behöver aldrig anmälas.", Turn.NO_DUTY),
        ("Ingen incident behöver anmälas.", Turn.NO_DUTY),
        ("Incidenten anmäls till chefen.", None),
    ],
)
def test_which_way_a_sentence_goes(sentence: str, turn: Turn | None) -> None:
    assert turn_of(sentence) is turn
    assert turns_in(f"Före. {sentence} Efter.") or turn is None


def test_a_text_without_leave_is_passed_over() -> None:
    assert not turns_in("Rutinen gäller hela enheten. Chefen följer upp varje höst.")


def test_what_has_no_bounds_and_what_leave_is_not_given_to() -> None:
    assert is_unbounded("Koden får delas utan godkännande.")
    assert not is_unbounded("Koden får delas utan namn.")
    assert matter_of("Texten får delas utan namn om du vill.").split() == ["Texten", "får", "delas"]
