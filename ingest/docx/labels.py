"""Carry headings and list labels through mammoth: written into the XML, read from the pieces."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree  # type: ignore[import-untyped]

from ingest.document import BlockKind
from ingest.docx.numbering import Label, Numbering
from ingest.docx.package import Element, W
from ingest.docx.styles import Styles, heading_level, is_contents
from ingest.text.markers import item_marker
from ingest.text.pieces import Piece

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Private characters carry what is known of a paragraph through mammoth: its number, its depth.
_ITEM = re.compile("\ue000(?P<depth>\\d)(?P<label>[^\ue001]*)\ue001")
_LETTERED = re.compile(r"\(?[^\W\d_]{1,5}[.)]")
_SHORT_LABEL = re.compile(r"\d{1,4}\.?|\d{1,4}\)")


def prepare(root: Element, styles: Styles, numbering: Numbering) -> None:
    """Write headings, numbers and formulas where mammoth finds them; drop contents lists."""
    for gallery in list(root.iter(f"{W}docPartGallery")):
        if "contents" in str(gallery.get(f"{W}val")).lower():
            control = next(gallery.iterancestors(f"{W}sdt"), None)
            if control is not None and control.getparent() is not None:
                control.getparent().remove(control)
    for formula in list(root.iter(f"{_MATH}oMath")):
        formula.addnext(_run("".join(text.text or "" for text in formula.iter(f"{_MATH}t"))))
    for paragraph in list(root.iter(f"{W}p")):
        if is_contents(paragraph, styles):
            paragraph.getparent().remove(paragraph)
            continue
        has_words = any((text.text or "").strip() for text in paragraph.iter(f"{W}t"))
        label = numbering.label(paragraph, styles) if has_words else None
        level = heading_level(paragraph, styles) if has_words else 0
        in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
        _settle(paragraph, label, 0 if in_table else level, in_table=in_table)


def _settle(paragraph: Element, label: Label | None, level: int, *, in_table: bool) -> None:
    """Give a paragraph its heading style, and its label as text in front."""
    settings = paragraph.find(f"{W}pPr")
    if settings is None:
        settings = etree.Element(f"{W}pPr")
        paragraph.insert(0, settings)
    for name in ("numPr", "pStyle"):
        for old in settings.findall(f"{W}{name}"):
            settings.remove(old)
    if level:
        style = etree.SubElement(settings, f"{W}pStyle")
        style.set(f"{W}val", f"VagRubrik{min(level, 6)}")
    if label is not None and (level or in_table):
        text = f"{label.text} " if label.text else ("• " if in_table else "")
        paragraph.insert(1, _run(text))
    elif label is not None:
        paragraph.insert(1, _run(f"\ue000{label.depth}{label.text}\ue001"))


def _run(text: str) -> Element:
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    return run


def read_items(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Turn paragraphs that carry a label into list items, or into text with its number."""
    for piece in pieces:
        match = _ITEM.match(piece.text)
        text = _ITEM.sub("", piece.text)
        if match is None or piece.kind is not BlockKind.PARAGRAPH:
            yield _typed_item(replace(piece, text=text))
            continue
        label, depth = match["label"], int(match["depth"])
        if not label:
            yield Piece(BlockKind.LIST, text, depth)
        elif _SHORT_LABEL.fullmatch(label):
            yield Piece(BlockKind.LIST, text, depth, f"{label.rstrip('.)')}.")
        elif _LETTERED.fullmatch(label):
            yield Piece(BlockKind.LIST, f"{label} {text}", depth)
        else:
            yield replace(piece, text=f"{label} {text}")


def _typed_item(piece: Piece) -> Piece:
    """Return a paragraph whose bullet or number was typed by hand as the item that it is."""
    marked = item_marker(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
    if marked is None:
        return piece
    return replace(piece, kind=BlockKind.LIST, marker=marked[0], text=marked[1])
