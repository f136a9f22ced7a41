"""Lines of a PDF to pieces: paragraphs joined over lines, columns and pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import BlockKind
from ingest.pdf.contents import is_entry
from ingest.pdf.lines import Line
from ingest.pdf.style import Style
from ingest.pdf.tables import Table
from ingest.text.hyphens import Vocabulary, join_lines
from ingest.text.markers import is_wrapped_marker, item_marker
from ingest.text.pieces import Piece, ends_sentence, table_text

_LONE_MARKER = re.compile(r"[•●▪■‣➢◦▫–—−\x7f\x95\ue000-\uf8ff-]|\d{1,2}[.)]|[a-zåäö]\)")
_SECTION = re.compile(r"\d{1,3}(?: ?[a-z])? ?§")  # a section of a statute is no list item
_CONTENTS = re.compile(r"innehåll(?:sförteckning)?|contents", re.I)
_LONGEST_HEADING = 220
_FARTHEST_MARKER = 60.0  # points from a list marker to its text


@dataclass(slots=True)
class _Open:
    """A piece that may still grow."""

    kind: BlockKind
    level: int
    marker: str
    lines: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def close(self, vocabulary: Vocabulary) -> Piece:
        text = join_lines(self.texts, vocabulary)
        kind = self.kind
        if kind is BlockKind.HEADING and len(text) > _LONGEST_HEADING:
            kind = BlockKind.PARAGRAPH
        return Piece(kind, text, self.level, self.marker, self.lines[0].page, self.lines[-1].page)


def attach_markers(lines: Sequence[Line]) -> list[Line]:
    """Put list markers that are drawn apart from their text in front of it."""
    markers = [line for line in lines if _LONE_MARKER.fullmatch(line.text)]
    out = [line for line in lines if not _LONE_MARKER.fullmatch(line.text)]
    for marker in markers:
        near = [
            (line.x - marker.x, index)
            for index, line in enumerate(out)
            if line.page == marker.page
            and abs(line.y - marker.y) < 0.5 * line.size
            and 0 < line.x - marker.x < _FARTHEST_MARKER
        ]
        if near:
            index = min(near)[1]
            out[index] = replace(out[index], text=f"{marker.text} {out[index].text}")
    return out


def read_pieces(
    items: Sequence[Line | Table], style: Style, vocabulary: Vocabulary
) -> Iterator[Piece]:
    """Yield the pieces of a document's lines and tables, in order."""
    growing: _Open | None = None
    contents = False
    for item in items:
        if isinstance(item, Table):
            if growing:
                contents = _CONTENTS.fullmatch(growing.texts[0]) is not None
                yield growing.close(vocabulary)
            growing = None
            if not (contents and _is_contents(item)):
                text = table_text(item.rows)
                yield Piece(BlockKind.TABLE, text, page=item.page, last_page=item.last_page)
            continue
        if is_entry(item.text) or item.tag.role == "TOCI":
            continue
        opened = _open(item, style, growing)
        if growing is not None and _grows(growing, opened, item, style):
            growing.lines.append(item)
            growing.texts.append(item.text)
            continue
        if growing:
            yield growing.close(vocabulary)
        growing = opened
    if growing:
        yield growing.close(vocabulary)


def nest_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with heading levels that leave none out: ranks of type often do."""
    path: list[int] = []
    out: list[Piece] = []
    for piece in pieces:
        if piece.kind is BlockKind.HEADING:
            path = [*(rank for rank in path if rank < piece.level), piece.level]
            piece = replace(piece, level=min(len(path), 6))
        out.append(piece)
    return out


def _is_contents(table: Table) -> bool:
    """Return whether a table is a table of contents: it only repeats the headings."""
    return all(row[-1].strip().isdigit() for row in table.rows)


def _open(line: Line, style: Style, growing: _Open | None) -> _Open:
    before = growing.lines[-1] if growing else None
    if line.heading:
        return _Open(BlockKind.HEADING, line.heading, "-", [line], [line.text])
    marked = item_marker(line.text)
    if marked and growing and before and not line.tag.role:
        wrapped = is_wrapped_marker(before.text, line.text, style.length(before))
        marked = None if wrapped and not _is_next(growing, marked[0]) else marked
    if marked is None and line.tag.role == "LI":
        starts = before is None or line.tag.element != before.tag.element
        marked = ("-", line.text) if starts and not _SECTION.match(line.text) else None
    if marked is not None:
        return _Open(BlockKind.LIST, 0, marked[0], [line], [marked[1]])
    return _Open(BlockKind.PARAGRAPH, 0, "-", [line], [line.text])


def _is_next(growing: _Open, marker: str) -> bool:
    """Return whether a marker follows that of the list item above it."""
    if growing.kind is not BlockKind.LIST:
        return False
    if marker == "-":
        return growing.marker == "-"
    return growing.marker != "-" and int(marker[:-1]) == int(growing.marker[:-1]) + 1


def _grows(growing: _Open, opened: _Open, line: Line, style: Style) -> bool:
    """Return whether a line goes on with the piece before it."""
    before = growing.lines[-1]
    if growing.kind is BlockKind.HEADING or opened.kind is BlockKind.HEADING:
        face = (before.size, before.bold, before.italic)
        alike = face == (line.size, line.bold, line.italic)
        same = opened.kind is growing.kind and opened.level == growing.level
        same = same or (growing.kind is BlockKind.HEADING and alike and not line.tag.role)
        if before.tag.element or line.tag.element:
            return same and before.tag.element == line.tag.element
        near = before.page == line.page and 0 < before.y - line.y < 1.5 * line.size
        return same and near
    if opened.kind is BlockKind.LIST:
        return False
    if before.tag.role and line.tag.role:
        if before.tag.element == line.tag.element:
            return True
        return before.tag.role == line.tag.role and _runs_on(before, line, style)
    if abs(before.size - line.size) >= 0.6:
        return False
    if before.italic != line.italic and ends_sentence(before.text):
        return False
    gap = before.y - line.y
    if before.page == line.page and gap > 0:
        return gap <= 1.25 * style.leading + 0.5 and not _ends_early(growing, line, style)
    return _runs_on(before, line, style)


def _runs_on(before: Line, line: Line, style: Style) -> bool:
    """Return whether a sentence goes on in the next column or on the next page."""
    if before.page == line.page and before.y > line.y and not _hyphenated(before):
        return False
    if ends_sentence(before.text):
        return False
    full = len(before.text) > 0.8 * style.length(before)
    return line.text[:1].islower() or _hyphenated(before) or full


def _ends_early(growing: _Open, line: Line, style: Style) -> bool:
    """Return whether the line before was the last of its paragraph: short, then a new start."""
    before = growing.lines[-1]
    if re.search(r"[-\u2010\u00ad,]$", before.text) or line.text[:1].islower():
        return False
    # The next word had room on the line: its author, not the margin, ended it there.
    room = len(before.text) + 1 + len(line.text.split()[0])
    had_room = room < (0.85 if ends_sentence(before.text) else 0.8) * style.length(before)
    return had_room and (growing.kind is BlockKind.PARAGRAPH or ends_sentence(before.text))


def _hyphenated(line: Line) -> bool:
    return re.search(r"\w[-\u2010\u00ad]$", line.text) is not None
