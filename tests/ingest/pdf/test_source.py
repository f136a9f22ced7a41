"""PDF: structure put back from tags or type; furniture out; pages kept."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.document import Block, BlockKind
from ingest.errors import RefusedFileError, ScannedFileError
from ingest.pdf.source import PdfText, read_pdf
from ingest.text.pieces import gather
from tests.ingest.made_files import Show, assemble, column, make_pdf, make_raw_pdf, scan

H, P, LIST, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE
FULL = "Planen bygger på behov av stöd och gemensam utveckling för kommande år i hela"


def read(tmp_path: Path, pages: Sequence[Sequence[Show]]) -> PdfText:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(pages))
    return read_pdf(path)


def blocks(tmp_path: Path, pages: Sequence[Sequence[Show]]) -> list[Block]:
    return list(gather(read(tmp_path, pages).pieces))


def texts(found: Sequence[Block], kind: BlockKind) -> list[str]:
    return [block.text for block in found if block.kind is kind]


def test_larger_and_bold_type_are_headings_by_rank(tmp_path: Path) -> None:
    page = [
        Show("Riktlinje för AI", 72, 760, 18, bold=True),
        *column([FULL, "staden under året."], top=720),
        Show("Syfte", 72, 670, 13, bold=True),
        *column([FULL, "staden under året."], top=650),
    ]
    found = blocks(tmp_path, [page])
    assert [(b.text, b.level) for b in found if b.kind is H] == [
        ("Riktlinje för AI", 1),
        ("Syfte", 2),
    ]
    assert texts(found, P) == [f"{FULL} staden under året."] * 2


def test_running_lines_go_and_are_kept_as_furniture(tmp_path: Path) -> None:
    pages = [
        [
            Show("Malmö stad STK-2024-629", 72, 800, 8),
            *column([f"{FULL} staden på sidan {name}."], top=700),
            Show(f"Sida {n} av 3", 480, 40, 8),
        ]
        for n, name in enumerate(("ett", "två", "tre"), start=1)
    ]
    result = read(tmp_path, pages)
    assert not any("Sida" in piece.text or "STK" in piece.text for piece in result.pieces)
    assert "Malmö stad STK-2024-629" in result.furniture


def test_a_paragraph_goes_on_over_hyphen_column_and_page(tmp_path: Path) -> None:
    left = column(
        ["Nämnden ansvarar för den kommun-", "gemensamma planen och för att varje"], top=700
    )
    right = column(["år bereda ett ärende om planen till"], top=700, x=320)
    found = blocks(tmp_path, [[*left, *right], column(["kommunstyrelsen i god tid."], top=700)])
    assert found == [
        Block(
            P,
            "Nämnden ansvarar för den kommungemensamma planen och för att varje år bereda ett "
            "ärende om planen till kommunstyrelsen i god tid.",
            0,
            1,
            2,
        )
    ]


def test_lists_keep_their_lead_in_and_wrapped_lines(tmp_path: Path) -> None:
    page = [
        *column(["Uppdraget ska omfatta följande delar:"], top=700),
        *column(
            ["• Ta fram en vägledning för användare av AI-tjänster i staden och dess", "bolag."],
            top=680,
            x=90,
        ),
        *column(["• Bilda ett råd."], top=645, x=90),
    ]
    assert texts(blocks(tmp_path, [page]), LIST) == [
        "Uppdraget ska omfatta följande delar:\n- Ta fram en vägledning för användare av "
        "AI-tjänster i staden och dess bolag.\n- Bilda ett råd."
    ]


def test_markers_drawn_last_find_their_lines(tmp_path: Path) -> None:
    page = [
        *column(["Staden ska besluta detta:"], top=700),
        Show("att godkänna planen", 90, 680),
        Show("att avslå motionen", 90, 660),
        Show("1.", 72, 680),
        Show("2.", 72, 660),
    ]
    assert texts(blocks(tmp_path, [page]), LIST) == [
        "Staden ska besluta detta:\n1. att godkänna planen\n2. att avslå motionen"
    ]


def test_words_in_columns_are_a_table(tmp_path: Path) -> None:
    rows = [("Insats", "2025", "2026"), ("IT-säkerhet", "16 000", "12 500"), ("Råd", "900", "650")]
    cells = [
        Show(text, 72 + 130 * column, 600 - 16 * row)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    page = [*column([FULL, "staden."], top=700), *cells, *column([FULL, "staden."], top=520)]
    assert texts(blocks(tmp_path, [page]), TABLE) == [
        "| Insats | 2025 | 2026 |\n| --- | --- | --- |\n| IT-säkerhet | 16 000 | 12 500 |\n"
        "| Råd | 900 | 650 |"
    ]


def test_a_narrow_column_that_breaks_words_is_mended(tmp_path: Path) -> None:
    cells = [
        Show("IT-säkerhet och ", 72, 600),
        Show("cybersäkerhet", 72, 586),
        Show("16 000", 200, 600),
        Show("9 000", 300, 600),
        Show("Kompetensförstärkni", 72, 572),
        Show("ng", 72, 558),
        Show("2 400", 200, 572),
        Show("3 100", 300, 572),
        Show("Summa", 72, 544),
        Show("18 400", 200, 544),
        Show("12 100", 300, 544),
    ]
    (table,) = texts(blocks(tmp_path, [cells]), TABLE)
    rows = table.split("\n")
    assert rows[0] == "| IT-säkerhet och cybersäkerhet | 16 000 | 9 000 |"
    assert rows[2] == "| Kompetensförstärkning | 2 400 | 3 100 |"


def test_a_tagged_table_has_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_tagged_table())
    (table,) = texts(list(gather(read_pdf(path).pieces)), TABLE)
    assert table == "| Klass | Får jag? |\n| --- | --- |\n| Öppen | Ja |"


def test_two_columns_of_prose_are_no_table(tmp_path: Path) -> None:
    words = "ord som står i en spalt av brödtext här"
    page = [*column([words] * 6, top=700), *column([words] * 6, top=700, x=320)]
    assert {block.kind for block in blocks(tmp_path, [page])} == {P}


def test_footnotes_follow_what_refers_to_them(tmp_path: Path) -> None:
    page = [
        Show("Staden ska följa riktlinjerna för IT.", 72, 700),
        Show("1", 255, 705, 6),
        *column(["Nästa stycke handlar om annat och står för sig."], top=670),
        Show("1", 72, 104, 5),
        Show("Riktlinjer, KF 2021-03-31 § 100.", 76, 100, 8),
    ]
    found = texts(blocks(tmp_path, [page]), P)
    assert found == [
        "Staden ska följa riktlinjerna för IT.",
        "¹ Riktlinjer, KF 2021-03-31 § 100.",
        "Nästa stycke handlar om annat och står för sig.",
    ]


def test_tags_decide_headings_and_paragraphs(tmp_path: Path) -> None:
    page = [
        Show("Sidhuvud", 72, 820, role="Artifact"),
        Show("Plan för AI", 72, 760, role="H1", element=1),
        Show("Bakgrund", 72, 730, role="H2", element=2),
        Show("Ett stycke i två", 72, 700, role="P", element=3),
        Show("korta rader.", 72, 660, role="P", element=3),
    ]
    found = blocks(tmp_path, [page])
    assert [(b.kind, b.text, b.level) for b in found] == [
        (H, "Plan för AI", 1),
        (H, "Bakgrund", 2),
        (P, "Ett stycke i två korta rader.", 0),
    ]


def test_bookmarks_tell_headings_that_type_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = [Show("Tillsyn", 72, 740), *column([FULL, "staden under året."], top=700)]
    path.write_bytes(make_pdf([page], outline="Tillsyn"))
    assert [piece.text for piece in read_pdf(path).pieces if piece.kind is H] == ["Tillsyn"]


def test_pages_and_title_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([column([FULL]), column([FULL])], title="Planen"))
    result = read_pdf(path)
    assert (result.pages, result.title) == (2, "Planen")


def test_a_page_of_turned_text_is_read_upright(tmp_path: Path) -> None:
    lines = [Show(text, 100 + 14 * n, 72, upward=True) for n, text in enumerate([FULL, "staden."])]
    assert texts(blocks(tmp_path, [lines]), P) == [f"{FULL} staden."]


def test_a_stamp_on_its_side_is_left_out(tmp_path: Path) -> None:
    stamp = Show("Expedierad", 20, 300, upward=True)
    found = blocks(tmp_path, [[*column([FULL, "staden."], top=700), stamp]])
    assert texts(found, P) == [f"{FULL} staden."]


def test_a_scan_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scan(make_pdf([column([FULL] * 3)] * 2)))
    with pytest.raises(ScannedFileError, match=r"vagvisaren\[ocr\].*tesseract-ocr-swe") as refusal:
        read_pdf(path)
    assert refusal.value.pages == (1, 2)


def test_a_blank_page_among_others_is_nothing_to_tell(tmp_path: Path) -> None:
    assert read(tmp_path, [column([FULL] * 3), []]).warnings == ()


@pytest.mark.parametrize("keep", [20, 400, 1000])
def test_a_truncated_file_is_refused_or_read(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([column([FULL] * 20)])[:keep])
    with pytest.raises(RefusedFileError, match=r"skadad"):
        read_pdf(path)


def test_page_labels_of_the_files_own_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    shown = b"BT /F1 11 Tf 72 700 Td (Ett stycke text.) Tj ET"
    path.write_bytes(make_raw_pdf(shown, catalog=b"/PageLabels<</Nums[0<</S/r/St 3>>]>>"))
    (warning,) = read_pdf(path).warnings
    assert "sida 1 i filen heter ”iii”" in warning


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    kids = b" ".join(b"3 0 R" for _ in range(1_501))
    pdf = assemble(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1501/Kids[%s]>>" % kids,
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        }
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    with pytest.raises(RefusedFileError, match=r"1501 sidor|orimligt|skadad"):
        read_pdf(path)


def _tagged_table() -> bytes:
    """Return a PDF whose table is known by its tags alone."""
    cells = [("Klass", 72, 700), ("Får jag?", 90, 688), ("Öppen", 75, 676), ("Ja", 300, 660)]
    heads = [
        Show("Plan", 72, 800, role="H1", element=1),
        Show("Två", 72, 780, role="H2", element=2),
    ]
    shows = [Show(text, x, y, role="TD", element=3 + n) for n, (text, x, y) in enumerate(cells)]
    pdf = make_pdf([[*heads, *shows]])
    root = b"<</S/Table/K[<</S/TR/K[1003 0 R 1004 0 R]>><</S/TR/K[1005 0 R 1006 0 R]>>]>>"
    kids = b"1003 0 R 1004 0 R 1005 0 R 1006 0 R"
    return pdf.replace(kids, root)
