"""Find what is printed on page after page: headers, footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.pdf_lines import Line

_TOP = 0.86
_BOTTOM = 0.11
_BAND = 6.0  # points: a header may sit a little higher on one page than on the next
_SHARE = 0.35
_PAGE_NUMBER = re.compile(
    r"(?:[–-]\s*)?(?:(?:sida|sid|s\.|page)\s*)?\d{1,4}\s*"
    r"(?:(?:av|of|/)\s*\d{1,4}|\(\s*\d{1,4}\s*\))?(?:\s*[–-])?",
    re.I,
)


def part_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[Line]]:
    """Return the pages without running lines, and the running lines.

    A line is running when the file marks it as an artifact, when it is a bare page number in a
    margin, or when its words, digits masked, come back at the same height on at least 35 % of
    the pages in type no larger than the body's.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        keys = {_key(line) for line in lines if _in_margin(line, height)}
        counts.update((words, band + near) for words, band in keys for near in (-1, 0, 1))
    least = max(2.0, _SHARE * len(pages))
    body = _body_size(pages)
    kept: list[list[Line]] = []
    furniture: list[Line] = []
    for lines, height in zip(pages, heights, strict=True):
        kept.append([])
        for line in lines:
            running = line.artifact or (
                _in_margin(line, height)
                and line.size <= body
                and (counts[_key(line)] >= least or _PAGE_NUMBER.fullmatch(line.text) is not None)
            )
            (furniture if running else kept[-1]).append(line)
    return kept, furniture


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the commonest type size: what is larger is a heading, however often it comes."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _in_margin(line: Line, height: float) -> bool:
    return line.y > _TOP * height or line.y < _BOTTOM * height


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.y / _BAND)
