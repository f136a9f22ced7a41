from datetime import date

import pytest

from ingest.personal_data import find_personal_numbers

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
        "\uff11\uff19\uff19\uff10\uff10\uff11\uff10\uff11-\uff12\uff13\uff18\uff15",
    ],
)
def test_every_written_form_is_found(text: str) -> None:
    assert len(find_personal_numbers(text, today=TODAY)) == 1


def test_a_coordination_number_is_named_as_such() -> None:
    (finding,) = find_personal_numbers("samordningsnummer 202201612393", today=TODAY)
    assert finding.kind == "samordningsnummer"


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
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_personal_numbers(text, today=TODAY) == ()
