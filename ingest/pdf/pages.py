"""Read the pages of a PDF: their text as it is seen, or by OCR where there is only a picture."""

from collections.abc import Callable
from dataclasses import replace

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, DeprecationError, LimitReachedError, PyPdfError

from ingest.pdf.lines import PageText, read_lines
from ingest.pdf.ocr import recognise
from ingest.pdf.tags import Tags, read_tags
from ingest.pdf.view import View
from ingest.text.garble import is_garbled

# pypdf lets these out of broken files besides its own errors (measured over 2,255 files).
BROKEN = (
    PyPdfError,
    DependencyError,
    DeprecationError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    NotImplementedError,
)
_MOST_CONTENT = 8 * 2**20  # bytes of drawing on one page; 400 kB is the most in 1,000 real pages
_A4_HEIGHT = 842.0  # points
_PICTURED = 0.15  # share of a page: pictures that may hold text
_STAMPED = 150  # characters that a stamp or a footer may add to a scan


def read_pages(
    reader: PdfReader, look: Callable[[int], View | None], *, ocr: bool
) -> tuple[list[PageText], list[int]]:
    """Return the text of each page, and the numbers (from 1) of those that could not be read.

    Raises:
        LimitReachedError: no page could be read, and one at least asks for too much.
    """
    try:
        tags: Tags = read_tags(reader)
    except BROKEN:
        tags = {}
    pages: list[PageText] = []
    failed: list[int] = []
    excess: LimitReachedError | None = None
    for number, page in enumerate(reader.pages, start=1):
        try:
            _check_length(page)
            pages.append(_read_page(page, number, tags, look(number), ocr=ocr))
        except BROKEN as error:
            excess = error if isinstance(error, LimitReachedError) else excess
            failed.append(number)
            pages.append(PageText([], _A4_HEIGHT))
    if excess is not None and len(failed) == len(pages):
        raise excess
    return pages, failed


def _check_length(page: PageObject) -> None:
    """Raise LimitReachedError when a page draws more than any page of text does."""
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _MOST_CONTENT:
        raise LimitReachedError("content of a page")


def _read_page(
    page: PageObject, number: int, tags: Tags, view: View | None, *, ocr: bool
) -> PageText:
    found = read_lines(page, number, tags, view)
    if view is None:
        return found
    length = _length(found)
    if not _is_for_ocr(found, view, length):
        if length >= _STAMPED or view.pictured < _PICTURED or view.is_layered:
            return found
        # A few words beside a picture: a title page, or a form with a heading above it.
        seen = _recognise(view, number) if ocr else None
        return (
            seen if seen and _length(seen) > 2 * length + _STAMPED else replace(found, unread=True)
        )
    unread = PageText([], found.height, found.hidden, unread=True)
    seen = _recognise(view, number) if ocr else None
    return replace(seen, hidden=found.hidden) if seen else unread


def _recognise(view: View, number: int) -> PageText | None:
    try:
        seen = recognise(view.page, number)
    except RuntimeError:  # Tesseract failed, or took more than its time for this page
        return None
    return PageText(seen.lines, seen.height, scanned=True, uncertain=seen.dropped)


def _is_for_ocr(page: PageText, view: View, length: int) -> bool:
    """Return whether a page shows text that its text layer does not have, or has garbled."""
    if view.ink.is_blank:
        return False
    if length == 0 or (length < _STAMPED and view.is_picture and not view.is_layered):
        return True
    return is_garbled([line.text for line in page.lines])


def _length(page: PageText) -> int:
    return sum(len(line.text) for line in page.lines)
