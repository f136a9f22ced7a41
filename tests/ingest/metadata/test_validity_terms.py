import pytest

from ingest.metadata.proposals import Spot
from ingest.metadata.validity_terms import find_terms


def found(text: str, *, opening: bool = False) -> dict[str, str]:
    spots = [Spot(text, "texten", 4)]
    terms = find_terms([], opening=spots) if opening else find_terms(spots, opening=[])
    return {term.key: term.value for term in terms}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Dessa föreskrifter träder i kraft den 1 oktober 2020.", {"valid_from": "2020-10-01"}),
        ("Gäller från och med 2026-01-01", {"valid_from": "2026-01-01"}),
        ("- Gäller fr.o.m. 2026-01-01", {"valid_from": "2026-01-01"}),
        ("| Giltig till | 2027-12-31 |", {"valid_to": "2027-12-31"}),
        ("Giltighetstid: 2025–2028", {"valid_from": "2025-01-01", "valid_to": "2028-12-31"}),
        ("Nästa revidering: 2027-05-01", {"review_by": "2027-05-01"}),
        ("Ersätter: Riktlinjer för molntjänster", {"supersedes": "Riktlinjer för molntjänster"}),
        (
            "Denna policy ersätter Policy för internet (KF 2012-05-31 § 8).",
            {"supersedes": "Policy för internet (KF 2012-05-31 § 8)"},
        ),
    ],
)
def test_what_a_document_says_of_itself_is_proposed(text: str, terms: dict[str, str]) -> None:
    assert found(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "AI-förordningen träder i kraft den 1 augusti 2026.",
        "Avtalet, version 2.1, tecknades i fjol.",
        "Mötet hålls 2026-01-01.",
        "Gäller från och med 2026-13-41",
        "Vikarien ersätter chefen vid frånvaro.",
    ],
)
def test_what_it_says_of_others_is_not(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize("text", ["Version 2.1", "Utgåva: 2026-1", "| Upplaga | 3 |"])
def test_the_edition_is_read_from_the_letterhead(text: str) -> None:
    assert list(found(text, opening=True)) == ["edition"]


def test_a_proposal_quotes_its_line_and_page() -> None:
    text = "Gäller från och med 2026-01-01" + " och så vidare" * 30
    (term,) = find_terms([Spot(text, "texten", 4)], opening=[])
    assert term.page == 4
    assert term.quote in text
    assert "2026-01-01" in term.quote
    assert len(term.quote) <= 160
