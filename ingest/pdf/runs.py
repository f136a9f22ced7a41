"""Listen to a PDF page being read: what text it shows, where, how large, under which tag."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject, mult

from ingest.pdf.align import Aligner, Word
from ingest.pdf.tags import Tag, Tags
from ingest.pdf.view import View

_SHOWS_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_BOLD = re.compile(r"bold|black|heavy|semi|demi", re.I)
_ITALIC = re.compile(r"italic|oblique|kursiv|-it\b", re.I)
_SMALLEST_TYPE = 1.5  # points
_BLEED = 20.0  # points that text may start outside the paper


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font; x and y are its start in points from the lower left.

    `words` says where each word stands, as PDFium sees it; none when it does not see the text.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    italic: bool
    tag: Tag
    artifact: bool
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class PageRuns:
    """The runs of a page in the order the file draws them, None at each line end.

    `height` is in points; `hidden` is text left out because nobody can see it, `doubtful` text
    that something may lie over.
    """

    runs: list[Run | None]
    height: float
    hidden: tuple[str, ...]
    doubtful: tuple[str, ...]


def read_runs(page: PageObject, number: int, tags: Tags, view: View | None) -> PageRuns:
    """Read page `number` (from 1), turned so that most of its text is upright.

    What then still lies on its side (stamps in the margin) is left out. Without a view, only
    text off the paper or too small to read is known to be hidden.
    """
    listener = _Listener(page, number, tags, view)
    page.extract_text(
        visitor_operand_before=listener.before,
        visitor_operand_after=listener.after,
        visitor_text=listener.text,
    )
    runs, height = _turn(listener.shown, page)
    return PageRuns(runs, height, tuple(listener.hidden), tuple(listener.doubtful))


@dataclass(frozen=True, slots=True)
class _Shown:
    run: Run
    direction: int


class _Listener:
    """The state of a page while its operators go by: open marks, text shown so far.

    pypdf reports text late, often first when the next operator starts to show its own; such
    text belongs to the marks that were open at the previous show operator.
    """

    def __init__(self, page: PageObject, number: int, tags: Tags, view: View | None) -> None:
        self.shown: list[_Shown | None] = []
        self.hidden: list[str] = []
        self.doubtful: list[str] = []
        self._aligner = Aligner(view) if view is not None else None
        self._page, self._number, self._tags = page, number, tags
        self._open: list[tuple[bool, int | None]] = []
        self._current: tuple[bool, int | None] = (False, None)
        self._previous: tuple[bool, int | None] = (False, None)
        self._showing = False

    def before(self, operator: bytes, operands: Sequence[Any], _cm: object, _tm: object) -> None:
        """Follow marked content; note which of it the next text is shown in."""
        if operator in (b"BDC", b"BMC"):
            self._open.append(_mark(self._page, operands))
        elif operator == b"EMC" and self._open:
            self._open.pop()
        elif operator in _SHOWS_TEXT:
            numbers = [number for _, number in self._open if number is not None]
            artifact = any(is_artifact for is_artifact, _ in self._open)
            self._previous = self._current
            self._current = (artifact, numbers[-1] if numbers else None)
            self._showing = True

    def after(self, operator: bytes, _operands: object, _cm: object, _tm: object) -> None:
        """Note that an operator has shown its text."""
        if operator in _SHOWS_TEXT:
            self._showing = False

    def text(self, words: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        """Take reported text, with the matrices and the font it was shown in."""
        artifact, mcid = self._previous if self._showing else self._current
        tag = self._tags.get((self._number - 1, mcid)) if mcid is not None else None
        matrix = mult(tm, cm)
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5 or 1.0
        name = str(font.get("/BaseFont", "")) if font else ""
        place = (matrix[4], matrix[5], round(size * scale, 1))
        if words.strip() and _is_hidden(place, font, self._page):
            self.hidden.append(words.strip())
            return
        bold, italic = _BOLD.search(name) is not None, _ITALIC.search(name) is not None
        for index, part in enumerate(words.split("\n")):
            if index:
                self.shown.append(None)
            run = Run(part, *place, bold, italic, tag or Tag(), artifact)
            seen = self._see(run, _direction(matrix)) if part.strip() else run
            if seen is not None and part:
                self.shown.append(_Shown(seen, _direction(matrix)))

    def _see(self, run: Run, direction: int) -> Run | None:
        """Return a run as a reader sees it; None when nothing of it can be seen."""
        if self._aligner is None:
            return run
        place = (run.x, run.y, run.size, direction)
        found = self._aligner.find(run.text, *place)
        if found is None:
            if self._aligner.has_ink(run.text, *place):
                return run
            self.hidden.append(run.text.strip())
            return None
        self.hidden.extend(found.hidden)
        self.doubtful.extend(found.doubtful)
        if not found.words:
            return None
        before = " " if found.opens else ""
        after = " " if run.text[-1].isspace() else ""
        text = before + " ".join(word.text for word in found.words) + after
        return replace(run, text=text, words=found.words)


def _is_hidden(place: tuple[float, float, float], font: Any, page: PageObject) -> bool:
    """Return whether text is off the paper or smaller than an eye can read."""
    x, y, size = place
    left, low, right, high = (float(edge) for edge in page.mediabox)
    away = not (left - _BLEED <= x <= right + _BLEED and low - _BLEED <= y <= high + _BLEED)
    # A Type 3 font has a scale of its own, which is not in the size.
    scaled = bool(font) and font.get("/Subtype") == "/Type3"
    return away or (size < _SMALLEST_TYPE and not scaled)


def _direction(matrix: Sequence[float]) -> int:
    """Return the way text runs: 0 to the right, 90 upwards, 180, 270 downwards."""
    if abs(matrix[1]) > abs(matrix[0]):
        return 90 if matrix[1] > 0 else 270
    return 0 if matrix[0] >= 0 else 180


def _turn(pieces: Sequence[_Shown | None], page: PageObject) -> tuple[list[Run | None], float]:
    """Turn a page to the way most of its text runs; return its runs and its height then."""
    counts: Counter[int] = Counter()
    for piece in pieces:
        if piece is not None:
            counts[piece.direction] += len(piece.run.text.strip())
    way = counts.most_common(1)[0][0] if counts else 0
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    # Words are placed along their line, which runs backwards on a page turned over.
    shift = {180: width, 270: height}.get(way, 0.0)
    runs: list[Run | None] = []
    for piece in pieces:
        if piece is None:
            runs.append(None)
        elif piece.direction == way or not piece.run.text.strip():
            x, y = piece.run.x, piece.run.y
            places = {0: (x, y), 90: (y, width - x), 180: (width - x, height - y)}
            x, y = places.get(way, (height - y, x))
            words = tuple(
                replace(word, x=word.x + shift, end=word.end + shift) for word in piece.run.words
            )
            runs.append(replace(piece.run, x=x, y=y, words=words))
    return runs, width if way in (90, 270) else height


def _mark(page: PageObject, operands: Sequence[Any]) -> tuple[bool, int | None]:
    """Return whether marked content is an artifact, and its MCID."""
    artifact = bool(operands) and operands[0] == "/Artifact"
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, str):
        resources = page.get("/Resources")
        named = resources.get_object().get("/Properties") if resources is not None else None
        properties = named.get_object().get(properties) if named is not None else None
        properties = properties.get_object() if properties is not None else None
    mcid = properties.get("/MCID") if isinstance(properties, dict) else None
    return artifact, int(mcid) if isinstance(mcid, int) else None
