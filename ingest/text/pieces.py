"""The common stage of every reader: a flat stream of pieces, gathered into blocks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.document import Block, BlockKind

_ENDS_SENTENCE = re.compile(r"""[.!?:;][)»”"'\]¹²³⁴⁵⁶⁷⁸⁹⁰]*$""")
_LONGEST_ROW = 90
_LONGEST_LEAD_IN = 300
_SHORTEST_BROKEN = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a paragraph, ONE list item or a table, in reading order.

    `text` has no marker; in a paragraph "\\n" is a line break the author made. `level` is the
    level of a heading (1-6) or the depth of an item (from 0). `marker` is `-` or `1.`.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = "-"
    page: int | None = None
    last_page: int | None = None


def gather(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """Return Blocks: broken paragraphs mended, rows and items made lists with their lead-in."""
    tidy = [piece for piece in map(_tidy, pieces) if piece.text]
    rows = _find_rows(_split_breaks(_mend(_drop_repeated(tidy))))
    blocks: list[Block] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end].kind is BlockKind.LIST:
            end += 1
        if end == at:
            blocks.append(_block(rows[at]))
            at += 1
            continue
        lead = blocks.pop() if blocks and _leads_in(blocks[-1]) else None
        blocks.append(_list_block(lead, rows[at:end]))
        at = end
    return tuple(blocks)


def ends_sentence(text: str) -> bool:
    """Return whether a text ends with a mark that closes a sentence or opens a list."""
    return _ENDS_SENTENCE.search(text) is not None


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as a Markdown table; the first row is the header, "" if no rows."""
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    cells = ([_cell(row, column) for column in range(width)] for row in rows)
    lines = [f"| {' | '.join(row)} |" for row in cells]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _cell(row: Sequence[str], column: int) -> str:
    text = row[column] if column < len(row) else ""
    return " ".join(text.split()).replace("|", "\\|")


def _tidy(piece: Piece) -> Piece:
    if piece.kind is BlockKind.TABLE:
        return piece
    lines = (" ".join(line.split()) for line in piece.text.split("\n"))
    glue = "\n" if piece.kind is BlockKind.PARAGRAPH else " "
    return replace(piece, text=glue.join(line for line in lines if line))


def _drop_repeated(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop a heading that only repeats the heading right above it."""
    kept: list[Piece] = []
    for piece in pieces:
        same = kept and kept[-1].kind is piece.kind is BlockKind.HEADING
        if not (same and kept[-1].text.casefold() == piece.text.casefold()):
            kept.append(piece)
    return kept


def _mend(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a paragraph that a page break cut in the middle of a sentence."""
    mended: list[Piece] = []
    for piece in pieces:
        if mended and _continues(mended[-1], piece):
            before = mended.pop()
            last = piece.last_page or piece.page
            piece = replace(before, text=f"{before.text} {piece.text}", last_page=last)
        mended.append(piece)
    return mended


def _continues(before: Piece, piece: Piece) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or not piece.text[0].islower():
        return False
    if ends_sentence(before.text) or "\n" in before.text or re.match(r"\w\)", piece.text):
        return False
    if len(before.text) < _SHORTEST_BROKEN or "@" in piece.text.split()[0]:
        return False
    if before.kind is BlockKind.LIST:
        return before.page is not None and piece.page != (before.last_page or before.page)
    return before.kind is BlockKind.PARAGRAPH


def _split_breaks(pieces: Sequence[Piece]) -> list[Piece]:
    """Make rows of a paragraph with line breaks, unless it is prose broken for looks."""
    split: list[Piece] = []
    for piece in pieces:
        lines = piece.text.split("\n")
        if piece.kind is not BlockKind.PARAGRAPH or len(lines) == 1:
            split.append(piece)
        elif all(map(_is_row, lines)):
            split.extend(replace(piece, text=line) for line in lines)
        else:
            split.append(replace(piece, text=" ".join(lines)))
    return split


def _is_row(text: str) -> bool:
    fits = len(text) <= _LONGEST_ROW and not ends_sentence(text)
    return fits and not text[0].islower()


def _find_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn runs of bare rows into items: addressees, dates, signatures.

    Three rows or more in a run, or two that are all there is under a heading.
    """
    out = list(pieces)
    at = 0
    while at < len(out):
        end = at
        while end < len(out) and out[end].kind is BlockKind.PARAGRAPH and _is_row(out[end].text):
            end += 1
        alone = end - at == 2 and at > 0 and out[at - 1].kind is BlockKind.HEADING
        alone = alone and (end == len(out) or out[end].kind is BlockKind.HEADING)
        if end - at >= 3 or alone:
            # A row that leads in to the list after it stays a paragraph.
            stop = end - 1 if end < len(out) and out[end].kind is BlockKind.LIST else end
            out[at:stop] = [replace(row, kind=BlockKind.LIST) for row in out[at:stop]]
        at = max(end, at + 1)
    return out


def _leads_in(block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) > _LONGEST_LEAD_IN:
        return block.kind is BlockKind.PARAGRAPH and block.text.endswith(":")
    return block.text.endswith(":") or not ends_sentence(block.text)


def _block(piece: Piece) -> Block:
    level = min(max(piece.level, 1), 6) if piece.kind is BlockKind.HEADING else 0
    return Block(piece.kind, piece.text, level, piece.page, piece.last_page or piece.page)


def _list_block(lead: Block | None, items: Sequence[Piece]) -> Block:
    lines = [lead.text] if lead else []
    lines += [f"{'  ' * item.level}{item.marker} {item.text}" for item in items]
    pages = [page for item in items for page in (item.page, item.last_page) if page is not None]
    first = lead.page if lead else (pages[0] if pages else None)
    last = pages[-1] if pages else first
    return Block(BlockKind.LIST, "\n".join(lines), 0, first, last)
