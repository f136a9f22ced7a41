"""Take tables of contents out of a PDF's lines; what they list tells what is a heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.pdf.lines import Line

_LEADER = re.compile(r"^(?P<title>.*?)[\s.]*(?:\.\s?){4,}\s*(?P<page>\d{1,4})$")
_NUMBERED = re.compile(r"^(?P<title>.*[^\W\d_].*?)\s+(?P<page>\d{1,3})$")
_HEADING = re.compile(r"innehåll(?:sförteckning)?|contents|table of contents", re.I)
_MOST_BETWEEN = 3  # lines of one entry
_FEWEST = 3  # entries
_LONGEST_TITLE = 4  # lines of a heading
_INDENT = 4.0  # points


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a table of contents: the lines it is set on, its title, its page."""

    first: int
    last: int
    title: str
    page: int
    x: float


def part_contents(lines: Sequence[Line]) -> tuple[list[Line], dict[str, int]]:
    """Return the lines without tables of contents, and squeezed title to level of their entries.

    An entry ends in leader dots and a page number; under a heading that says "Innehåll" the
    number is enough, as long as the numbers do not fall.
    """
    titles: dict[str, int] = {}
    dropped: set[int] = set()
    for block in _blocks(lines):
        indents = sorted({round(entry.x / _INDENT) for entry in block})
        for entry in block:
            level = min(1 + indents.index(round(entry.x / _INDENT)), 6)
            whole = " ".join(line.text for line in lines[entry.first : entry.last])
            for title in (entry.title, f"{whole} {entry.title}"):
                if len(squeeze(title)) > 3:
                    titles.setdefault(squeeze(title), level)
        start = block[0].first
        if start > 0 and _HEADING.fullmatch(lines[start - 1].text.strip()):
            start -= 1
        dropped.update(range(start, block[-1].last + 1))
    return [line for index, line in enumerate(lines) if index not in dropped], titles


def hint_headings(lines: Sequence[Line], titles: dict[str, int]) -> list[Line]:
    """Mark the lines that are, by themselves or with the next, a title that is listed."""
    out = list(lines)
    at = 0
    while at < len(out):
        text, found = "", 0
        for count, line in enumerate(out[at : at + _LONGEST_TITLE], start=1):
            text += squeeze(line.text)
            if line.page != out[at].page:
                break
            if text in titles:
                found = count
        for index in range(at, at + found):
            level = titles["".join(squeeze(line.text) for line in out[at : at + found])]
            out[index] = replace(out[index], hint=level)
        at += max(found, 1)
    return out


def squeeze(text: str) -> str:
    """Return letters and digits only, lower-case: for comparing titles."""
    return re.sub(r"[\W_]+", "", text).casefold()


def is_entry(text: str) -> bool:
    """Return whether a line is of a table of contents: leader dots and a page number."""
    return _LEADER.match(text) is not None


def _blocks(lines: Sequence[Line]) -> Iterator[list[_Entry]]:
    """Yield the tables of contents, each as its entries."""
    block: list[_Entry] = []
    free = 0
    under_heading = False
    for index, line in enumerate(lines):
        entry = _read(lines, index, free, block, numbered=under_heading)
        if entry is not None:
            block.append(entry)
            free = index + 1
        elif block and index - block[-1].last > _MOST_BETWEEN:
            if len(block) >= _FEWEST:
                yield block
            block, free, under_heading = [], index, False
        if _HEADING.fullmatch(line.text.strip()):
            block, free, under_heading = [], index + 1, True
        elif not block and index - free >= _MOST_BETWEEN:
            free = index - _MOST_BETWEEN + 1
            under_heading = False
    if len(block) >= _FEWEST:
        yield block


def _read(
    lines: Sequence[Line], index: int, free: int, block: Sequence[_Entry], *, numbered: bool
) -> _Entry | None:
    line = lines[index]
    match = _LEADER.match(line.text) or (_NUMBERED.match(line.text) if numbered else None)
    if match is None:
        return None
    page = int(match["page"])
    if numbered and block and page < block[-1].page and not is_entry(line.text):
        return None
    first = max(free, index - _MOST_BETWEEN + 1) if block else index
    return _Entry(first, index, match["title"].strip(" ."), page, lines[first].x)
