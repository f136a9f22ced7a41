"""PDF to pieces: opened under tight limits, read page by page, structure put back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, apply_configuration
from pypdf.errors import DependencyError, DeprecationError, LimitReachedError, PyPdfError

from ingest.errors import RefusedFileError
from ingest.furniture import part_furniture
from ingest.hyphens import read_vocabulary
from ingest.pdf_blocks import attach_markers, nest_headings, read_pieces
from ingest.pdf_contents import hint_headings, part_contents
from ingest.pdf_headings import mark_headings
from ingest.pdf_lines import Line, PageText, read_lines
from ingest.pdf_notes import part_notes, place_notes
from ingest.pdf_report import warn_of_extras, warn_of_hidden, warn_of_unread
from ingest.pdf_style import read_outline, read_style, settle_tags
from ingest.pdf_tables import find_tables
from ingest.pdf_tags import Tags, read_tags
from ingest.pdf_view import View, look
from ingest.pieces import Piece

_MOST_PAGES = 1_500
_A4_HEIGHT = 842.0  # points
_LEAST_TEXT = 50  # characters a page; less than this is a picture of text
# Tightened after measuring 854 pages of real documents, none of which reaches them; a file of
# 63 KiB that takes more than 20 CPU-minutes under pypdf's own limits does.
_LIMITS: dict[str, int] = {
    "maximum_declared_stream_length": 25_000_000,
    "zlib_maximum_output_length": 25_000_000,
    "lzw_maximum_output_length": 25_000_000,
    "run_length_maximum_output_length": 25_000_000,
    "array_based_stream_maximum_output_length": 25_000_000,
    "stream_parsing_work_maximum_count": 250_000,
    "xform_maximum_invocations_per_extraction": 500,
    "page_tree_maximum_entries": 3_000,
    "outline_maximum_entries": 5_000,
}
# pypdf lets these out of broken files besides its own errors (measured over 2,255 files).
_BROKEN = (
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


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read of a PDF; `furniture` is the words of running headers and footers."""

    pieces: list[Piece]
    title: str | None
    furniture: list[str]
    pages: int
    warnings: tuple[str, ...]


def read_pdf(path: Path) -> PdfText:
    """Read a PDF; raise RefusedFileError when it is locked, broken, too long or only pictures."""
    with apply_configuration(**_LIMITS):  # type: ignore[arg-type]
        try:
            reader = PdfReader(path)
            _unlock(reader)
            count = len(reader.pages)
        except LimitReachedError as error:
            raise _excessive() from error
        except _BROKEN as error:
            raise _damaged() from error
        if count > _MOST_PAGES:
            raise RefusedFileError(
                f"PDF-filen har {count} sidor; gränsen är {_MOST_PAGES}. Dela upp den i mindre "
                "filer och försök igen."
            )
        if count == 0:
            raise _damaged()
        with look(path) as view:
            pages, failed = _read_pages(reader, view)
        _require_text(pages, failed)
        pieces, furniture = _structure(pages, read_outline(reader))
        return PdfText(pieces, _title(reader), furniture, count, _warn(reader, pages, failed))


def _unlock(reader: PdfReader) -> None:
    """Open a file that is encrypted but has no password to open it."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedFileError(
            "PDF-filen är skyddad med lösenord. Spara en kopia utan lösenord och försök igen."
        )


def _damaged() -> RefusedFileError:
    return RefusedFileError(
        "PDF-filen är skadad eller ofullständig och går inte att läsa. Hämta den på nytt eller "
        "skapa den igen från originalet."
    )


def _excessive() -> RefusedFileError:
    return RefusedFileError(
        "PDF-filen packar upp sig till orimligt mycket och lästes inte. Spara om den som en "
        "vanlig PDF, utan stora bilder och bilagor."
    )


def _read_pages(
    reader: PdfReader, view: Callable[[int], View | None]
) -> tuple[list[PageText], list[int]]:
    """Return the text of each page, and the numbers of pages that could not be read."""
    try:
        tags: Tags = read_tags(reader)
    except _BROKEN:
        tags = {}
    pages: list[PageText] = []
    failed: list[int] = []
    for number, page in enumerate(reader.pages, start=1):
        try:
            pages.append(read_lines(page, number, tags, view(number)))
        except _BROKEN:
            failed.append(number)
            pages.append(PageText([], _A4_HEIGHT))
    return pages, failed


def _require_text(pages: Sequence[PageText], failed: Sequence[int]) -> None:
    characters = sum(len(line.text) for page in pages for line in page.lines)
    if len(failed) == len(pages):
        raise _damaged()
    if characters == 0 or (characters < _LEAST_TEXT * len(pages) and len(pages) > 1):
        raise RefusedFileError(
            "PDF-filen saknar textlager: sidorna är bilder av text (skannade). Kör den genom "
            "OCR-läsning först och ta sedan in resultatet."
        )


def _warn(reader: PdfReader, pages: Sequence[PageText], failed: Sequence[int]) -> tuple[str, ...]:
    warnings = warn_of_hidden(pages) + warn_of_unread(pages, failed)
    try:
        warnings += warn_of_extras(reader)
    except _BROKEN:
        warnings.append("Bilagor och kommentarer i PDF-filen gick inte att räkna upp.")
    return tuple(warnings)


def _structure(pages: Sequence[PageText], outline: dict[str, int]) -> tuple[list[Piece], list[str]]:
    """Return the pieces of all pages, and the words of running headers and footers."""
    heights = [page.height for page in pages]
    kept, furniture = part_furniture([page.lines for page in pages], heights)
    lines = settle_tags(attach_markers([line for page in kept for line in page]))
    lines, listed = part_contents(lines)
    vocabulary = read_vocabulary(line.text for line in lines)
    items = find_tables(hint_headings(lines, {**listed, **outline}), vocabulary)
    running = [item for item in items if isinstance(item, Line)]
    style = read_style(running)
    marked = iter(mark_headings(running, style))
    items = [next(marked) if isinstance(item, Line) else item for item in items]
    body, notes = part_notes(
        [item for item in items if isinstance(item, Line)], style, heights, vocabulary
    )
    keep = set(map(id, body))
    ordered = [item for item in items if not isinstance(item, Line) or id(item) in keep]
    pieces = nest_headings(list(read_pieces(ordered, style, vocabulary)))
    return place_notes(pieces, notes), list(dict.fromkeys(line.text for line in furniture))


def _title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except _BROKEN:
        return None
    return str(title) if title else None
