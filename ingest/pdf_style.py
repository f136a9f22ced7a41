"""Judge from type and tags what the lines of a PDF are: headings, notes, body."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.pdf_lines import Line
from ingest.pdf_tags import Tag

_HEADING_ROLE = re.compile(r"H[1-6]?|Title")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d+$")
_LONGEST_HEADING = 160
_LARGER = 1.12
_TAGGED_SHARE = 0.5
_FEWEST_HEADING_TAGS = 2
_RIGHT_HALF = 0.42
_SHORTEST_PROSE = 20
_FEWEST_LINES = 4
_USUAL_LENGTH = 60.0
_SHORTEST_LINE = 40.0  # a full line is never taken to be shorter than this
_WIDEST_LEADING = 2.4  # times the type size: more is space between paragraphs


@dataclass(frozen=True, slots=True)
class Style:
    """The body type of a document, and the level of each heading type.

    `size` and `leading` are in points. `wide` is the number of characters a full line has,
    `narrow` the same in columns, which lie between two heights on the pages of `columns`.
    `outline` maps squeezed bookmark titles to their level.
    """

    size: float
    leading: float
    wide: float
    narrow: float
    columns: Mapping[int, tuple[float, float]]
    bold_is_rare: bool
    levels: Mapping[tuple[float, bool], int]
    outline: Mapping[str, int]

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


def read_style(lines: Sequence[Line], outline: Mapping[str, int]) -> Style:
    """Measure the body type and rank the heading types of untagged lines."""
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
    bold = sum(len(line.text) for line in lines if line.bold)
    style = Style(
        size,
        gaps.most_common(1)[0][0] if gaps else 1.2 * size,
        _full_length([line for line in body if not _is_within(line, columns)] or body),
        _full_length([line for line in body if _is_within(line, columns)] or body),
        columns,
        bold < 0.35 * sum(weights.values()),
        {},
        outline,
    )
    kinds = {(line.size, line.bold) for line in lines if is_heading(line, style)}
    ranked = sorted(kinds, reverse=True)
    return replace(style, levels={kind: min(n, 6) for n, kind in enumerate(ranked, start=1)})


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


def is_heading(line: Line, style: Style) -> bool:
    """Return whether a line is a heading, or a line of one."""
    if line.tag.role:
        return _HEADING_ROLE.fullmatch(line.tag.role) is not None
    text = line.text
    if squeeze(text) in style.outline:
        return True
    if not 3 <= len(text) <= _LONGEST_HEADING or re.search(r"[^\W\d_]{3}", text) is None:
        return False
    if is_contents(text):
        return False
    if line.size >= _LARGER * style.size:
        return True
    bold = line.bold and style.bold_is_rare and line.size >= 0.95 * style.size
    return bold and re.search(r"[.;,:]$", text) is None


def heading_level(line: Line, style: Style) -> int:
    """Return 1-6."""
    role = line.tag.role
    if role:
        return int(role[1]) if re.fullmatch(r"H[1-6]", role) else 1
    hinted = style.outline.get(squeeze(line.text))
    return hinted or style.levels.get((line.size, line.bold), 6)


def is_contents(text: str) -> bool:
    """Return whether a line is of a table of contents: leader dots and a page number."""
    return _CONTENTS.search(text) is not None


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


def squeeze(text: str) -> str:
    """Return letters and digits only, lower-case: for comparing titles."""
    return re.sub(r"[\W_]+", "", text).casefold()
