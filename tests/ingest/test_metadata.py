"""Metadata: proposals that the text supports, and silence where it does not."""

from datetime import date

import pytest

from ingest.document import Block, BlockKind, Kind
from ingest.metadata import propose_metadata, propose_title

PROSE = "Nämnden har till kommunstyrelsen inkommit med en plan för gemensam IT i staden. " * 4


def heading(text: str, level: int = 1) -> Block:
    return Block(BlockKind.HEADING, text, level)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def test_a_running_header_wins_over_a_dnr_in_the_text() -> None:
    blocks = [paragraph("Se dnr STK-2020-1042.")]
    assert propose_metadata(blocks, furniture=["STK-2025-714"]).dnr == "STK-2025-714"


def test_a_dnr_deep_in_the_text_is_another_documents() -> None:
    assert propose_metadata([paragraph(PROSE), paragraph("dnr STK-2020-1042")]).dnr is None


def test_the_title_is_the_first_telling_heading_above_the_text() -> None:
    blocks = [heading("Tjänsteskrivelse"), heading("Plan för IT 2025"), heading("Sammanfattning")]
    assert propose_title([*blocks, paragraph(PROSE)]) == "Plan för IT 2025"


def test_a_memo_without_a_title_is_named_by_the_plan_it_speaks_of() -> None:
    blocks = [
        heading("Sammanfattning"),
        paragraph(f"{PROSE}Utvecklingsplan för gemensam IT 2026 är klar."),
        heading("Förslag till beslut"),
        paragraph("Kommunstyrelsen godkänner Utvecklingsplan för gemensam IT 2026."),
        heading("Ärendet"),
        heading("Om planen", 2),
    ]
    assert propose_title(blocks, "Tjänsteskrivelse STK-2025-714") == (
        "Utvecklingsplan för gemensam IT 2026"
    )


def test_useless_properties_are_no_titles() -> None:
    assert propose_title([paragraph(PROSE)], "Microsoft Word - plan.doc") is None
    assert propose_title([paragraph(PROSE)], "Riktlinje för AI") == "Riktlinje för AI"


@pytest.mark.parametrize(
    ("title", "text", "year"),
    [
        ("Utvecklingsplan för IT 2026", "2025 års plan, 2025 års plan", 2026),
        ("Planen", "I 2026 års plan och planen för 2026, mot 2024 års plan.", 2026),
        ("Planen", "Malmö har 2024 anställda och budget 2025.", None),
        ("Planen", "2025 års plan, 2026 års plan, 2025 års plan, 2026 års plan", None),
        ("Lag (1990:782)", "Lagen gäller.", None),
        ("Dir. 2016:15", "Direktivet gäller.", None),
    ],
)
def test_the_year_is_only_the_plans_own(title: str, text: str, year: int | None) -> None:
    assert propose_metadata([heading(title), paragraph(text)]).year == year


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Riktlinjer för AI", Kind.GUIDELINE),
        ("Utvecklingsplan 2026", Kind.PLAN),
        ("Principer för digitalisering", Kind.PRINCIPLE),
        ("Vägledning om AI", Kind.GUIDANCE),
        ("Rollblad för chefer", Kind.ROLE_SHEET),
        ("Ordlista", Kind.GLOSSARY),
        ("Om oss", None),
    ],
)
def test_the_kind_follows_the_title(title: str, kind: Kind | None) -> None:
    assert propose_metadata([heading(title), paragraph(PROSE)], title=title).kind == kind


def test_the_headings_of_a_memo_make_it_one() -> None:
    blocks = [heading(text) for text in ("Sammanfattning", "Förslag till beslut", "Ärendet")]
    assert propose_metadata(blocks).kind is Kind.MEMO


def test_a_cited_decision_is_not_the_documents_own() -> None:
    cited = paragraph("Planen är godkänd av nämnden. Antagen av kommunfullmäktige i fjol.")
    assert propose_metadata([cited, paragraph("enligt KF 2021-03-31 § 100")]).decided_by is None


def test_the_documents_own_adoption_is_found() -> None:
    own = paragraph("Antagen av kommunfullmäktige den 31 mars 2021, § 100")
    assert propose_metadata([heading("Riktlinje"), own]).decided_by == "KF 2021-03-31 § 100"
    margin = propose_metadata([paragraph(PROSE)], furniture=["Fastställd av KS 2023-10-18"])
    assert margin.decided_by == "KS 2023-10-18"


def test_the_letterhead_dates_the_document() -> None:
    rows = Block(BlockKind.LIST, "- Datum\n- 2024-07-30")
    assert propose_metadata([rows, paragraph(PROSE)]).dated is None
    assert propose_metadata([paragraph("Datum 2024-07-30")]).dated == date(2024, 7, 30)
