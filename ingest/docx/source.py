"""DOCX to pieces: checked, what nobody sees taken out, headings and numbers written in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from xml.parsers.expat import ExpatError

import mammoth  # type: ignore[import-untyped]
from lxml import etree, html  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from ingest.document import BlockKind
from ingest.docx.boxes import place_boxes
from ingest.docx.hidden import count_revisions, remove_hidden
from ingest.docx.labels import prepare, read_items
from ingest.docx.numbering import read_numbering
from ingest.docx.package import W, damaged, open_package, pack, parse
from ingest.docx.report import warn_of_left_out
from ingest.docx.styles import read_styles
from ingest.markup.html_tree import read_element
from ingest.text.pieces import Piece, ends_sentence

# What mammoth lets out when a part is malformed or refers to one that is not there.
_BROKEN = (ExpatError, LookupError, AttributeError, TypeError, ValueError, RecursionError)
_DC = "{http://purl.org/dc/elements/1.1/}"
_BODIES = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_STYLES = "\n".join(
    (*(f"p.VagRubrik{n} => h{n}:fresh" for n in range(1, 7)), "p => p:fresh", "b => strong")
)


@dataclass(frozen=True, slots=True)
class DocxText:
    """What was read of a Word file; `furniture` is the words of page headers and footers."""

    pieces: list[Piece]
    title: str | None
    furniture: list[str]
    warnings: tuple[str, ...]


def read_docx(path: Path) -> DocxText:
    """Read a Word file.

    Raises:
        RefusedFileError: it is damaged, locked, a bomb, or no Word document.
    """
    parts, names = open_package(path)
    styles = read_styles(parts)
    hidden: list[str] = []
    inserted = deleted = 0
    for name in sorted(filter(_BODIES.fullmatch, parts)):
        root = parse(parts[name])
        more, fewer = count_revisions(root)
        inserted, deleted = inserted + more, deleted + fewer
        hidden += remove_hidden(root, styles)
        place_boxes(root)
        prepare(root, styles, read_numbering(parts))
        parts[name] = cast("bytes", etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    root = html.fragment_fromstring(_to_html(parts) or "<p></p>", create_parent="div")
    pieces = list(_mark_headings(list(read_items(read_element(_place_notes(root)))), root))
    warnings = warn_of_left_out(hidden, inserted, deleted, names, parts)
    return DocxText(pieces, _title(parts), _margins(parts), warnings)


def _to_html(parts: Mapping[str, bytes]) -> str:
    try:
        result = mammoth.convert_to_html(
            pack(parts),
            style_map=_STYLES,
            include_default_style_map=False,
            convert_image=mammoth.images.img_element(lambda _image: {}),
        )
    except _BROKEN as error:
        raise damaged() from error
    return str(result.value)


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


def _title(parts: Mapping[str, bytes]) -> str | None:
    if "docProps/core.xml" not in parts:
        return None
    return cast("str | None", parse(parts["docProps/core.xml"]).findtext(f".//{_DC}title"))


def _margins(parts: Mapping[str, bytes]) -> list[str]:
    """Return the words of page headers and footers: the diarienummer often stands there."""
    return [
        " ".join(text.text or "" for text in parse(parts[name]).iter(f"{W}t"))
        for name in sorted(filter(_MARGINS.fullmatch, parts))
    ]
