"""DOCX: styles become headings, hidden words go, bombs are refused."""

import zipfile
from pathlib import Path

import pytest

from ingest.document import BlockKind
from ingest.docx_source import read_docx
from ingest.errors import RefusedFileError
from ingest.pieces import gather
from tests.ingest.made_files import W, make_docx, paragraph

H = BlockKind.HEADING


def test_styles_and_tables_are_read(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Nivå", "Svar"))
    body = paragraph("Syfte", style="Rubrik1") + paragraph("En mening.")
    path = make_docx(tmp_path / "a.docx", f"{body}<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    blocks = gather(read_docx(path)[0])
    assert [(b.kind, b.text) for b in blocks] == [
        (H, "Syfte"),
        (BlockKind.PARAGRAPH, "En mening."),
        (BlockKind.TABLE, "| Nivå | Svar |\n| --- | --- |"),
    ]


def test_hidden_runs_are_dropped_and_counted(tmp_path: Path) -> None:
    hidden = [
        paragraph("dold", run="<w:vanish/>"),
        paragraph("vit", run='<w:color w:val="FFFFFF"/>'),
        paragraph("liten", run='<w:sz w:val="2"/>'),
    ]
    shown = paragraph("vit på blått", run='<w:color w:val="FFFFFF"/><w:shd w:fill="000080"/>')
    path = make_docx(tmp_path / "a.docx", paragraph("Syns.") + "".join(hidden) + shown)
    pieces, _, _, count = read_docx(path)
    assert [piece.text for piece in pieces] == ["Syns.", "vit på blått"]
    assert count == 3


def test_bold_lines_are_headings_only_without_heading_styles(tmp_path: Path) -> None:
    bold = paragraph("Bakgrund till planen", run="<w:b/>")
    plain = make_docx(tmp_path / "a.docx", bold + paragraph("En mening."))
    assert read_docx(plain)[0][0].kind is H
    styled = make_docx(tmp_path / "b.docx", paragraph("Syfte", style="Rubrik1") + bold)
    assert read_docx(styled)[0][1].kind is BlockKind.PARAGRAPH


def test_title_and_header_words_are_returned(tmp_path: Path) -> None:
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>STK-2024-629</w:t></w:r></w:p></w:hdr>'
    core = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plan</dc:title></p>'
    parts = {"word/header1.xml": header, "docProps/core.xml": core}
    path = make_docx(tmp_path / "a.docx", paragraph("Text."), more=parts)
    _, title, headers, _ = read_docx(path)
    assert (title, headers) == ("Plan", ["STK-2024-629"])


def test_outside_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("HEMLIGT")
    document = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Före &x; efter</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    path = tmp_path / "a.docx"
    make_docx(path, "", more={"word/document.xml": document})
    try:
        text = " ".join(piece.text for piece in read_docx(path)[0])
    except Exception as error:  # refusing to parse is as good
        text = str(error)
    assert "HEMLIGT" not in text


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (8 * 2**20))
    with pytest.raises(RefusedFileError, match="orimligt"):
        read_docx(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    parts = {f"word/{n}.xml": "<a/>" for n in range(2_001)}
    path = make_docx(tmp_path / "a.docx", paragraph("Text."), more=parts)
    with pytest.raises(RefusedFileError, match="orimligt"):
        read_docx(path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    whole = make_docx(tmp_path / "a.docx", paragraph("Text.")).read_bytes()
    path = tmp_path / "b.docx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RefusedFileError, match="skadad"):
        read_docx(path)
