"""Sniffing: bytes and extension must agree; what is refused says what to do instead."""

import zipfile
from pathlib import Path

import pytest

from ingest.errors import RefusedFileError
from ingest.files.sniff import FileType, sniff


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"junk\n%PDF-1.4\n", "pdf"),
        ("a.html", b"\n<!DOCTYPE html><p>hej", "html"),
        ("a.htm", b"<p>bara en del", "html"),
        ("a.md", b"# Rubrik", "markdown"),
        ("a.TXT", "Åtgärd".encode("cp1252"), "text"),
        ("a.txt", "Åtgärd".encode("utf-16"), "text"),
    ],
)
def test_types_that_are_taken_in(tmp_path: Path, name: str, data: bytes, kind: FileType) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert sniff(path) == kind


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spara som .docx"),
        ("a.xlsx", b"PK\x03\x04", "PDF eller Markdown-tabell"),
        ("a.pptx", b"PK\x03\x04", "Exportera"),
        ("a.png", b"\x89PNG", "OCR"),
        ("a", b"text", "utan ändelse"),
        ("a.pdf", b"bara text", "innehåller ren text"),
        ("a.txt", b"%PDF-1.7", "innehåller en PDF"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "äldre Office"),
        ("a.txt", bytes(range(256)) * 4, "inte text"),
        ("a.txt", b"\x7fELF" + b"a" * 50, "inte text"),
        ("a.pdf", b"", "tom"),
        ("a.md", b" \n\t ", "tom"),
    ],
)
def test_types_that_are_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RefusedFileError, match=says):
        sniff(path)


def test_a_spreadsheet_called_docx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(RefusedFileError, match="kalkylark"):
        sniff(path)
