from datetime import date

import pytest

from kb.answer.years import Today, names_plan, plan_years, replace_years, state_years

TODAY = Today(date(2026, 11, 22), plan=2026)


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Vad kostade förra årets plan?", "Vad kostade 2025 års plan?"),
        ("dnr på fjolårets skrivelse?", "dnr på 2025 års skrivelse?"),
        ("Vad säger årets plan?", "Vad säger 2026 års plan?"),
        ("Vad säger nästa års plan?", "Vad säger 2027 års plan?"),
        ("Vad begärdes för två år sedan?", "Vad begärdes 2024?"),
        ("Vad säger planen i år?", "Vad säger planen 2026?"),
        ("Fokus i den nuvarande planen?", "Fokus i 2026 års planen?"),
        ("Fokus i utvecklingsplanen som gäller nu?", "Fokus i utvecklingsplanen 2026?"),
        ("Skiljer sig planen 2026 från året innan?", "Skiljer sig planen 2026 från 2025?"),
        ("What is in last year's plan?", "What is in 2025 plan?"),
    ],
)
def test_a_year_counted_from_the_day_or_the_plan_is_written_out(question: str, stated: str) -> None:
    assert state_years(question, TODAY) == stated


def test_the_plan_in_force_decides_which_is_the_present_one() -> None:
    in_2025 = Today(date(2025, 3, 1), plan=2025)

    assert state_years("Fokus i nuvarande plan?", in_2025) == "Fokus i 2025 års plan?"


def test_what_has_no_yearly_edition_keeps_its_wording() -> None:
    question = "Har AI-förordningen ändrats i år?"

    assert state_years(question, TODAY) == question


def test_a_follow_up_counts_years_when_plans_were_spoken_of() -> None:
    assert state_years("och förra året?", TODAY, about="Fokus i planen 2026?") == "och 2025?"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("STK-2024-629", ()),
        ("(EU) 2024/1689", ()),
        ("lag (2018:218)", ()),
        ("permanent sedan 2023", ()),
        ("planen 2025: och AI?", (2025,)),
        ("2026-ärendet", (2026,)),
    ],
)
def test_numbers_and_starting_points_name_no_plan(text: str, years: tuple[int, ...]) -> None:
    assert plan_years(text) == years


def test_a_years_memo_counts_as_its_plan() -> None:
    assert names_plan("Vilket diarienummer har 2026 års ärende?", 2026)


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Beloppet för planen 2026?", "Beloppet för planen 2025?"),
        ("Beloppen 2025 och 2026?", "Beloppen 2025?"),
        ("Beloppet för planen?", "Beloppet för planen 2025?"),
    ],
)
def test_years_take_the_place_of_those_named(text: str, replaced: str) -> None:
    assert replace_years(text, (2025,)) == replaced
