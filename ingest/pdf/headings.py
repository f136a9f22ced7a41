"""Find the headings among the lines of a PDF: by tag, by what is listed, by type."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.pdf.align import Word
from ingest.pdf.contents import is_entry
from ingest.pdf.lines import Line
from ingest.pdf.style import Style

_ROLE = re.compile(r"H[1-6]?|Title")
_LARGER = 1.12
_LONGEST = 160  # characters of one line
_MOST_CHARACTERS = 260  # of a heading that runs over several lines
_MOST_LINES = 3
_MOST_LARGE_LINES = 6
_CLOSES = re.compile(r"(?<!\bm\.m)(?<!\bkap)(?<!\bbl\.a)[.;,:]$")
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|\d{1,2} kap\.|[A-ZÅÄÖ]\.|§ ?\d+|\d+ ?§)$")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.? [A-ZÅÄÖ]")
_SHORTEST_BODY = 30  # characters of a line under the heading of a scanned page
_COLUMN_GAP = 1.8  # times the type size
_APART = 1.2  # times the leading
_Face = tuple[float, bool, bool]


def mark_headings(lines: Sequence[Line], style: Style) -> list[Line]:
    """Return the lines with `heading` set, to the level from 1 to 6, on those that are headings.

    Tags decide where there are any. Else a line is a heading when bookmarks or the table of
    contents list it, or when it stands out from the body: larger, bold, or in italics and
    apart; in few lines, without the mark that ends a sentence.
    """
    out = list(lines)
    faces: list[tuple[int, _Face]] = []
    beside = _beside(lines)
    for start, end in _blocks(lines, style):
        block = lines[start:end]
        rowed = any(index in beside or _is_row(lines[index]) for index in range(start, end))
        for index in range(start, end):
            line = lines[index]
            if line.tag.role:
                level = _tag_level(line.tag.role)
            elif line.hint:
                level = line.hint
            else:
                above = lines[start - 1] if start else None
                below = lines[end] if end < len(lines) else None
                if _stands_out(line, block, above, style, rowed=rowed) or (
                    line.scanned and _sits_over(block, above, below, style)
                ):
                    faces.append((index, _face(line)))
                level = 0
            out[index] = replace(line, heading=level)
    ranks = {face: min(n, 6) for n, face in enumerate(_ranked({f for _, f in faces}), start=1)}
    for index, face in faces:
        out[index] = replace(out[index], heading=ranks[face])
    return out


def _tag_level(role: str) -> int:
    if _ROLE.fullmatch(role) is None:
        return 0
    return int(role[1]) if re.fullmatch(r"H[1-6]", role) else 1


def _face(line: Line) -> _Face:
    return line.size, line.bold, line.italic


def _ranked(faces: set[_Face]) -> list[_Face]:
    """Return faces by weight: size, then bold, then upright before italic."""
    return sorted(faces, key=lambda face: (-face[0], not face[1], face[2]))


def _blocks(lines: Sequence[Line], style: Style) -> Iterator[tuple[int, int]]:
    """Yield the bounds of runs of lines in one face that stand right under one another."""
    start = 0
    for index, (above, below) in enumerate(pairwise(lines), start=1):
        near = above.page == below.page
        leading = max(style.leading, 1.25 * below.size)
        near = near and 0 < above.y - below.y <= _APART * leading
        if not near or _face(above) != _face(below):
            yield start, index
            start = index
    if lines:
        yield start, len(lines)


def _stands_out(
    line: Line, block: Sequence[Line], above: Line | None, style: Style, *, rowed: bool
) -> bool:
    text = line.text
    if not 3 <= len(text) <= _LONGEST or re.search(r"[^\W\d_]{3}", text) is None:
        return False
    if is_entry(text) or sum(len(one.text) for one in block) > _MOST_CHARACTERS:
        return False
    if line.size >= _LARGER * style.size:
        return len(block) <= _MOST_LARGE_LINES
    if line.size < 0.95 * style.size or len(block) > _MOST_LINES or rowed:
        return False
    if _CLOSES.search(block[-1].text):
        return False
    if line.bold:
        return style.bold_is_rare
    slanted = all(run.italic for run in line.runs)
    return slanted and style.italic_is_rare and _is_apart(block, above, style)


def _sits_over(block: Sequence[Line], above: Line | None, below: Line | None, style: Style) -> bool:
    """Return whether a short block stands nearer to the text below it than to that above.

    For scanned pages, of which the weight of the type is not known.
    """
    first, last = block[0], block[-1]
    short = len(block) <= _MOST_LINES and len(last.text) < 0.75 * style.length(last)
    opens = first.text[:1].isupper() or _NUMBERED.match(first.text) is not None
    if not short or _CLOSES.search(last.text) or not opens:
        return False
    if below is None or below.page != last.page or len(below.text) < _SHORTEST_BODY:
        return False
    under = last.y - below.y
    if not 0 < under <= 1.8 * style.leading:
        return False
    if above is None or above.page != first.page or above.y <= first.y:
        return True
    return above.y - first.y > max(1.25 * under, 1.5 * style.leading)


def _is_apart(block: Sequence[Line], above: Line | None, style: Style) -> bool:
    """Return whether a block opens a column, or has more than the usual space above it."""
    first = block[0]
    if not (first.text[:1].isupper() or first.text[:1].isdigit()):
        return False
    if above is None or above.page != first.page or above.y <= first.y:
        return True
    return above.y - first.y > _APART * style.leading or above.heading > 0


def _beside(lines: Sequence[Line]) -> set[int]:
    """Return the indices of lines that stand beside the line before: cells of a row."""
    found: set[int] = set()
    for index, (before, after) in enumerate(pairwise(lines), start=1):
        level = before.page == after.page and abs(before.y - after.y) < 0.3 * after.size
        if level and _NUMBER.fullmatch(before.text) is None:
            found |= {index - 1, index}
    return found


def _is_row(line: Line) -> bool:
    """Return whether words stand in columns: the head of a table, not a heading."""
    words: list[tuple[Word, float]] = [(w, run.size) for run in line.runs for w in run.words]
    seen = ""
    for (before, size), (after, _) in pairwise(words):
        seen = f"{seen} {before.text}".strip()
        if after.x - before.end > _COLUMN_GAP * size and _NUMBER.fullmatch(seen) is None:
            return True
    return False
