"""Tell a file's type by its bytes and hold that against its extension."""

import zipfile
from pathlib import Path
from typing import Literal

from ingest.errors import RefusedFileError

FileType = Literal["pdf", "docx", "html", "markdown", "text"]

EXTENSIONS: dict[str, FileType] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"\x7fELF",
    b"MZ",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"RIFF",
    b"SQLite",
    b"ID3",
)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NAMES: dict[str, str] = {
    "pdf": "en PDF",
    "docx": "ett Word-dokument (.docx)",
    "html": "en webbsida",
    "text": "ren text",
    "old_office": "ett äldre Office-dokument",
    "spreadsheet": "ett kalkylark",
    "slides": "en presentation",
    "archive": "ett arkiv",
    "binary": "inte text",
}
_INSTEAD: dict[str, str] = {
    ".doc": "Öppna den i Word och spara som .docx eller PDF.",
    ".docm": "Spara den som .docx utan makron.",
    ".dotx": "Spara den som .docx.",
    ".rtf": "Öppna den i Word och spara som .docx eller PDF.",
    ".odt": "Spara den som .docx eller PDF.",
    ".xls": "Spara det som ska läsas som PDF eller Markdown-tabell.",
    ".xlsx": "Spara det som ska läsas som PDF eller Markdown-tabell.",
    ".csv": "Spara det som ska läsas som PDF eller Markdown-tabell.",
    ".ppt": "Exportera presentationen som PDF.",
    ".pptx": "Exportera presentationen som PDF.",
    ".zip": "Packa upp arkivet och ta in filerna var för sig.",
}
_PICTURES = frozenset(".png .jpg .jpeg .gif .tif .tiff .bmp .webp .heic .svg".split())
_ACCEPTED = "PDF, DOCX, HTML, Markdown eller text"


def sniff(path: Path) -> FileType:
    """Return the type of a file; raise RefusedFileError when it cannot be taken in.

    What the bytes say must agree with the extension: a file that claims to be something else
    is broken or meant to deceive.
    """
    extension = path.suffix.lower()
    expected = EXTENSIONS.get(extension)
    if expected is None:
        raise RefusedFileError(
            f"Filtypen {extension or 'utan ändelse'} kan inte tas in. {_instead(extension)}"
        )
    found = _read_type(path)
    if found == "empty":
        raise RefusedFileError("Filen är tom. Kontrollera att rätt fil valdes.")
    agrees = found == expected or (found == "text" and expected in ("markdown", "html"))
    if not agrees and not (found == "html" and expected == "markdown"):
        raise RefusedFileError(
            f"Filen heter {extension} men innehåller {_NAMES[found]}. "
            f"Spara om den som {_ACCEPTED} med rätt ändelse."
        )
    return expected


def _instead(extension: str) -> str:
    if extension in _PICTURES:
        return "Läs bilden med OCR och spara texten som PDF eller DOCX."
    return _INSTEAD.get(extension, f"Spara innehållet som {_ACCEPTED}.")


def _read_type(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _read_archive_type(path)
    if head.startswith(_OLE):
        return "old_office"
    return _read_text_type(head)


def _read_archive_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        # A damaged DOCX: the reader says so better than a guess here would.
        return "docx" if path.suffix.lower() == ".docx" else "archive"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "spreadsheet"
    return "slides" if "ppt/presentation.xml" in names else "archive"


def _read_text_type(head: bytes) -> str:
    wide = head.startswith(_UTF16_MARKS) or _looks_wide(head)
    if head.startswith(_BINARY) or (b"\0" in head and not wide and head.count(b"\0") > 3):
        return "binary"
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b\0" for byte in head)
    if not wide and controls > 0.02 * len(head):
        return "binary"
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    is_page = start.startswith((b"<!doctype html", b"<html")) or b"<html" in start[:1000]
    return "html" if is_page else "text"


def _looks_wide(head: bytes) -> bool:
    """Return whether every second byte is zero, as in UTF-16 of Latin script."""
    return len(head) >= 4 and max(head[::2].count(0), head[1::2].count(0)) > 0.4 * len(head)
