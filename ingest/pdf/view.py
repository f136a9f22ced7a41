"""Look at a PDF page as its reader does: which of its letters can be seen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from ingest.pdf.covers import find_covers
from ingest.pdf.ink import Ink, read_ink
from ingest.pdf.letters import Letters, read_letters

_MOST_LETTERS = 200_000  # on one page
_UNPAINTED = frozenset({3, 7})  # render modes that put no ink on the page
_FILLED = 0  # the render mode of plain letters
_LIGHT = 180  # of 255: letters lighter than this are held against their ground
_TRANSPARENT = 25  # of 255
_SHARE = 0.5
_SAME_PLACE = 1.5  # points


class Fate(IntEnum):
    """What becomes of a letter on the page."""

    SEEN = 0
    HIDDEN = 1
    ECHO = 2  # drawn again in the same place: for bold, for shadow
    DOUBTFUL = 3  # something that may be opaque is drawn over it, yet there is ink


@dataclass(frozen=True, slots=True)
class View:
    """What PDFium sees of a page; one entry a letter, in the order they are drawn, no blanks.

    `letters` is folded as `fold` does; `boxes` has rows of left, bottom, right, top in points;
    `starts` says which begin a word. `is_picture` says that a
    picture covers the page; `is_layered` that its text is an unpainted layer over that picture,
    or lies under it: a scan that someone has run through OCR. `pictured`
    is the share of the page that pictures cover, `page` is PDFium's.
    """

    letters: str
    boxes: NDArray[np.float64]
    starts: tuple[bool, ...]
    fates: tuple[Fate, ...]
    ink: Ink
    is_picture: bool
    is_layered: bool
    pictured: float
    page: Any


@contextmanager
def look(path: Path) -> Iterator[Callable[[int], View | None]]:
    """Open a PDF and yield a function from page number (from 1) to what is seen there.

    It returns None for a page that PDFium cannot read: the reader then does without.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        yield lambda _number: None
        return
    with document:
        yield lambda number: _view(document, number)


def _view(document: pypdfium2.PdfDocument, number: int) -> View | None:
    try:
        page = document[number - 1]
        words = page.get_textpage()
        if words.count_chars() > _MOST_LETTERS:
            return None
        ink = read_ink(page)
        found = read_letters(words)
        covers = find_covers(page)
    except (pypdfium2.PdfiumError, IndexError):
        return None
    boxes = np.array(found.boxes, dtype=np.float64).reshape(-1, 4)
    unpainted = np.array([paint.mode in _UNPAINTED for paint in found.paints], dtype=bool)
    is_layered = len(boxes) > 0 and covers.is_picture
    is_layered = is_layered and (covers.is_buried or unpainted.sum() > _SHARE * len(boxes))
    inked = ink.shows(boxes)
    if is_layered:
        fates = np.where(inked, Fate.SEEN, Fate.HIDDEN)
    else:
        covered = [paint.source in covers.covered for paint in found.paints]
        fates = np.where(np.array(covered, dtype=bool), Fate.DOUBTFUL, Fate.SEEN)
        fates = _bury(fates, found, ink.find_later(boxes))
        fates[~inked | unpainted | _lost(found, boxes, ink)] = Fate.HIDDEN
    return View(
        "".join(found.letters),
        boxes,
        tuple(found.starts),
        tuple(map(Fate, fates.tolist())),
        ink,
        covers.is_picture,
        is_layered,
        covers.pictured,
        page,
    )


def _bury(fates: NDArray[np.int64], found: Letters, later: NDArray[np.int32]) -> NDArray[np.int64]:
    """Mark letters that others are drawn over: the same again, or other words."""
    for index, over in enumerate(later.tolist()):
        if over <= index or found.paints[over].source == found.paints[index].source:
            continue
        pairs = zip(found.boxes[index], found.boxes[over], strict=True)
        same_place = all(abs(one - other) < _SAME_PLACE for one, other in pairs)
        echo = same_place and found.letters[index] == found.letters[over]
        fates[index] = Fate.ECHO if echo else Fate.HIDDEN
    return fates


def _lost(found: Letters, boxes: NDArray[np.float64], ink: Ink) -> NDArray[np.bool_]:
    """Return which letters have the colour of their ground, or hardly any: not seen.

    Ink alone does not tell, since other letters or lines may lie in the same place.
    """
    lost = np.zeros(len(boxes), dtype=bool)
    for index, paint in enumerate(found.paints):
        if paint.mode != _FILLED:
            continue
        if paint.opacity <= _TRANSPARENT:
            lost[index] = True
        elif min(paint.colour) >= _LIGHT:
            lost[index] = ink.is_ground(boxes[index], paint.colour)
    return lost
