"""Find the tables of a PDF: by its tags, else by words that stand in columns."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import pstdev

from ingest.pdf.lines import Line
from ingest.pdf.table_rows import SAME_COLUMN, Cell, Row, read_rows
from ingest.pdf.table_text import join_cells
from ingest.text.hyphens import Vocabulary
from ingest.text.markers import item_marker

_CELL_ROLES = frozenset({"TD", "TH"})
_NOT_TABULAR = re.compile(r"[•●▪–-]|\d{1,3}[.)]|[a-zåäö]\)|\d{1,3}(?:\s?[a-z])?\s?§§?|.*\.{4,}.*")
_WIDEST_PROSE = 45  # mean characters a cell: more than this in every column is two text columns


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cell texts and the pages they stand on."""

    rows: tuple[tuple[str, ...], ...]
    page: int
    last_page: int


def find_tables(lines: Sequence[Line], vocabulary: Vocabulary) -> list[Line | Table]:
    """Return the lines in order, those of each table replaced by the table."""
    if any(line.tag.role in _CELL_ROLES for line in lines):
        return _tagged_tables(lines, vocabulary)
    rows = read_rows(lines)
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
            texts = join_cells([list(row.values()) for row in rows.values()], vocabulary)
            out.append(Table(texts, cells[0].page, cells[-1].page))
        else:
            end = max(end, at + 1)
            out.extend(lines[at:end])
        at = end
    return out


def _table_end(rows: Sequence[Row], start: int) -> int:
    """Return the index after the last row of a table that starts here; `start` if none does."""
    end = start
    while end < len(rows) and len(rows[end].cells) > 1 and not _is_listed(rows[end]):
        end += 1
    run = rows[start:end]
    columns = Counter(len(row.cells) for row in run).most_common(1)[0][0] if run else 0
    enough = len(run) >= (2 if columns > 2 else 3)
    return end if enough and _stands_in_columns(run, columns) else start


def _is_listed(row: Row) -> bool:
    first = row.cells[0].parts[0][1].strip()
    bullet = len(first) <= 3 and item_marker(f"{first} x") is not None
    return bullet or _NOT_TABULAR.fullmatch(first) is not None


def _stands_in_columns(rows: Sequence[Row], columns: int) -> bool:
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


def _table(rows: Sequence[Row], vocabulary: Vocabulary) -> Table:
    columns = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    full = [row for row in rows if len(row.cells) == columns]
    starts = [sum(row.cells[n].x for row in full) / len(full) for n in range(columns)]
    texts = join_cells([_place(row.cells, starts) for row in rows], vocabulary)
    return Table(texts, rows[0].page, rows[-1].page)


def _place(cells: Sequence[Cell], starts: Sequence[float]) -> list[list[str]]:
    """Return the lines of each column; a row with too few cells is parted at the columns."""
    out: list[list[str]] = [[] for _ in starts]
    if len(cells) == len(starts):
        return [[text for _, text in cell.parts] for cell in cells]
    for cell in cells:
        first = at = min(range(len(starts)), key=lambda n: abs(starts[n] - cell.x))
        for word in cell.words:
            meets = [n for n, start in enumerate(starts) if abs(start - word.x) < SAME_COLUMN]
            at = meets[0] if meets else at
            if out[at] and not meets:
                out[at][-1] += f" {word.text}"
            else:
                out[at].append(word.text)
        wrapped = cell.parts[1:] if cell.words else cell.parts
        out[first].extend(text for _, text in wrapped)
    return out
