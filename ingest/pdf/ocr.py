"""Read a page that is a picture with Tesseract (the extra [ocr]): lines with their places."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from lxml import html  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from ingest.pdf.align import Word
from ingest.pdf.lines import Line
from ingest.pdf.ocr_mends import mend
from ingest.pdf.ocr_order import order_lines
from ingest.pdf.runs import Run
from ingest.pdf.tags import Tag

LANGUAGE = "swe"
HOW = (
    "Installera OCR-delen (pip install 'vagvisaren[ocr]' och Debianpaketen tesseract-ocr och "
    "tesseract-ocr-swe) och ta in filen igen, eller kör den genom OCR-läsning i ett annat program."
)
SECONDS_A_PAGE = 60.0  # on a busy machine; 4 on an idle one
_DPI = 300
_MOST_PIXELS = 5_000  # the longer side; A4 has 3,508
_POINTS = 72
_LEAST_TRUST = 40.0  # of 100: a line less sure than this is a stain or a signature
_BBOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_TRUST = re.compile(r"x_wconf (\d+)")
_SAME_SIZE = 0.1  # of the commonest size
_NEARLY = 0.15  # of the size of a line: the next of the same heading
_RIGHT_UNDER = 1.5  # times the size of a line
_ALIKE = 0.25  # of the middle size of a paragraph
_LINES = " or ".join(
    f"@class='{name}'" for name in ("ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption")
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a page, and how many were too uncertain to keep."""

    lines: list[Line]
    height: float
    dropped: int


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Return whether Tesseract with Swedish and the extra [ocr] are installed."""
    if find_spec("pytesseract") is None or shutil.which("tesseract") is None:
        return False
    import pytesseract

    return LANGUAGE in pytesseract.get_languages()


def recognise(page: Any, number: int) -> Recognised:
    """Read page `number` (from 1), given as a PDFium page, with Tesseract.

    Raises:
        RuntimeError: Tesseract failed or took too long.
    """
    import pytesseract

    width, height = page.get_size()
    scale = min(_DPI / _POINTS, _MOST_PIXELS / max(width, height, 1.0))
    picture = page.render(scale=scale, grayscale=True).to_pil()
    found = pytesseract.image_to_pdf_or_hocr(
        picture,
        lang=LANGUAGE,
        config=f"--psm 3 --dpi {_DPI}",
        extension="hocr",
        timeout=SECONDS_A_PAGE,
    )
    lines, dropped = _read(found, number, scale, height)
    return Recognised(order_lines(_even_out(lines)), height, dropped)


def _read(hocr: bytes, number: int, scale: float, height: float) -> tuple[list[Line], int]:
    root = html.document_fromstring(hocr)
    lines: list[Line] = []
    dropped = 0
    for paragraph in root.xpath(".//p[@class='ocr_par']"):
        found: list[Line] = []
        for element in paragraph.xpath(f".//span[{_LINES}]"):
            line, trust = _line(element, number, scale, height)
            if line is not None and trust >= _LEAST_TRUST:
                found.append(line)
            elif line is not None:
                dropped += 1
        # The size of a line without high or low letters is a guess: the others of its paragraph
        # know better.
        usual = median(line.size for line in found) if found else 0.0
        for line in found:
            alike = len(found) > 2 and abs(line.size - usual) <= _ALIKE * usual
            lines.append(replace(line, size=usual if alike else line.size))
    return lines, dropped


def _even_out(lines: Sequence[Line]) -> list[Line]:
    """Give lines of nearly the commonest size that size, and mend what OCR reads amiss.

    A larger line right under another of nearly its size goes on with it, as headings do.
    """
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    out: list[Line] = []
    for line in lines:
        near = abs(line.size - usual) <= _SAME_SIZE * usual
        size = usual if near else float(round(line.size))
        above = out[-1] if out else None
        if above is not None and not near and _goes_on(above, line):
            size = above.size
        runs = tuple(replace(run, size=size, words=_mend_words(run.words)) for run in line.runs)
        out.append(replace(line, text=mend(line.text), size=size, runs=runs))
    return out


def _goes_on(above: Line, line: Line) -> bool:
    """Return whether a line stands right under another of nearly its size."""
    under = 0 < above.y - line.y < _RIGHT_UNDER * line.size
    return under and abs(above.size - line.size) <= _NEARLY * line.size


def _mend_words(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(replace(word, text=mend(word.text)) for word in words)


def _line(
    element: HtmlElement, number: int, scale: float, height: float
) -> tuple[Line | None, float]:
    title = element.get("title") or ""
    box, size = _BBOX.search(title), _SIZE.search(title)
    words = list(_words(element, scale))
    if box is None or size is None or not words:
        return None, 0.0
    base = _BASELINE.search(title)
    bottom = float(box.group(4)) + (float(base.group(2)) if base else 0.0)
    trust = sum(sure for _, sure in words) / len(words)
    found = tuple(word for word, _ in words)
    text = " ".join(word.text for word in found)
    place = (found[0].x, height - bottom / scale, round(float(size.group(1)) / scale, 1))
    run = Run(text, *place, False, False, Tag(), False, found)
    line = Line(number, text, *place, False, False, Tag(), False, (run,), scanned=True)
    return line, trust


def _words(element: HtmlElement, scale: float) -> Iterator[tuple[Word, float]]:
    for word in element.xpath(".//span[@class='ocrx_word']"):
        title = word.get("title") or ""
        box, trust = _BBOX.search(title), _TRUST.search(title)
        text = " ".join(word.text_content().split())
        if box and text:
            left, right = int(box.group(1)) / scale, int(box.group(3)) / scale
            yield Word(text, left, right), float(trust.group(1)) if trust else 0.0
