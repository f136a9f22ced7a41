"""DOCX to pieces: checked for bombs, hidden words taken out, then mammoth's HTML read."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import mammoth  # type: ignore[import-untyped]
from lxml import etree, html  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from ingest.document import BlockKind
from ingest.errors import RefusedFileError
from ingest.html_source import read_element
from ingest.pieces import Piece, ends_sentence

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_ENTRIES = 2_000
_MOST_BYTES = 100 * 2**20
_MOST_XML = 25 * 2**20
_HIGHEST_RATIO = 150
_SMALLEST_HALF_POINTS = 6
# "=> !" drops a paragraph: a table of contents repeats the headings.
_STYLES = """
p[style-name='Rubrik'] => h1:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Rubrik 1'] => h1:fresh
p[style-name='Rubrik 2'] => h2:fresh
p[style-name='Rubrik 3'] => h3:fresh
p[style-name='Rubrik 4'] => h4:fresh
p[style-name='toc 1'] => !
p[style-name='toc 2'] => !
p[style-name='toc 3'] => !
p[style-name='TOC Heading'] => !
b => strong
"""


def read_docx(path: Path) -> tuple[list[Piece], str | None, list[str], int]:
    """Return pieces, the title property, the words of page headers, and hidden runs dropped."""
    with _open(path) as archive:
        parts = _read_parts(archive)
    hidden = 0
    for name in [name for name in parts if re.fullmatch(r"word/(document|footnotes)\.xml", name)]:
        parts[name], count = _without_hidden(parts[name])
        hidden += count
    result = mammoth.convert_to_html(
        _zip(parts),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(lambda _image: {}),
    )
    root = html.fragment_fromstring(result.value or "<p></p>", create_parent="div")
    pieces = list(_mark_headings(list(read_element(_place_notes(root))), root))
    return pieces, _title(parts), _headers(parts), hidden


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise RefusedFileError(
            "Word-filen är skadad och går inte att öppna. Öppna den i Word, spara om den och "
            "försök igen."
        ) from error


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Read the XML parts under caps: the sizes an archive declares may be lies."""
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
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as stream:
                parts[entry.filename] = stream.read(_MOST_XML + 1)
            if len(parts[entry.filename]) > _MOST_XML:
                raise _bomb()
    if "word/document.xml" not in parts:
        raise RefusedFileError("Filen är inte ett Word-dokument. Spara om den som .docx.")
    return parts


def _bomb() -> RefusedFileError:
    return RefusedFileError(
        "Word-filen packar upp sig till orimligt mycket och lästes inte. Spara texten i ett nytt "
        "dokument och försök igen."
    )


def _zip(parts: dict[str, bytes]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    buffer.seek(0)
    return buffer


def _xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _without_hidden(data: bytes) -> tuple[bytes, int]:
    """Drop runs that nobody sees on paper: hidden, white or smaller than 3 points."""
    root = _xml(data)
    hidden = [run for run in root.iter(f"{_W}r") if _is_hidden(run)]
    words = 0
    for run in hidden:
        words += any((text.text or "").strip() for text in run.iter(f"{_W}t"))
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
    return cast("bytes", etree.tostring(root, xml_declaration=True, encoding="UTF-8")), words


def _is_hidden(run: etree._Element) -> bool:
    style = run.find(f"{_W}rPr")
    if style is None:
        return False
    vanish = style.find(f"{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val") not in ("0", "false"):
        return True
    color, size = style.find(f"{_W}color"), style.find(f"{_W}sz")
    if color is not None and re.fullmatch(r"(?i)(f[c-f]){3}", color.get(f"{_W}val") or ""):
        return not _is_shaded(run, style)
    half_points = (size.get(f"{_W}val") or "") if size is not None else ""
    return half_points.isdigit() and int(half_points) < _SMALLEST_HALF_POINTS


def _is_shaded(run: etree._Element, style: etree._Element) -> bool:
    """Return whether white words stand on a coloured ground: header rows of tables often do."""
    grounds = [style.find(f"{_W}shd"), style.find(f"{_W}highlight")]
    for block in run.iterancestors(f"{_W}p", f"{_W}tc"):
        grounds += [block.find(f"{_W}pPr/{_W}shd"), block.find(f"{_W}tcPr/{_W}shd")]
    return any(ground is not None for ground in grounds)


def _place_notes(root: HtmlElement) -> HtmlElement:
    """Take out note marks and put each note after the block that refers to it."""
    for note in root.xpath(".//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"):
        marks = root.xpath(".//a[@href=$target]", target=f"#{note.get('id')}")
        note.tag = "p"
        for back in note.xpath(".//a[starts-with(@href, '#')]"):
            back.drop_tree()
        if marks:
            block = marks[0]
            while block.getparent() is not None and block.getparent() is not root:
                block = block.getparent()
            note.tail = None
            block.addnext(note)
        for mark in marks:
            mark.drop_tree()
    return root


def _mark_headings(pieces: list[Piece], root: HtmlElement) -> Iterator[Piece]:
    """Take whole-bold short lines for headings in a document that has no heading styles."""
    if any(piece.kind is BlockKind.HEADING for piece in pieces):
        yield from pieces
        return
    bold = {
        " ".join(paragraph.text_content().split())
        for paragraph in root.iter("p")
        if not (paragraph.text or "").strip()
        and all(child.tag == "strong" and not (child.tail or "").strip() for child in paragraph)
    }
    for piece in pieces:
        text = " ".join(piece.text.split())
        short = text in bold and 3 < len(text) <= 100 and not ends_sentence(text)
        if short and piece.kind is BlockKind.PARAGRAPH:
            yield Piece(BlockKind.HEADING, text, 2)
        else:
            yield piece


def _title(parts: dict[str, bytes]) -> str | None:
    if "docProps/core.xml" not in parts:
        return None
    return cast("str | None", _xml(parts["docProps/core.xml"]).findtext(f".//{_DC}title"))


def _headers(parts: dict[str, bytes]) -> list[str]:
    """Return the words of page headers and footers: the diarienummer often stands there."""
    names = [name for name in parts if re.fullmatch(r"word/(header|footer)\d*\.xml", name)]
    return [
        " ".join(text.text or "" for text in _xml(parts[name]).iter(f"{_W}t"))
        for name in sorted(names)
    ]
