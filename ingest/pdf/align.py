"""Find the text that pypdf reads among the letters that PDFium sees: places, blanks, ink."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ingest.pdf.letters import fold
from ingest.pdf.view import Fate, View

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_TRIES = 40
_UNMISTAKABLE = 12  # letters: so many in a row stand where they are found
_MOST_HIDDEN = 0.6  # share of a word's letters: when more are hidden the word is
_RAISED = 0.2  # of the type size: a digit that stands higher than this refers to a note
_DOTTED = frozenset("ÅÄÖ")
_KERNED = 0.1  # of the type size: no blank is as narrow as this
_NARROW = 0.4  # of the type size: about the least width of a letter


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page: its text, and the points along its line where it starts and ends."""

    text: str
    x: float
    end: float


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text as seen: its visible words, the words no one sees, doubtful ones.

    `opens` says that a blank stands before the first word.
    """

    words: tuple[Word, ...]
    hidden: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    opens: bool = False


class Aligner:
    """Follow one page: pypdf and PDFium report its text in the same order, mostly."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._at = 0
        self._used: set[int] = set()

    def find(self, text: str, x: float, y: float, size: float, direction: int) -> Found | None:
        """Find text whose first letter stands at (x, y), in points; None when it is not there.

        `direction` is the way it runs, in degrees. Text drawn again over itself, which PDFium
        reports once, has no words the second time.
        """
        letters = fold(text)
        start = self._locate(letters, x, y, size) if letters else None
        if start is None:
            return None
        taken = range(start, start + len(letters))
        if self._is_used(taken):
            return Found(())
        self._used.update(taken)
        self._at = taken.stop
        return self._read(text, start, y, size, direction)

    def has_ink(self, text: str, x: float, y: float, size: float, direction: int) -> bool:
        """Judge by the rough place of text that was not found whether it can be seen."""
        length = _NARROW * size * max(1, len(text.strip()))
        across, up = {0: (length, size), 90: (-size, length), 180: (-length, -size)}.get(
            direction, (size, -length)
        )
        box = np.array([[min(x, x + across), min(y, y + up), max(x, x + across), max(y, y + up)]])
        return bool(self._view.ink.shows(box)[0])

    def _locate(self, letters: str, x: float, y: float, size: float) -> int | None:
        """Return where the letters begin: where they should stand, else the next that are there.

        pypdf tells where the first show operator of a stretch began, blanks included.
        """
        near = 1.5 * size + 2
        likely: int | None = None
        echo: int | None = None
        for begin in (self._at, 0):
            at = begin - 1
            for _ in range(_MOST_TRIES):
                at = self._view.letters.find(letters, at + 1)
                if at < 0:
                    break
                left, bottom, right, top = self._view.boxes[at]
                across = left - near <= x <= right + near
                along = bottom - near <= y <= top + near
                if self._is_used(range(at, at + len(letters))):
                    echo = at if across and along else echo
                elif across and along:
                    return at
                elif likely is None and (across or along or len(letters) >= _UNMISTAKABLE):
                    likely = at
        if likely is None and echo is None and self._view.letters.count(letters) == 1:
            only = self._view.letters.find(letters)
            return None if self._is_used(range(only, only + len(letters))) else only
        return likely if likely is not None else echo

    def _is_used(self, letters: range) -> bool:
        return self._used.issuperset(letters)

    def _read(self, text: str, start: int, y: float, size: float, direction: int) -> Found:
        view, at = self._view, start
        kept: list[Word] = []
        lost: dict[Fate, list[str]] = {Fate.HIDDEN: [], Fate.DOUBTFUL: [], Fate.ECHO: []}
        for word in self._words(text, start, size):
            indices = range(at, at + len(fold(word)))
            at = indices.stop
            fate, times = Counter(view.fates[index] for index in indices).most_common(1)[0]
            if fate is not Fate.SEEN and times >= _MOST_HIDDEN * len(indices):
                lost[fate].append(word)
                if fate is not Fate.DOUBTFUL:
                    continue
            shown = self._raise(word, indices.start, y, size) if direction == 0 else word
            kept.append(Word(shown, *self._extent(indices, direction)))
        hidden, doubtful = tuple(lost[Fate.HIDDEN]), tuple(lost[Fate.DOUBTFUL])
        return Found(tuple(kept), hidden, doubtful, opens=view.starts[start])

    def _words(self, text: str, start: int, size: float) -> list[str]:
        """Part a text at the blanks that PDFium sees, which it takes from where letters stand.

        Some fonts draw Ä and Ö of two pieces, after which there seems to be a blank.
        """
        words: list[str] = []
        at = start
        for letter in text:
            count = len(fold(letter))
            if not count:
                continue
            left = self._view.boxes[at, 0] - self._view.boxes[at - 1, 2] if at else 0.0
            joined = words and words[-1] in _DOTTED and abs(left) < _KERNED * size
            if not words or (self._view.starts[at] and not joined):
                words.append("")
            words[-1] += letter
            at += count
        return words

    def _raise(self, word: str, start: int, y: float, size: float) -> str:
        """Write digits at the end of a word as raised where they stand raised."""
        ending = re.search(r"(?<=\D)\d{1,2}$", word)
        if ending is None or len(fold(word)) != len(word):
            return word
        first = start + ending.start()
        low = self._view.boxes[first : start + len(word), 1].min()
        return word[: ending.start()] + (
            ending.group().translate(_SUPERSCRIPTS) if low - y > _RAISED * size else ending.group()
        )

    def _extent(self, indices: range, direction: int) -> tuple[float, float]:
        boxes = self._view.boxes[indices.start : indices.stop]
        lines = {0: (0, 2, 1), 90: (1, 3, 1), 180: (2, 0, -1)}
        first, last, sign = lines.get(direction, (3, 1, -1))
        starts, ends = sign * boxes[:, first], sign * boxes[:, last]
        return float(starts.min()), float(ends.max())


def gaps(words: tuple[Word, ...]) -> list[float]:
    """Return the points between each word and the next."""
    return [after.x - before.end for before, after in pairwise(words)]
