"""The scanner finds tokens and writes what means the same in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.tokens import Found, TokenKind, normal, scan


def only(text: str) -> Found:
    (found,) = scan(text)
    return found


@pytest.mark.parametrize("text", ["§ 100", "100 §", "§100", "100§", "paragraf 100"])
def test_section_is_bound_to_its_number(text: str) -> None:
    assert only(text).terms == ("§100",)


@pytest.mark.parametrize("text", ["2 a §", "§ 2 a", "2a §"])
def test_section_keeps_its_letter(text: str) -> None:
    assert only(text).terms == ("§2a",)


def test_chapter_and_section_meet_the_short_form() -> None:
    assert only("10 kap. 2 a §").terms == ("10:2a", "kap10", "§2a")
    assert only("10:2a").terms == ("10:2a",)
    assert only("kapitel 25").terms == only("25 kap.").terms == ("kap25",)


def test_article_is_bound_to_its_number() -> None:
    assert only("artikel 50.4").terms == ("art50.4", "art50", "artikel")
    assert only("art. 50").terms == only("article 50").terms == ("art50", "artikel")


@pytest.mark.parametrize(
    "text", ["2021-03-31", "31 mars 2021", "den 31 mars 2021", "31/3 2021", "March 31, 2021"]
)
def test_date_is_written_in_one_way(text: str) -> None:
    dates = [found for found in scan(text) if found.kind is TokenKind.DATE]
    assert dates[0].terms == ("2021-03-31", "2021-03", "2021", "mars")


def test_six_digits_are_a_date_only_when_there_is_such_a_day() -> None:
    assert only("210331").terms[0] == "2021-03-31"
    assert only("210331").terms[-1] == "210331"
    assert only("213131").kind is TokenKind.NUMBER
    assert only("213131").terms == ("213131",)


def test_day_that_does_not_exist_is_no_date() -> None:
    assert only("2021-02-30").kind is TokenKind.NUMBER


@pytest.mark.parametrize("text", ["STK-2024-629", "stk-2024-629", "STK 2024-629", "STK-2024:629"])
def test_diarienummer_is_one_token(text: str) -> None:
    assert only(text).terms == ("stk-2024-629", "2024-629")


def test_range_is_kept_with_its_ends() -> None:
    assert only("1-4").terms == ("1-4", "1", "4")
    assert only("2021–2025").terms == ("2021-2025", "2021", "2025")


def test_thousands_are_one_number() -> None:
    assert only("200 000").terms == ("200000",)
    assert only("7,5").terms == only("7.5").terms == ("7.5",)


def test_abbreviation_loses_its_dots() -> None:
    assert [found.terms for found in scan("t.ex. bl.a.")] == [("tex",), ("bla",)]


def test_decomposed_letters_and_soft_hyphens_are_the_same_word() -> None:
    assert only("sa\u0308kerhet").surface == only("säker\u00adhet").surface == "säkerhet"


@given(st.text(alphabet=st.sampled_from("aåÄö §-:.,/ 12031kapmars\n\u0308\u2013"), max_size=60))
def test_tokens_lie_in_order_and_say_what_stands_there(text: str) -> None:
    end = 0
    for found in scan(text):
        assert end <= found.start < found.end
        assert normal(text[found.start : found.end]) == found.surface
        assert not any(" " in term or "\n" in term for term in found.terms)
        end = found.end


def test_long_run_of_spaces_is_read_at_once() -> None:
    assert len(list(scan("31" + " " * 50_000 + "mars" + " " * 50_000 + "x"))) == 3
