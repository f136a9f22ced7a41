"""HTML elements to pieces: headings, paragraphs, lists, tables with merged cells once."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from ingest.document import BlockKind
from ingest.text.pieces import Piece, table_text

BLOCKS = frozenset(
    "address article blockquote center dd details div dl dt fieldset figcaption figure form h1 h2 "
    "h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th thead tr ul body "
    "html".split()
)
_MOST_SPANNED = 50  # rows or columns
_MOST_TAKEN = 20_000  # cells of one page that others stretch over
_HEADING = re.compile(r"h[1-6]")


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


def _holds_block(element: HtmlElement) -> bool:
    return element.tag in BLOCKS or any(
        isinstance(inner.tag, str) and inner.tag in BLOCKS for inner in element.iterdescendants()
    )


def _read_block(element: HtmlElement) -> Iterator[Piece]:
    tag = element.tag
    if _HEADING.fullmatch(tag):
        yield Piece(BlockKind.HEADING, _inline(element), int(tag[1]))
    elif tag in ("ul", "ol"):
        yield from _read_list(element, depth=0)
    elif tag == "table" and _is_data(element):
        yield Piece(BlockKind.TABLE, table_text([row for row in _grid(element) if any(row)]))
    elif tag == "pre":
        yield Piece(BlockKind.PARAGRAPH, element.text_content())
    else:
        yield from read_element(element)


def _is_data(table: HtmlElement) -> bool:
    """Tell a table of data from one that lays out a page: cells hold words, not blocks."""
    blocks = table.xpath(".//table|.//h1|.//h2|.//h3|.//h4|.//ul[count(li)>5]|.//form")
    widest = max((len(row) for row in _rows(table)), default=0)
    return not blocks and widest > 1


def _grid(table: HtmlElement) -> list[list[str]]:
    """Return the cells of a table by row and column; a merged cell has its text once."""
    grid: list[list[str]] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(_rows(table)):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while (number, len(cells)) in taken:
                cells.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            at = len(cells)
            for below in range(1, high):
                taken.update((number + below, at + beside) for beside in range(wide))
            cells += [_inline(cell), *[""] * (wide - 1)]
        while (number, len(cells)) in taken:
            cells.append("")
        grid.append(cells)
    return grid


def limit_spans(root: HtmlElement) -> None:
    """Make cells that stretch over others no larger than a person would make them."""
    taken = 0
    for cell in root.iter("td", "th"):
        wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
        taken += wide * high - 1
        for name, span in (("colspan", wide), ("rowspan", high)):
            if cell.get(name) is not None:
                cell.set(name, str(span if taken <= _MOST_TAKEN else 1))


def _span(cell: HtmlElement, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MOST_SPANNED) if value.isdigit() and len(value) < 6 else 1


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
            own += [" ", _inline(child)] if child.tag in BLOCKS else [_inline(child)]
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
        gap = " " if child.tag in BLOCKS else ""
        parts += [gap, _inline(child), gap, child.tail or ""]
    return "".join(parts)
