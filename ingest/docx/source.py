"""DOCX to pieces: checked, what nobody sees taken out, headings and numbers written in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast
from xml.parsers.expat import ExpatError

import mammoth  # type: ignore[import-untyped]
from lxml import etree, html  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from ingest.document import BlockKind
from ingest.docx.hidden import count_revisions, remove_hidden
from ingest.docx.numbering import Label, Numbering, read_numbering
from ingest.docx.package import Element, W, damaged, open_package, pack, parse
from ingest.docx.styles import Styles, heading_level, is_contents, read_styles
from ingest.markup.html_tree import read_element
from ingest.text.pieces import Piece, ends_sentence
from ingest.text.plain_text import item_marker
from ingest.text.planted import shorten

# What mammoth lets out when a part is malformed or refers to one that is not there.
_BROKEN = (ExpatError, LookupError, AttributeError, TypeError, ValueError, RecursionError)
_DC = "{http://purl.org/dc/elements/1.1/}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BODIES = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_STYLES = "\n".join(
    (*(f"p.VagRubrik{n} => h{n}:fresh" for n in range(1, 7)), "p => p:fresh", "b => strong")
)
# Private characters carry what is known of a paragraph through mammoth: its number, its depth.
_ITEM = re.compile("\ue000(?P<depth>\\d)(?P<label>[^\ue001]*)\ue001")
_LETTERED = re.compile(r"\(?[^\W\d_]{1,5}[.)]")
_SHORT_LABEL = re.compile(r"\d{1,4}\.?|\d{1,4}\)")


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
        _prepare(root, styles, read_numbering(parts))
        parts[name] = cast("bytes", etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    root = html.fragment_fromstring(_to_html(parts) or "<p></p>", create_parent="div")
    pieces = list(_mark_headings(list(_items(read_element(_place_notes(root)))), root))
    warnings = _warn(hidden, inserted, deleted, names, parts)
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


def _prepare(root: Element, styles: Styles, numbering: Numbering) -> None:
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


def _items(pieces: Iterator[Piece]) -> Iterator[Piece]:
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


def _warn(
    hidden: Sequence[str],
    inserted: int,
    deleted: int,
    names: frozenset[str],
    parts: Mapping[str, bytes],
) -> tuple[str, ...]:
    """Say what was left out, and what of it a reviewer should look at."""
    warnings = []
    if hidden:
        warnings.append(
            f"{len(hidden)} dolda textstycken (osynliga på papper) togs inte med: "
            f"”{shorten(' … '.join(hidden))}”."
        )
    if inserted or deleted:
        warnings.append(
            f"Dokumentet har spårade ändringar: {inserted} infogade stycken togs med, {deleted} "
            "borttagna inte. Godkänn eller avvisa dem i Word om texten ska vara en annan."
        )
    comments = parts.get("word/comments.xml", b"").count(b"<w:comment ")
    extras = [f"{comments} kommentarer"] if comments else []
    extras += ["inbäddade filer"] if any("/embeddings/" in name for name in names) else []
    extras += ["makron"] if any(name.endswith("vbaProject.bin") for name in names) else []
    if extras:
        warnings.append(f"Word-filen har {', '.join(extras)}, som inte togs med.")
    return tuple(warnings)


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
