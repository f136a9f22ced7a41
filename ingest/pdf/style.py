"""Measure the type of a PDF: its body size, its leading, its columns."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.pdf.contents import squeeze
from ingest.pdf.lines import Line
from ingest.pdf.tags import Tag

_HEADING_ROLE = re.compile(r"H[1-6]?|Title")
_TAGGED_SHARE = 0.5
_FEWEST_HEADING_TAGS = 2
_RARE = 0.35
_COMMON = 0.3  # of the commonest
_RIGHT_HALF = 0.42
_SHORTEST_PROSE = 20
_FEWEST_LINES = 4
_USUAL_LENGTH = 60.0
_SHORTEST_LINE = 40.0  # a full line is never taken to be shorter than this
_WIDEST_LEADING = 2.4  # times the type size: more is space between paragraphs


@dataclass(frozen=True, slots=True)
class Style:
    """The body type of a document.

    `size` and `leading` are in points. `wide` is the number of characters a full line has,
    `narrow` the same in columns, which lie between two heights on the pages of `columns`.
    """

    size: float
    leading: float
    wide: float
    narrow: float
    columns: Mapping[int, tuple[float, float]]
    bold_is_rare: bool
    italic_is_rare: bool

    def length(self, line: Line) -> float:
        """Return the number of characters a full line has where this line stands."""
        return self.narrow if _is_within(line, self.columns) else self.wide


def settle_tags(lines: Sequence[Line]) -> list[Line]:
    """Drop tags that say too little: on less than half the text, or with hardly a heading."""
    total = sum(len(line.text) for line in lines)
    tagged = sum(len(line.text) for line in lines if line.tag.role)
    if tagged < _TAGGED_SHARE * total:
        return [replace(line, tag=Tag()) for line in lines]
    headings = sum(_HEADING_ROLE.fullmatch(line.tag.role) is not None for line in lines)
    if headings >= _FEWEST_HEADING_TAGS:
        return list(lines)
    plain = {"P", "H", "Title", "H1", "H2", "H3", "H4", "H5", "H6"}
    return [replace(line, tag=Tag()) if line.tag.role in plain else line for line in lines]


def read_style(lines: Sequence[Line]) -> Style:
    """Measure the body type."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    size = weights.most_common(1)[0][0] if weights else 10.0
    body = [line for line in lines if abs(line.size - size) < 0.3]
    gaps = Counter(
        round(above.y - below.y, 1)
        for above, below in pairwise(body)
        if above.page == below.page and 0 < above.y - below.y < _WIDEST_LEADING * size
    )
    columns = _find_columns(body)
    total = sum(weights.values())
    return Style(
        size,
        _leading(gaps, size),
        _full_length([line for line in body if not _is_within(line, columns)] or body),
        _full_length([line for line in body if _is_within(line, columns)] or body),
        columns,
        sum(len(line.text) for line in lines if line.bold) < _RARE * total,
        sum(len(line.text) for line in lines if line.italic) < _RARE * total,
    )


def _leading(gaps: Counter[float], size: float) -> float:
    """Return the least space between lines that is common: more of it parts paragraphs."""
    often = max(gaps.values(), default=0)
    usual = [gap for gap, times in gaps.items() if times >= _COMMON * often and gap >= size]
    return min(usual, default=1.2 * size)


def _find_columns(body: Sequence[Line]) -> dict[int, tuple[float, float]]:
    """Return page to the heights between which lines start in the right half of the text."""
    if not body:
        return {}
    left = min(line.x for line in body)
    reach = 0.45 * body[0].size * _full_length(body)
    found: dict[int, list[float]] = {}
    for line in body:
        if line.x > left + _RIGHT_HALF * reach and len(line.text) > _SHORTEST_PROSE:
            found.setdefault(line.page, []).append(line.y)
    return {
        page: (min(heights) - 1, max(heights) + 1)
        for page, heights in found.items()
        if len(heights) >= _FEWEST_LINES
    }


def _is_within(line: Line, columns: Mapping[int, tuple[float, float]]) -> bool:
    low, high = columns.get(line.page, (1.0, 0.0))
    return low <= line.y <= high


def _full_length(lines: Sequence[Line]) -> float:
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return _USUAL_LENGTH
    return max(_SHORTEST_LINE, lengths[int(0.85 * (len(lengths) - 1))])


def read_outline(reader: PdfReader) -> dict[str, int]:
    """Return the bookmarks as squeezed title to level; none when they cannot be read."""
    found: dict[str, int] = {}
    try:
        stack: list[tuple[int, Any]] = [(1, reader.outline)]
        while stack:
            level, entries = stack.pop()
            for entry in entries:
                if isinstance(entry, list):
                    stack.append((level + 1, entry))
                elif entry.title and len(squeeze(str(entry.title))) > 3:
                    found.setdefault(squeeze(str(entry.title)), min(level, 6))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, AssertionError):
        # pypdf lets all of these out of broken outlines; they are only a hint.
        return {}
    return found
