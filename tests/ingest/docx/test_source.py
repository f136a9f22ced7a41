"""DOCX: styles become headings, hidden words go, bombs are refused."""

import zipfile
from pathlib import Path

import pytest

from ingest.document import BlockKind
from ingest.docx.source import read_docx
from ingest.errors import RefusedFileError
from ingest.text.pieces import gather
from tests.ingest.made_files import W, make_docx, paragraph

H = BlockKind.HEADING


def test_styles_and_tables_are_read(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Nivå", "Svar"))
    body = paragraph("Syfte", style="Rubrik1") + paragraph("En mening.")
    path = make_docx(tmp_path / "a.docx", f"{body}<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    blocks = gather(read_docx(path).pieces)
    assert [(b.kind, b.text) for b in blocks] == [
        (H, "Syfte"),
        (BlockKind.PARAGRAPH, "En mening."),
        (BlockKind.TABLE, "| Nivå | Svar |\n| --- | --- |"),
    ]


def test_bold_lines_are_headings_only_without_heading_styles(tmp_path: Path) -> None:
    bold = paragraph("Bakgrund till planen", run="<w:b/>")
    plain = make_docx(tmp_path / "a.docx", bold + paragraph("En mening."))
    assert read_docx(plain).pieces[0].kind is H
    styled = make_docx(tmp_path / "b.docx", paragraph("Syfte", style="Rubrik1") + bold)
    assert read_docx(styled).pieces[1].kind is BlockKind.PARAGRAPH


def test_title_and_header_words_are_returned(tmp_path: Path) -> None:
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>STK-2024-629</w:t></w:r></w:p></w:hdr>'
    core = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plan</dc:title></p>'
    parts = {"word/header1.xml": header, "docProps/core.xml": core}
    path = make_docx(tmp_path / "a.docx", paragraph("Text."), more=parts)
    found = read_docx(path)
    assert (found.title, found.furniture) == ("Plan", ["STK-2024-629"])


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">',
    ],
)
def test_entities_are_refused(tmp_path: Path, declared: str) -> None:
    document = (
        f"<!DOCTYPE d [{declared}]>"
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Före &x; efter</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    path = make_docx(tmp_path / "a.docx", "", more={"word/document.xml": document})
    with pytest.raises(RefusedFileError, match=r"dokumenttypsdeklaration|skadad"):
        read_docx(path)


def test_too_many_paragraphs_are_refused(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx", "<w:p/>" * 100_001)
    with pytest.raises(RefusedFileError, match="stycken"):
        read_docx(path)


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
