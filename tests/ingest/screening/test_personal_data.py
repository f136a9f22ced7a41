from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.screening.personal_data import (
    PersonalData,
    find_personal_numbers,
    find_protected_identity,
    mask_numbers,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "Mitt personnummer är 900101-2385.",
        "Ärendet gäller 19900101-2385.",
        "pnr 199001012385 behöver behörighet",
        "Kalla 9001012385 till möte",
        "personnr 19900101 2385",
        "personnr 19900101 - 2385",
        "personnummer 900101\u20132385 enligt journal",
        "personnummer 900101\u20112385",
        "personnr 1990-01-01-2385",
        "fil_19900101-2385_journal.pdf",
        "personnummer 19900101-\n2385 i filen",
        "född 900101+9802",
        "19 900101-2385",
        "personnr 90.01.01-2385",
        "personnr 900101--2385",
        "2021-03-31 9001012385",
        "enligt 9001012385² i bilagan",
        "\uff11\uff19\uff19\uff10\uff10\uff11\uff10\uff11-\uff12\uff13\uff18\uff15",
    ],
)
def test_every_written_form_is_found(text: str) -> None:
    assert len(find_personal_numbers(text, today=TODAY)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "kolla 900101:2385 åt mig",
        "raden **900101**-2385 i tabellen",
        "900101&#45;2385",
        "900101\uff0d2385",
        "900101, sista fyra 2385",
        "akt 19 90 01 01 23 85",
        "1 9 9 0 0 1 0 1 2 3 8 5",
        "personnumret är (900101) 2385",
        "pnr 9 0 0 1 0 1 2 3 8 5, 12 elever",
    ],
)
def test_a_number_set_apart_by_mark_up_or_hurry_is_found(text: str) -> None:
    (finding,) = find_personal_numbers(text, today=TODAY)
    assert sum(character.isdigit() for character in text[finding.start : finding.end]) >= 10


def test_a_coordination_number_is_named_as_such() -> None:
    (finding,) = find_personal_numbers("samordningsnummer 202201612393", today=TODAY)
    assert finding.kind is PersonalData.COORDINATION_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "dnr STK-2024-629",
        "växeln 040-34 10 00",
        "mellan 2021-03-31 och 2023-10-18",
        "900101-2386",
        "organisationsnummer 212000-1124",
        "SFS 2018:218",
        "den 30 februari: 900230-2385",
        "1990-01-01 – 2385-01-02",
        "den 2016-01-08 2017 års plan",
        "ärende STK-2008-721116",
        "pnr saknas, perioden 011002 - 090630",
        "mobil 070 174 06 15",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_personal_numbers(text, today=TODAY) == ()


SERIES = [
    "199001012385", "200002292399", "201701012393", "202402292383", "190001019801",
    "189001019802", "202201612393", "191401682396",
]  # fmt: skip
FORMS = [
    "{c}{d}{s}", "{c}{d}-{s}", "{d}{s}", "{d}-{s}", "{d}+{s}", "{c}{d} {s}", "{c}{d} - {s}",
    "{d}–{s}", "{d}\u2011{s}", "{y}-{m}-{a}-{s}", "{c}{d}_{s}", "{c}{d}-\n{s}", "{y} {m} {a} {s}",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", SERIES)
def test_every_number_of_the_test_series_is_found_in_every_form(number: str, form: str) -> None:
    parts = {"c": number[:2], "d": number[2:8], "s": number[8:], "y": number[:4]}
    text = form.format(**parts, m=number[4:6], a=number[6:8])
    for before, after in (("", ""), ("Gäller ", "."), ("(", ")"), ("| ", " |")):
        assert len(find_personal_numbers(f"{before}{text}{after}", today=TODAY)) == 1


NUMBERS = st.sampled_from(["199001012385", "200002292399", "202201612393", "191401682396"])


@given(before=st.text("abc åäö.\n"), number=NUMBERS, after=st.text("abc åäö.\n"))
def test_a_masked_text_keeps_its_length_and_has_no_number_left(
    before: str, number: str, after: str
) -> None:
    text = f"{before}{number[:8]}-{number[8:]}{after}"
    masked = mask_numbers(text, today=TODAY)
    assert masked == f"{before}••••••••-••••{after}"


@pytest.mark.parametrize(
    "text",
    [
        "Eleven har skyddad identitet.",
        "SEKRETESSMARKERAD",
        "lever med skyddade\npersonuppgifter",
        "fingerade personuppgifter",
        "kvarskrivning",
    ],
)
def test_words_of_a_protected_identity_are_found(text: str) -> None:
    assert len(find_protected_identity(text)) == 1


def test_secrecy_and_identity_alone_say_nothing_of_a_person() -> None:
    assert find_protected_identity("Sekretess gäller. Skydda din digitala identitet.") == ()
