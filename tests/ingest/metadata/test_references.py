"""References: decisions, dates and diarienummer in every shape they are written."""

from datetime import date

import pytest

from ingest.metadata.references import find_dates, find_decisions, find_dnr


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("enligt (KF 2021-03-31 §100) ska", "KF 2021-03-31 § 100"),
        ("enligt (KF 2021-\n03-31 § 100) ska", "KF 2021-03-31 § 100"),
        ("principer (KS 2023-10-18, § 269)", "KS 2023-10-18 § 269"),
        ("godkänd av servicenämnden den 18 juni 2024, § 58.", "Servicenämnden 2024-06-18 § 58"),
        ("Servicenämnden beslut 240618 § 58", "Servicenämnden 2024-06-18 § 58"),
        ("Kommunstyrelsen 2024-08-14 § 7", "KS 2024-08-14 § 7"),
        ("kommunstyrelsens arbetsutskott 2024-08-05 § 1", "KSAU 2024-08-05 § 1"),
    ],
)
def test_decisions_are_found_in_every_shape(text: str, decision: str) -> None:
    assert find_decisions(text) == (decision,)


def test_an_impossible_date_is_no_decision() -> None:
    assert find_decisions("KF 2021-13-41 § 100") == ()


def test_dates_are_listed_once_in_order() -> None:
    text = "den 18 juni 2024 och 2023-10-18 samt 2024-06-18, ärende 240618"
    assert find_dates(text) == (date(2024, 6, 18), date(2023, 10, 18))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Tjänsteskrivelse STK-2024-629", "STK-2024-629"),
        ("KF 2021-03-31 § 100, dnr STK-2020-1042", "STK-2020-1042"),
        ("Diarienummer: 2023-1234", "2023-1234"),
        ("KS 2023/00123", "KS 2023/00123"),
        ("KF 2021-03-31", None),
        ("åren 2021-2024", None),
        ("ISSN 2000-1886", None),
        ("MSBFS 2025-4", None),
    ],
)
def test_dnr_is_told_from_dates_and_serials(text: str, number: str | None) -> None:
    assert find_dnr(text) == number
