"""The comment in a body that says which page of the source the text after it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SCANNED = "skannad"
_MARKER = re.compile(
    rf"<!--\s*sida\s+(?P<first>\d{{1,6}})(?:\s*[–-]\s*(?P<last>\d{{1,6}}))?"
    rf"(?P<scanned>,\s*{_SCANNED})?\s*-->"
)


@dataclass(frozen=True, slots=True)
class Pages:
    """The first and last page, from 1, that a text stands on.

    `scanned` says that it was read from a picture, and may be wrong in figures and signs.
    """

    first: int
    last: int
    scanned: bool = False


def read_marker(line: str) -> Pages | None:
    """Return the pages of a line that is a marker, as `<!-- sida 3–4, skannad -->`, else None."""
    match = _MARKER.fullmatch(line.strip())
    return _pages(match) if match else None


def find_markers(text: str) -> Iterator[tuple[int, Pages]]:
    """Yield every marker of a text: the offset where it ends, and its pages."""
    for match in _MARKER.finditer(text):
        yield match.end(), _pages(match)


def write_marker(pages: Pages) -> str:
    """Return the marker of pages."""
    last = f"–{pages.last}" if pages.last != pages.first else ""
    return f"<!-- sida {pages.first}{last}{f', {_SCANNED}' if pages.scanned else ''} -->"


def _pages(match: re.Match[str]) -> Pages:
    first = int(match["first"])
    return Pages(first, int(match["last"] or first), match["scanned"] is not None)
