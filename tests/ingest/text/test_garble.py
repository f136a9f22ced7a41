"""Garbled text is told from text: by its letters, line by line."""

import pytest

from ingest.text.garble import is_garbled

SWEDISH = [
    "Nämnden ansvarar för den kommungemensamma planen och för att varje år",
    "bereda ett ärende om planen till kommunstyrelsen i god tid.",
]
SHIFTED = ["".join(chr(ord(letter) - 29) for letter in line) for line in SWEDISH]


def test_text_shifted_in_its_alphabet_is_garbled() -> None:
    assert is_garbled(SHIFTED)


def test_one_garbled_font_on_a_page_is_enough() -> None:
    assert is_garbled([*SWEDISH * 10, *SHIFTED])


@pytest.mark.parametrize(
    "line",
    [
        "Die Verarbeitung personenbezogener Daten in der öffentlichen Verwaltung",
        "Tietoturvallisuutta koskevat määräykset ja yleiset ohjeet viranomaisille",
        "The processing of personal data by public authorities and their staff",
        "https://www.example.se/wxyz/qqqzzzxxx/wwwzzz?q=xxxzzzqqq",
        "N,N-Dimetyl-4-aminoazobensen 60-11-7 1,2-Dibrom-3-klorpropan 96-12-8",
    ],
)
def test_other_languages_addresses_and_formulas_are_not(line: str) -> None:
    assert not is_garbled([line] * 4)
