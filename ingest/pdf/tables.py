"""Find the tables of a PDF: by its tags, else by words that stand in columns."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import pstdev

from ingest.pdf.align import Word
from ingest.pdf.lines import Line
from ingest.pdf.runs import Run
from ingest.text.hyphens import Vocabulary, join_pair
from ingest.text.plain_text import item_marker

_CELL_ROLES = frozenset({"TD", "TH"})
_NOT_TABULAR = re.compile(r"[•●▪–-]|\d{1,3}[.)]|[a-zåäö]\)|\d{1,3}(?:\s?[a-z])?\s?§§?|.*\.{4,}.*")
_SAME_COLUMN = 3.0  # points
_BETWEEN_CELLS = 1.5  # times the type size
_FEWEST_CELLS = 3  # of a row of a scanned table, whose wrapped lines come after the row
_WIDEST_PROSE = 45  # mean characters a cell: more than this in every column is two text columns


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts and the pages they stand on."""

    rows: tuple[tuple[str, ...], ...]
    page: int
    last_page: int


@dataclass(slots=True)
class _Cell:
    """A cell as found: where it starts and ends in points, its lines as (y, text), its words."""

    x: float
    end: float
    parts: list[tuple[float, str]]
    words: list[Word]

    @property
    def length(self) -> int:
        return sum(len(text) for _, text in self.parts)


@dataclass(slots=True)
class _Row:
    page: int
    y: float
    size: float
    first: int
    last: int
    slack: float
    cells: list[_Cell] = field(default_factory=list)


def find_tables(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line | Table]:
    """Return the lines in order, those of each table replaced by the table."""
    if any(line.tag.role in _CELL_ROLES for line in lines):
        return _tagged_tables(lines, vocabulary)
    rows = _read_rows(lines)
    out: list[Line | Table] = []
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at:
            out.append(_table(rows[at:end], vocabulary))
        else:
            end = at + 1
            out.extend(lines[rows[at].first : rows[at].last + 1])
        at = end
    return out


def _tagged_tables(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line | Table]:
    out: list[Line | Table] = []
    at = 0
    while at < len(lines):
        end = at
        table = lines[at].tag.table
        while end < len(lines) and table and lines[end].tag.table == table:
            end += 1
        cells = [line for line in lines[at:end] if line.tag.role in _CELL_ROLES]
        rows: dict[int, dict[int, list[str]]] = {}
        for line in cells:
            blank = " " if line.runs[-1].text.endswith(" ") else ""
            row = rows.setdefault(line.tag.row, {})
            row.setdefault(line.tag.element, []).append(line.text + blank)
        if len(rows) > 1 and max(len(row) for row in rows.values()) > 1:
            out.extend(line for line in lines[at:end] if line.tag.role not in _CELL_ROLES)
            texts = _texts([list(row.values()) for row in rows.values()], vocabulary)
            out.append(Table(texts, cells[0].page, cells[-1].page))
        else:
            end = max(end, at + 1)
            out.extend(lines[at:end])
        at = end
    return out


def _read_rows(lines: Sequence[Line]) -> list[_Row]:
    """Gather lines into rows: the cells of a row come one after another, wrapped lines and all."""
    rows: list[_Row] = []
    for index, line in enumerate(lines):
        cells = _cells(line)
        row = rows[-1] if rows and rows[-1].page == line.page else None
        if row is not None and cells[0].x > row.cells[-1].x + line.size:
            if abs(line.y - row.y) < 0.4 * line.size:
                row.cells.extend(cells)
                row.last = index
                continue
            if abs(line.y - row.cells[-1].parts[-1][0]) < 0.4 * line.size:
                rows.append(_take_last_part(row, index, cells))
                continue
        elif row is not None and (cell := _wrapped(row, cells, line)) is not None:
            cell.parts.append(cells[0].parts[0])
            cell.end = max(cell.end, cells[0].end)
            row.last = index
            continue
        slack = 0.25 * line.size if line.scanned else 0.1
        rows.append(_Row(line.page, line.y, line.size, index, index, slack, cells))
    return rows


def _cells(line: Line) -> list[_Cell]:
    """Part a line where the next word starts well after the last one has ended."""
    cells: list[_Cell] = []
    for run in line.runs:
        for index, word in enumerate(run.words or [_guess(run)]):
            blank = run.text[:1].isspace() if index == 0 else True
            if cells and word.x - cells[-1].end < _BETWEEN_CELLS * run.size:
                y, text = cells[-1].parts[-1]
                gap = " " if blank and not text.endswith(" ") else ""
                cells[-1].parts[-1] = (y, f"{text}{gap}{word.text}")
                cells[-1].end = word.end
                cells[-1].words.append(word)
            else:
                cells.append(_Cell(word.x, word.end, [(line.y, word.text)], [word]))
        if cells and run.text[-1:].isspace():
            y, text = cells[-1].parts[-1]
            cells[-1].parts[-1] = (y, f"{text} ")
    return cells


def _guess(run: Run) -> Word:
    """Return a run as one word, as wide as its letters usually are."""
    text = run.text.strip()
    width = (0.7 if text.isupper() else 0.52) * run.size * len(text)
    return Word(text, run.x, run.x + width)


