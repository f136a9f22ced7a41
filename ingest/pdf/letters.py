"""Read the letters of a PDF page with PDFium: where each stands and how it is painted."""

import ctypes
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top in points

_HYPHENS = "\u00ad\u2010\u2011\ufffe\x02"


@dataclass(frozen=True, slots=True)
class Paint:
    """How letters are drawn: fill colour and opacity (0-255), render mode, the object's place.

    `source` tells text objects of one page apart.
    """

    colour: tuple[int, int, int]
    opacity: int
    mode: int
    source: int


@dataclass(slots=True)
class Letters:
    """The letters of a page in the order they are drawn, blanks left out.

    `letters` are folded as `fold` does; `starts` says which begin a word.
    """

    letters: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)


def fold(text: str) -> str:
    """Return the letters of a text for comparing: no blanks, one hyphen, compatible forms."""
    return "".join(map(_fold_letter, text))


def read_letters(words: Any) -> Letters:
    """Read the letters of a PDFium text page."""
    out = Letters()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    starts, paint = True, Paint((0, 0, 0), 255, 0, 0)
    for index in range(words.count_chars()):
        folded = _fold_letter(chr(pdfium.FPDFText_GetUnicode(words, index)))
        if not folded:
            starts = True
            continue
        pdfium.FPDFText_GetCharBox(words, index, left, right, bottom, top)
        shown = pdfium.FPDFText_GetTextObject(words, index)
        source = ctypes.addressof(shown.contents) if shown else 0
        if source != paint.source:
            paint = _read_paint(words, index, shown, source)
        for letter in folded:
            out.letters.append(letter)
            out.boxes.append((left.value, bottom.value, right.value, top.value))
            out.starts.append(starts)
            out.paints.append(paint)
            starts = False
    return out


def _fold_letter(letter: str) -> str:
    if letter in _HYPHENS:
        return "-"
    if letter.isascii():
        return letter.strip()
    return "".join(unicodedata.normalize("NFKC", letter).split())


def _read_paint(words: Any, index: int, shown: Any, source: int) -> Paint:
    red, green, blue, opacity = (ctypes.c_uint(0) for _ in range(4))
    opacity.value = 255
    pdfium.FPDFText_GetFillColor(words, index, red, green, blue, opacity)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(shown) if shown else 0
    return Paint((red.value, green.value, blue.value), opacity.value, mode, source)
