"""Set text in lines: widths of Helvetica as PDFium knows them, words broken with a hyphen."""

import ctypes
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_VOWELS = "aeiouyåäö"


def wrap(text: str, *, width: float, size: float, hyphens: bool = True) -> list[str]:
    """Return text in lines no wider than `width` points; long words are broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if measure(longer, size) <= width:
            line = longer
            continue
        head, rest = next(_breaks(line, word, width, size), ("", word)) if hyphens else ("", word)
        if head:
            line = f"{line} {head}".strip()
        if line:
            lines.append(line)
        line = rest
    return [*lines, line]


def measure(text: str, size: float) -> float:
    """Return the width of text in points."""
    return sum(_width(letter) for letter in text) * size / 1000


def _breaks(line: str, word: str, width: float, size: float) -> Iterator[tuple[str, str]]:
    """Yield ways to break a word, the longest first part first: between vowel and consonant."""
    if "-" in word or not word.isalpha():
        return
    for at in range(len(word) - 3, 3, -1):
        apart = word[at - 1] in _VOWELS and word[at] not in _VOWELS
        if apart and measure(f"{line} {word[:at]}-", size) <= width:
            yield f"{word[:at]}-", word[at:]


@cache
def _font() -> tuple[Any, Any]:
    document = pypdfium2.PdfDocument.new()
    return document, pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")


@cache
def _width(letter: str) -> float:
    _, font = _font()
    code = letter.encode("cp1252", "replace")[0]
    found = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(font, code, ctypes.c_float(1000.0), found)
    return found.value or 556.0
