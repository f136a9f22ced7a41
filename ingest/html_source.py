"""HTML to pieces: what a reader of the page sees, without menus and hidden text."""

import re
from collections.abc import Iterable, Iterator

import trafilatura
from lxml import html  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from ingest.document import BlockKind
from ingest.pieces import Piece, table_text

_DROPPED = (
    "script|style|noscript|template|svg|iframe|object|nav|header|footer|aside|button|select|"
    "textarea|input|label|dialog"
).split("|")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
_FURNITURE = {"navigation", "banner", "contentinfo", "search", "dialog", "complementary"}
_BLOCKS = frozenset(
    "address article blockquote center dd details div dl dt fieldset figcaption figure form h1 h2 "
    "h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th thead tr ul body "
    "html".split()
)
_NOTES = (
    ".//*[self::span or self::small][@role='doc-footnote' or "
    "contains(concat(' ', @class, ' '), ' fn ') or contains(@class, 'footnote')]"
)
_HEADING = re.compile(r"h[1-6]")
_TRUSTED_SHARE = 0.5


def read_html(text: str) -> tuple[list[Piece], str | None, tuple[str, ...]]:
    """Return the pieces of a web page, its title, and warnings.

    The structure is read from the page itself; trafilatura decides which parts are the page's
    own content. Headings are kept with the content under them: trafilatura alone loses them on
    plain pages.
    """
    root = _parse(text)
    if root is None:
        return [], None, ()
    title = root.findtext(".//title")
    _prune(root)
    lift_notes(root, root.xpath(_NOTES))
    body = root.find("body") if root.tag == "html" else root
    every = list(read_element(body if body is not None else root))
    content = trafilatura.extract(
        html.tostring(root, encoding="unicode"),
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
    )
    kept = _keep_content(every, _squash(content or ""))
    if _length(kept) >= _TRUSTED_SHARE * _length(every):
        return kept, title, ()
    if content and _length(kept) >= 0.5 * len(_squash(content)):
        return kept, title, ("Mer än halva sidan är menyer och annat som inte togs med.",)
    return every, title, ("Sidans innehåll gick inte att skilja från menyer: läs igenom texten.",)


def read_element(element: HtmlElement) -> Iterator[Piece]:
    """Yield the pieces inside an element; loose text between blocks becomes paragraphs."""
    loose: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and _holds_block(child):
            yield from _paragraph(loose)
            loose = [child.tail or ""]
            yield from _read_block(child)
        else:
            loose += [_inline(child), child.tail or ""]
    yield from _paragraph(loose)


def _parse(text: str) -> HtmlElement | None:
    # lxml refuses a str that declares an encoding of its own.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        return html.document_fromstring(source)
    except (ParserError, ValueError):
        return None


def _prune(root: HtmlElement) -> None:
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            _drop(element)
            continue
        hidden = (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style") or "") is not None
        )
        if hidden or element.tag in _DROPPED or element.get("role") in _FURNITURE:
            _drop(element)


def lift_notes(root: HtmlElement, notes: Iterable[HtmlElement]) -> None:
    """Move each note out of the words around it, to a paragraph after the block it is in."""
    for note in notes:
        block = note.getparent()
        while block is not None and block.tag not in _BLOCKS and block is not root:
            block = block.getparent()
        if block is None or block is root or block.getparent() is None:
            continue
        tail, note.tail = note.tail, None
        before, parent = note.getprevious(), note.getparent()
        if before is not None:
            before.tail = (before.tail or "") + (tail or "")
        elif parent is not None:
            parent.text = (parent.text or "") + (tail or "")
        note.tag = "p"
        note.tail, block.tail = block.tail, None
        block.addnext(note)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _holds_block(element: HtmlElement) -> bool:
    return element.tag in _BLOCKS or any(
        isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iterdescendants()
    )


def _read_block(element: HtmlElement) -> Iterator[Piece]:
    tag = element.tag
    if _HEADING.fullmatch(tag):
        yield Piece(BlockKind.HEADING, _inline(element), int(tag[1]))
    elif tag in ("ul", "ol"):
        yield from _read_list(element, depth=0)
    elif tag == "table" and _is_data(element):
        rows = [list(map(_inline, row.iterchildren("td", "th"))) for row in _rows(element)]
        yield Piece(BlockKind.TABLE, table_text([row for row in rows if any(row)]))
    elif tag == "pre":
        yield Piece(BlockKind.PARAGRAPH, element.text_content())
    else:
        yield from read_element(element)


def _is_data(table: HtmlElement) -> bool:
    """Tell a table of data from one that lays out a page: cells hold words, not blocks."""
    blocks = table.xpath(".//table|.//h1|.//h2|.//h3|.//h4|.//ul[count(li)>5]|.//form")
    widest = max((len(row) for row in _rows(table)), default=0)
    return not blocks and widest > 1


def _rows(table: HtmlElement) -> list[HtmlElement]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _read_list(element: HtmlElement, *, depth: int) -> Iterator[Piece]:
    number = int(start) if (start := element.get("start") or "1").isdigit() else 1
    for item in element:
        if item.tag in ("ul", "ol"):
            yield from _read_list(item, depth=depth + 1)
        elif item.tag == "li":
            marker = f"{number}." if element.tag == "ol" else "-"
            yield from _read_item(item, marker, depth=depth)
            number += 1


def _read_item(item: HtmlElement, marker: str, *, depth: int) -> Iterator[Piece]:
    own: list[str] = [item.text or ""]
    inner: list[HtmlElement] = []
    for child in item:
        if child.tag in ("ul", "ol"):
            inner.append(child)
        else:
            own += [" ", _inline(child)] if child.tag in _BLOCKS else [_inline(child)]
        own.append(child.tail or "")
    yield Piece(BlockKind.LIST, " ".join("".join(own).split()), depth, marker)
    for element in inner:
        yield from _read_list(element, depth=depth + 1)


def _paragraph(parts: list[str]) -> Iterator[Piece]:
    # Line breaks of the source are blanks; the author's own (<br>) are kept as \v until here.
    text = " ".join("".join(parts).replace("\v", "\0").split()).replace("\0", "\n")
    if text.strip():
        yield Piece(BlockKind.PARAGRAPH, text)


def _inline(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        return ""
    if element.tag == "br":
        return "\v"
    parts = [element.text or ""]
    for child in element:
        gap = " " if child.tag in _BLOCKS else ""
        parts += [gap, _inline(child), gap, child.tail or ""]
    return "".join(parts)


def _keep_content(pieces: list[Piece], content: str) -> list[Piece]:
    """Keep the pieces whose words are in `content`, and the headings that stand over them."""
    kept: list[Piece] = []
    below = False
    for piece in reversed(pieces):
        if piece.kind is BlockKind.HEADING:
            keep = below or _squash(piece.text) in content
        else:
            words = _squash(piece.text)
            keep = bool(words) and words[:60] in content and words[-30:] in content
            below = keep
        if keep:
            kept.append(piece)
    return kept[::-1]


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _length(pieces: list[Piece]) -> int:
    return sum(len(_squash(piece.text)) for piece in pieces)
