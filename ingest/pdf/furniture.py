"""Find what is printed on page after page: headers, footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf.lines import Line

_TOP = 0.86
_BOTTOM = 0.11
_OUTER = 0.2  # a page number that counts with the pages may stand this far in
_BAND = 6.0  # points: a header may sit a little higher on one page than on the next
_SHARE = 0.35
_LARGER = 1.3  # times the body's size
_SMALLER = 0.9
_EDGE = 0.06  # of the height: small type here is never the text, nor a note
_PAGE_NUMBER = re.compile(
    r"(?:[–-]\s*)?(?:(?:sida|sid|s\.|page)\s*)?\d{1,4}\s*"
    r"(?:(?:av|of|/)\s*\d{1,4}|\(\s*\d{1,4}\s*\))?(?:\s*[–-])?",
    re.I,
)
_SERIES = re.compile(r"[A-ZÅÄÖ][\w-]{1,10} \d{4}:\d+")  # "MSBFS 2020:7"


@dataclass(frozen=True, slots=True)
class _Margins:
    """What comes back: words at a height, numbers that count with the pages, the body's size."""

    counts: Counter[tuple[str, int]]
    offsets: Counter[int]
    body: float
    pages: int


def part_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[Line]]:
    """Return the pages without running lines, and the running lines.

    A line is running when the file marks it as an artifact, when it is a page number in a
    margin, or when its words, digits masked, come back at the same height on at least 35 % of
    the pages; small type at the very edge is running on a single page too. Larger or bold type
    may be a heading that happens to open two pages: it is running from the third time on, and
    large type on the first page stays.
    """
    margins = _read_margins(pages, heights)
    kept: list[list[Line]] = []
    furniture: list[Line] = []
    for lines, height in zip(pages, heights, strict=True):
        kept.append([])
        for line in lines:
            running = line.artifact or _is_running(line, height, margins)
            (furniture if running else kept[-1]).append(line)
    series = {line.text for line in furniture if _SERIES.fullmatch(line.text)}
    for lines in kept:
        lines[:] = [line for line in lines if line.text not in series]
    return kept, furniture


def _read_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> _Margins:
    counts: Counter[tuple[str, int]] = Counter()
    offsets: Counter[int] = Counter()
    sizes: Counter[float] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        keys = {_key(line) for line in lines if _in_margin(line, height)}
        counts.update((words, band + near) for words, band in keys for near in (-1, 0, 1))
        offsets.update({_offset(line) for line in lines if _is_number(line, height)})
        for line in lines:
            sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    return _Margins(counts, offsets, body, len(pages))


def _is_running(line: Line, height: float, margins: _Margins) -> bool:
    often = max(3.0, _SHARE * margins.pages)
    if _is_number(line, height) and margins.offsets[_offset(line)] >= often:
        return True
    if not _in_margin(line, height):
        return False
    if line.size <= _SMALLER * margins.body and _at_the_edge(line, height):
        return True
    large = line.size > _LARGER * margins.body
    if _PAGE_NUMBER.fullmatch(line.text) is not None and not large:
        return True
    times = margins.counts[_key(line)]
    if line.size <= margins.body and not line.bold:
        return times >= max(2.0, _SHARE * margins.pages)
    return times >= often and not (large and line.page == 1)


def _is_number(line: Line, height: float) -> bool:
    outer = line.y > (1 - _OUTER) * height or line.y < _OUTER * height
    return outer and re.fullmatch(r"\d{1,4}", line.text) is not None


def _offset(line: Line) -> int:
    return int(line.text) - line.page


def _in_margin(line: Line, height: float) -> bool:
    return line.y > _TOP * height or line.y < _BOTTOM * height


def _at_the_edge(line: Line, height: float) -> bool:
    return line.y > (1 - _EDGE) * height or line.y < _EDGE * height


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.y / _BAND)
