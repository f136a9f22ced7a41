"""Metadata: proposals that the text supports, and silence where it does not."""

from datetime import date

import pytest

from ingest.document import Block, BlockKind, Kind
from ingest.metadata.proposals import Proposal
from ingest.metadata.propose import propose_metadata
from ingest.metadata.titles import propose_title

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
    found = propose_title([*blocks, paragraph(PROSE)])
    assert found == ("Plan för IT 2025", "rubriken över texten")


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
        "Utvecklingsplan för gemensam IT 2026",
        "planen som texten nämner flera gånger",
    )


def test_useless_properties_are_no_titles() -> None:
    assert propose_title([paragraph(PROSE)], "Microsoft Word - plan.doc") is None
    found = propose_title([paragraph(PROSE)], "Riktlinje för AI")
    assert found == ("Riktlinje för AI", "filens egenskaper")


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


def test_every_proposal_says_where_it_was_found() -> None:
    blocks = [
        Block(BlockKind.HEADING, "Riktlinjer för AI 2026", 1, page=1),
        Block(BlockKind.TABLE, "| Datum | 30 juli 2024 |\n| --- | --- |\n| Version | 2.1 |", 0, 1),
        Block(BlockKind.PARAGRAPH, "Antagen av KF den 31 mars 2021, § 100", 0, 2),
        paragraph(PROSE),
    ]
    found = propose_metadata(blocks, furniture=["Dnr STK-2024-629"]).proposals
    assert found == (
        Proposal("title", "Riktlinjer för AI 2026", "rubriken över texten", blocks[0].text, 1),
        Proposal("kind", "riktlinje", "titelns första ord", blocks[0].text, 1),
        Proposal("year", "2026", "årtalet sist i titeln", blocks[0].text, 1),
        Proposal(
            "decided_by",
            "KF 2021-03-31 § 100",
            "raden som säger vem som beslutat",
            blocks[2].text,
            2,
        ),
        Proposal("dnr", "STK-2024-629", "sidhuvud eller sidfot", "Dnr STK-2024-629"),
        Proposal(
            "edition",
            "2.1",
            "ordet för utgåva i dokumentets inledning",
            "| Version | 2.1 |",
            1,
        ),
    )


def test_a_date_in_words_is_traced_to_its_line() -> None:
    (found,) = propose_metadata([paragraph("Datum 30 juli 2024")]).proposals
    assert (found.key, found.value, found.quote) == ("dated", "2024-07-30", "Datum 30 juli 2024")


def test_a_title_from_the_properties_has_no_page() -> None:
    (found,) = propose_metadata([paragraph(PROSE)], title="Om resor i tjänsten").proposals
    assert (found.rule, found.quote, found.page) == ("filens egenskaper", "", None)
