"""OCR: pictures of text are read, mended, marked, and only when the part is installed."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from ingest.document import BlockKind
from ingest.files.child import forbid, forbid_but_ocr
from ingest.files.convert import convert
from ingest.files.isolation import convert_isolated
from ingest.pdf.ocr import is_available, recognise
from ingest.pdf.source import read_pdf
from tests.ingest.made_files import Show, column, make_pdf, make_raw_pdf, scan

needs_ocr = pytest.mark.skipif(not is_available(), reason="Tesseract with Swedish is not here")
TEXT = [
    "Kommunstyrelsen beslutade den 18 juni 2024, § 58, att förvaltningarna ska",
    "säkerställa att uppgifter om enskilda inte lämnas ut utan prövning.",
]
PAGE = [Show("Beslut om arkiv", 72, 760, 18, bold=True), *column(TEXT, top=720)]


@needs_ocr
def test_a_scanned_page_is_read_with_its_heading_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scan(make_pdf([PAGE])))
    conversion = convert_isolated(path)
    heading, paragraph = conversion.blocks
    assert (heading.kind, heading.text) == (BlockKind.HEADING, "Beslut om arkiv")
    assert paragraph.text == " ".join(TEXT)
    assert (heading.scanned, paragraph.scanned) == (True, True)
    assert "kontrollera dem mot originalet" in conversion.warnings[0]


@needs_ocr
def test_only_the_pages_that_are_pictures_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_half_scanned())
    conversion = convert(path, ocr=True)
    assert {block.page: block.scanned for block in conversion.blocks} == {1: False, 2: True}


@needs_ocr
def test_columns_of_a_scan_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = column(["Nämnden ansvarar för den planen", "och för att den följs."] * 3, top=700)
    right = column(["Staden äger de uppgifter som", "samlas in av bolagen."] * 3, top=700, x=330)
    with pypdfium2.PdfDocument(scan(make_pdf([[*left, *right]]))) as document:
        texts = [line.text for line in recognise(document[0], 1).lines]
    assert [text.startswith(("Nämnden", "och")) for text in texts] == [True] * 6 + [False] * 6


def test_a_picture_among_pages_is_left_out_without_ocr_and_told_how(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_half_scanned())
    conversion = convert_isolated(path, ocr=False)
    assert {block.page for block in conversion.blocks} == {1}
    assert conversion.unread == (2,)
    assert "oläsbara sidor togs inte med: 2. Installera OCR-delen" in conversion.warnings[0]


@pytest.mark.parametrize("ocr", [False, pytest.param(True, marks=needs_ocr)])
def test_a_heading_over_a_picture_of_text_is_kept_and_told(tmp_path: Path, ocr: bool) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_picture_under_heading())
    found = read_pdf(path, ocr=ocr)
    text = " ".join(piece.text for piece in found.pieces)
    assert "Bilaga" in text
    assert ("säkerställa" in text) is ocr
    assert found.unread == (() if ocr else (1,))
    assert "bilder: 1" in found.warnings[0] or "Skannade sidor: 1" in found.warnings[0]


def test_an_unpainted_layer_over_a_picture_is_kept_and_marked(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_with_layer(b"72 720"))
    found = read_pdf(path)
    assert found.scanned == (1,)
    assert "Kommunstyrelsen" in found.pieces[0].text


def test_words_of_a_layer_where_the_picture_is_blank_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_with_layer(b"72 720", more=b"BT 3 Tr /F1 11 Tf 72 300 Td (Godk\xe4nt) Tj ET"))
    found = read_pdf(path)
    assert "Godkänt" not in " ".join(piece.text for piece in found.pieces)
    assert "”Godkänt”" in " ".join(found.warnings)


def test_the_child_may_start_tesseract_and_nothing_else() -> None:
    forbid_but_ocr("subprocess.Popen", ("tesseract", [], None, None))
    with pytest.raises(PermissionError):
        forbid_but_ocr("subprocess.Popen", ("sh", [], None, None))
    with pytest.raises(PermissionError):
        forbid("subprocess.Popen", ("tesseract", [], None, None))


def _half_scanned() -> bytes:
    """Return a page of text and a page that is a picture of text."""
    pdf, other = make_pdf([PAGE, PAGE]), scan(make_pdf([PAGE, PAGE]))
    with pypdfium2.PdfDocument(pdf) as document, pypdfium2.PdfDocument(other) as scanned:
        document.del_page(1)
        document.import_pages(scanned, [1])
        return _saved(document)


def _with_layer(place: bytes, *, more: bytes = b"") -> bytes:
    """Return a scanned page that someone has laid unpainted text over."""
    picture = scan(make_pdf([PAGE]))
    layer = b"BT 3 Tr /F1 11 Tf " + place + b" Td (" + TEXT[0].encode("cp1252") + b") Tj ET "
    start = picture.index(b"<</Type/XObject")
    image = picture[start : picture.index(b"\nendobj", start)]
    page = b"/Resources<</Font<</F1 3 0 R>>/XObject<</I 9 0 R>>>>"
    return make_raw_pdf(b"q 595 0 0 842 0 0 cm /I Do Q " + layer + more, page=page, o9=image)


def _picture_under_heading() -> bytes:
    """Return a page with a heading as text and the rest as a picture on half of the page."""
    lines = [line for line in TEXT for _ in range(2)]
    picture = scan(make_pdf([column(lines * 4, top=800)]))
    start = picture.index(b"<</Type/XObject")
    image = picture[start : picture.index(b"\nendobj", start)]
    page = b"/Resources<</Font<</F1 3 0 R>>/XObject<</I 9 0 R>>>>"
    heading = b"BT /F1 14 Tf 72 780 Td (Bilaga) Tj ET "
    return make_raw_pdf(heading + b"q 420 0 0 594 60 100 cm /I Do Q", page=page, o9=image)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
