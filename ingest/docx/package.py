"""Open a Word file as its XML parts, under caps: what an archive says of itself may be lies."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import RefusedFileError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_ENTRIES = 2_000
_MOST_BYTES = 100 * 2**20
_MOST_XML = 25 * 2**20
_HIGHEST_RATIO = 150
_MOST_PARAGRAPHS = 100_000  # about 2,000 pages
_READ = (".xml", ".rels")

Element = Any  # an lxml element: the library has no types


def open_package(path: Path) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the XML parts of a Word file by name, and the names of all its parts.

    Raises:
        RefusedFileError: it is damaged, locked, a bomb, or no Word document.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_parts(archive), frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise damaged() from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2"):
            raise damaged() from error
        raise


def parse(data: bytes) -> Element:
    """Return the root of an XML part; raise RefusedFileError if it is malformed or has a DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise damaged() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedFileError(
            "Word-filen har en dokumenttypsdeklaration, som Word aldrig skriver, och lästes inte. "
            "Öppna den i Word, spara om den och försök igen."
        )
    return root


def pack(parts: Mapping[str, bytes]) -> BytesIO:
    """Return the parts as a Word file again."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    buffer.seek(0)
    return buffer


def is_on(element: Element | None) -> bool:
    """Return whether an on-off property is there and not switched off."""
    return element is not None and element.get(f"{W}val") not in ("0", "false", "off")


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    declared = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > _MOST_ENTRIES or declared > _MOST_BYTES:
        raise _bomb()
    if declared > 2**20 and declared / packed > _HIGHEST_RATIO:
        raise _bomb()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RefusedFileError(
            "Word-filen är skyddad med lösenord. Spara en kopia utan lösenord och försök igen."
        )
    parts: dict[str, bytes] = {}
    for entry in entries:
        if not entry.filename.endswith(_READ) or entry.filename in parts:
            continue
        with archive.open(entry) as stream:
            data = stream.read(_MOST_XML + 1)
        if len(data) > _MOST_XML or data.count(b"<w:p") > _MOST_PARAGRAPHS * 3:
            raise _bomb()
        parts[entry.filename] = data
    if "word/document.xml" not in parts:
        raise RefusedFileError("Filen är inte ett Word-dokument. Spara om den som .docx.")
    if parse(parts["word/document.xml"]).xpath("count(//*[local-name()='p'])") > _MOST_PARAGRAPHS:
        raise RefusedFileError(
            f"Word-filen har fler än {_MOST_PARAGRAPHS} stycken. Dela upp den i mindre filer."
        )
    return parts


def damaged() -> RefusedFileError:
    """Return the refusal of a Word file that cannot be read."""
    return RefusedFileError(
        "Word-filen är skadad och går inte att öppna. Öppna den i Word, spara om den och "
        "försök igen."
    )


def _bomb() -> RefusedFileError:
    return RefusedFileError(
        "Word-filen packar upp sig till orimligt mycket och lästes inte. Spara texten i ett nytt "
        "dokument och försök igen."
    )
