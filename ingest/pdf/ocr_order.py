"""Put recognised lines in reading order: bands from the top, columns from the left."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.pdf.align import Word
from ingest.pdf.lines import Line

_BAND = 1.4  # times the type size: empty space right across that parts one band from the next
_GUTTER = 1.0  # times the type size
_FEWEST = 3  # lines in a column
_WIDE = 2.0  # times the type size: no blank between words is as wide
_SHARE = 0.6  # of the lines of a band
_PROSE = 18  # characters on either side of a gutter
_UP, _DOWN = 0.75, 0.25  # of the type size: how far letters reach from their baseline


def order_lines(lines: Sequence[Line]) -> list[Line]:
    """Return lines in reading order, those that run over two columns of prose parted.

    Tesseract reads a column to its end, past a heading that starts two new ones, and takes
    short columns for one.
    """
    bands = _bands(lines)
    if len(bands) > 1:
        return [line for band in bands for line in order_lines(band)]
    columns = _columns(_part_at_gutter(lines))
    if len(columns) > 1:
        return [line for column in columns for line in order_lines(column)]
    return list(lines)


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines where there is empty space over the whole width; the order within is kept."""
    edges: list[float] = []
    low = None
    for line in sorted(lines, key=lambda line: -_top(line)):
        if low is not None and low - _top(line) > _BAND * line.size:
            edges.append(low)
        low = min(_bottom(line), low) if low is not None else _bottom(line)
    bands: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        bands[sum(line.y < edge for edge in edges)].append(line)
    return [band for band in bands if band]


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines at a gutter that none of them crosses, if there is a column on either side."""
    end = None
    for line in sorted(lines, key=_left):
        if end is not None and _left(line) - end > _GUTTER * line.size:
            sides = [
                [one for one in lines if (_left(one) < end) is before] for before in (True, False)
            ]
            if all(len(side) >= _FEWEST for side in sides):
                return sides
        end = max(_right(line), end) if end is not None else _right(line)
    return [list(lines)]


def _part_at_gutter(lines: Sequence[Line]) -> list[Line]:
    """Part the lines that a gutter of prose runs through; rows of a table stay whole."""
    wide = [line for line in lines if _gap(line) is not None]
    if len(wide) < max(_FEWEST, _SHARE * len(lines)):
        return list(lines)
    halves = [_halves(line) for line in wide]
    if any(sum(len(half[side].text) for half in halves) < _PROSE * len(halves) for side in (0, 1)):
        return list(lines)
    parted = {id(line): pair for line, pair in zip(wide, halves, strict=True)}
    return [part for line in lines for part in parted.get(id(line), (line,))]


def _gap(line: Line) -> int | None:
    """Return the number of the word after the only wide gap of a line."""
    words = line.runs[0].words
    wide = [
        number
        for number, (before, after) in enumerate(pairwise(words), start=1)
        if after.x - before.end > _WIDE * line.size
    ]
    return wide[0] if len(wide) == 1 else None


def _halves(line: Line) -> tuple[Line, Line]:
    at = _gap(line) or 0
    words = line.runs[0].words
    return _with_words(line, words[:at]), _with_words(line, words[at:])


def _with_words(line: Line, words: tuple[Word, ...]) -> Line:
    text = " ".join(word.text for word in words)
    run = replace(line.runs[0], text=text, x=words[0].x, words=words)
    return replace(line, text=text, x=words[0].x, runs=(run,))


def _top(line: Line) -> float:
    return line.y + _UP * line.size


def _bottom(line: Line) -> float:
    return line.y - _DOWN * line.size


def _left(line: Line) -> float:
    return line.runs[0].words[0].x


def _right(line: Line) -> float:
    return max(word.end for run in line.runs for word in run.words)
