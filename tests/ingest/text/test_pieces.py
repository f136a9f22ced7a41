"""Gathering: pieces become blocks; lists stay with their lead-in."""

from ingest.document import Block, BlockKind
from ingest.text.pieces import Piece, gather, table_text

H, P, LIST, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE


def test_a_list_takes_its_lead_in() -> None:
    blocks = gather([Piece(P, "Gör så här:"), Piece(LIST, "ett"), Piece(LIST, "två", marker="2.")])
    assert blocks == (Block(LIST, "Gör så här:\n- ett\n2. två"),)


def test_a_lead_in_without_a_colon_is_still_one() -> None:
    lead = Piece(P, "Kommunstyrelsen föreslås besluta")
    assert gather([lead, Piece(LIST, "att godkänna planen", marker="1.")])[0].text == (
        "Kommunstyrelsen föreslås besluta\n1. att godkänna planen"
    )


def test_a_finished_sentence_does_not_lead_in() -> None:
    blocks = gather([Piece(P, "Det är allt."), Piece(LIST, "ett"), Piece(LIST, "två")])
    assert [block.text for block in blocks] == ["Det är allt.", "- ett\n- två"]


def test_items_keep_their_depth() -> None:
    blocks = gather([Piece(LIST, "ett"), Piece(LIST, "under", 1), Piece(LIST, "två")])
    assert blocks[0].text == "- ett\n  - under\n- två"


def test_a_sentence_cut_by_a_page_break_is_mended() -> None:
    first = Piece(P, "Planen ska ge staden en tydlig riktning för det gemensamma", page=1)
    blocks = gather([first, Piece(P, "arbetet med IT.", page=2)])
    assert blocks == (
        Block(
            P, "Planen ska ge staden en tydlig riktning för det gemensamma arbetet med IT.", 0, 1, 2
        ),
    )


def test_addressees_become_a_list_and_never_headings() -> None:
    rows = [Piece(P, name) for name in ("Servicenämnden", "Kulturnämnden", "Miljönämnden")]
    blocks = gather([Piece(H, "Beslutet skickas till", 1), *rows])
    assert [block.kind for block in blocks] == [H, LIST]
    assert blocks[1].text == "- Servicenämnden\n- Kulturnämnden\n- Miljönämnden"


def test_two_rows_alone_under_a_heading_are_a_list() -> None:
    rows = [Piece(P, "Kommunstyrelsen 2025-09-10"), Piece(P, "Utskottet 2025-09-08")]
    assert gather([Piece(H, "Planering", 1), *rows, Piece(H, "Nästa", 1)])[1].kind is LIST
    assert gather([*rows, Piece(P, "Sedan följer en mening.")])[0].kind is P


def test_author_line_breaks_part_rows_but_not_prose() -> None:
    assert gather([Piece(P, "Anna, chef\nBo, utredare\nCia, jurist")])[0].kind is LIST
    prose = "En mening.\nEn till."
    assert gather([Piece(P, prose)]) == (Block(P, "En mening. En till."),)


def test_a_repeated_heading_is_kept_once() -> None:
    blocks = gather([Piece(H, "Plan", 1), Piece(H, "plan", 2), Piece(P, "Text.")])
    assert [block.text for block in blocks] == ["Plan", "Text."]


def test_a_table_has_a_header_row_and_escaped_bars() -> None:
    assert table_text([["A", "B"], ["1|2"]]) == "| A | B |\n| --- | --- |\n| 1\\|2 |  |"
    assert table_text([]) == ""
