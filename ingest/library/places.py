"""Say where something stands in a Document's text: on which page of the source, on which line."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from ingest.library.page_marker import find_markers


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the source (None where it has no pages) and a line of the text, from 1."""

    page: int | None
    line: int

    def __str__(self) -> str:
        """Return the place as a person says it: `s. 3, rad 41`."""
        return f"s. {self.page}, rad {self.line}" if self.page else f"rad {self.line}"


class Places:
    """The places of one text, looked up by character offset."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0] + [match.end() for match in re.finditer("\n", text)]
        markers = [(end, pages.first) for end, pages in find_markers(text)]
        self._pages = [0, *(at for at, _ in markers)]
        self._numbers = [None, *(number for _, number in markers)]

    def at(self, offset: int) -> Place:
        """Return the place of an offset; a block over several pages counts as on its first."""
        page = self._numbers[bisect_right(self._pages, offset) - 1]
        return Place(page, bisect_right(self._lines, offset))

    def of(self, words: str, *, page: int | None = None, start: int = 0) -> Place | None:
        """Return where words stand first from `start` on, on the page if one is given.

        Words that are not on that page are looked for on any; None if they stand nowhere.
        """
        first = at = self._text.find(words, start) if words else -1
        while at >= 0 and page is not None and self.at(at).page != page:
            at = self._text.find(words, at + 1)
        at = at if at >= 0 else first
        return self.at(at) if at >= 0 else None
