"""Gather the lines of a PDF into rows of cells, wherever words stand well apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.pdf.align import Word
from ingest.pdf.lines import Line
from ingest.pdf.runs import Run

SAME_COLUMN = 3.0  # points
_BETWEEN_CELLS = 1.5  # times the type size
_FEWEST_CELLS = 3  # of a row of a scanned table, whose wrapped lines come after the row


@dataclass(slots=True)
class Cell:
    """A cell as found: where it starts and ends in points, its lines as (y, text), its words."""

    x: float
    end: float
    parts: list[tuple[float, str]]
    words: list[Word]

    @property
    def length(self) -> int:
        """Return the number of characters in the cell."""
        return sum(len(text) for _, text in self.parts)


@dataclass(slots=True)
class Row:
    """Cells beside one another: `first` and `last` are the indices of their lines.

    `y`, `size` and `slack` are in points: where the row stands, its type, how much sizes may
    differ within it.
    """

    page: int
    y: float
    size: float
    first: int
    last: int
    slack: float
    cells: list[Cell] = field(default_factory=list)


def read_rows(lines: Sequence[Line]) -> list[Row]:
    """Gather lines into rows: the cells of a row come one after another, wrapped lines and all."""
    rows: list[Row] = []
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
        rows.append(Row(line.page, line.y, line.size, index, index, slack, cells))
    return rows


def _cells(line: Line) -> list[Cell]:
    """Part a line where the next word starts well after the last one has ended."""
    cells: list[Cell] = []
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
                cells.append(Cell(word.x, word.end, [(line.y, word.text)], [word]))
        if cells and run.text[-1:].isspace():
            y, text = cells[-1].parts[-1]
            cells[-1].parts[-1] = (y, f"{text} ")
    return cells


def _guess(run: Run) -> Word:
    """Return a run as one word, as wide as its letters usually are."""
    text = run.text.strip()
    width = (0.7 if text.isupper() else 0.52) * run.size * len(text)
    return Word(text, run.x, run.x + width)


def _wrapped(row: Row, cells: Sequence[Cell], line: Line) -> Cell | None:
    """Return the cell that a line goes on with: the last, or on a scanned page any of a row."""
    if len(cells) != 1 or abs(row.size - line.size) >= max(0.5, row.slack):
        return None
    last = row.cells[-1]
    if 0 < last.parts[-1][0] - line.y < 1.7 * line.size and abs(cells[0].x - last.x) < 2:
        return last
    if line.scanned and len(row.cells) >= _FEWEST_CELLS:
        for cell, following in pairwise(row.cells):
            under = 0 < cell.parts[-1][0] - line.y < 1.4 * line.size
            fits = abs(cells[0].x - cell.x) < SAME_COLUMN and cells[0].end < following.x
            if under and fits:
                return cell
    return None


def _take_last_part(row: Row, index: int, cells: list[Cell]) -> Row:
    """Split off a wrapped line that turns out to be the first cell of the next row."""
    cell = row.cells[-1]
    y, text = cell.parts.pop()
    first = row.last
    row.last -= 1
    head = Cell(cell.x, cell.x + 0.52 * row.size * len(text), [(y, text)], [])
    return Row(row.page, y, row.size, first, index, row.slack, [head, *cells])