def _wrapped(row: _Row, cells: Sequence[_Cell], line: Line) -> _Cell | None:
    """Return the cell that a line goes on with: the last, or on a scanned page any of a row."""
    if len(cells) != 1 or abs(row.size - line.size) >= max(0.5, row.slack):
        return None
    last = row.cells[-1]
    if 0 < last.parts[-1][0] - line.y < 1.7 * line.size and abs(cells[0].x - last.x) < 2:
        return last
    if line.scanned and len(row.cells) >= _FEWEST_CELLS:
        for cell, following in pairwise(row.cells):
            under = 0 < cell.parts[-1][0] - line.y < 1.4 * line.size
            fits = abs(cells[0].x - cell.x) < _SAME_COLUMN and cells[0].end < following.x
            if under and fits:
                return cell
    return None


def _take_last_part(row: _Row, index: int, cells: list[_Cell]) -> _Row:
    """Split off a wrapped line that turns out to be the first cell of the next row."""
    cell = row.cells[-1]
    y, text = cell.parts.pop()
    first = row.last
    row.last -= 1
    head = _Cell(cell.x, cell.x + 0.52 * row.size * len(text), [(y, text)], [])
    return _Row(row.page, y, row.size, first, index, row.slack, [head, *cells])


def _table_end(rows: Sequence[_Row], start: int) -> int:
    """Return the index after the last row of a table that starts here; `start` if none does."""
    end = start
    while end < len(rows) and len(rows[end].cells) > 1 and not _is_listed(rows[end]):
        end += 1
    run = rows[start:end]
    columns = Counter(len(row.cells) for row in run).most_common(1)[0][0] if run else 0
    enough = len(run) >= (2 if columns > 2 else 3)
    return end if enough and _stands_in_columns(run, columns) else start


def _is_listed(row: _Row) -> bool:
    first = row.cells[0].parts[0][1].strip()
    bullet = len(first) <= 3 and item_marker(f"{first} x") is not None
    return bullet or _NOT_TABULAR.fullmatch(first) is not None


def _stands_in_columns(rows: Sequence[_Row], columns: int) -> bool:
    full = [row for row in rows if len(row.cells) == columns]
    if len(full) < 0.6 * len(rows) or any(
        abs(row.size - rows[0].size) > row.slack for row in rows[1:-1]
    ):
        return False
    for column in range(columns):
        cells = [row.cells[column] for row in full]
        left = pstdev([cell.x for cell in cells])
        right = pstdev([cell.end for cell in cells])
        if min(left, right) > 6:
            return False
    lengths = [sum(row.cells[column].length for row in full) for column in range(columns)]
    return min(lengths) < _WIDEST_PROSE * len(full)


def _table(rows: Sequence[_Row], vocabulary: Vocabulary) -> Table:
    columns = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    full = [row for row in rows if len(row.cells) == columns]
    starts = [sum(row.cells[n].x for row in full) / len(full) for n in range(columns)]
    texts = _texts([_place(row.cells, starts) for row in rows], vocabulary)
    return Table(texts, rows[0].page, rows[-1].page)


def _texts(
    rows: Sequence[Sequence[Sequence[str]]], vocabulary: Vocabulary
) -> tuple[tuple[str, ...], ...]:
    """Join the lines of each cell.

    Where wrapped lines end in a blank, one that does not was broken inside a word.
    """
    wrapped = [line for row in rows for lines in row for line in lines[:-1]]
    blanks = any(line.endswith(" ") for line in wrapped)
    return tuple(
        tuple(_cell_text(lines, vocabulary, blanks=blanks) for lines in row) for row in rows
    )


def _place(cells: Sequence[_Cell], starts: Sequence[float]) -> list[list[str]]:
    """Return the lines of each column; a row with too few cells is parted at the columns."""
    out: list[list[str]] = [[] for _ in starts]
    if len(cells) == len(starts):
        return [[text for _, text in cell.parts] for cell in cells]
    for cell in cells:
        first = at = min(range(len(starts)), key=lambda n: abs(starts[n] - cell.x))
        for word in cell.words:
            meets = [n for n, start in enumerate(starts) if abs(start - word.x) < _SAME_COLUMN]
            at = meets[0] if meets else at
            if out[at] and not meets:
                out[at][-1] += f" {word.text}"
            else:
                out[at].append(word.text)
        wrapped = cell.parts[1:] if cell.words else cell.parts
        out[first].extend(text for _, text in wrapped)
    return out


def _cell_text(lines: Sequence[str], vocabulary: Vocabulary, *, blanks: bool) -> str:
    text = ""
    for line in lines:
        inside = blanks and text[-1:].isalpha() and line[:1].islower()
        text = text + line if inside else _join(text, line, vocabulary)
    return text.strip()


def _join(first: str, second: str, vocabulary: Vocabulary) -> str:
    """Join the lines of a cell; a narrow column breaks words even without a hyphen."""
    first, kept = first.rstrip(), second
    if not first:
        return kept
    ending, beginning = re.search(r"\w+$", first), re.match(r"\w+", second)
    if ending and beginning:
        known = vocabulary.whole
        start, rest = ending.group().lower(), beginning.group().lower()
        if known[start + rest] and not (known[start] and known[rest]):
            return first + kept
    # The blank at the end stays: it tells the next line that a word ended here.
    return join_pair(first, kept, vocabulary)
