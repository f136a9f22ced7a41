"""PDF to pieces: opened under tight limits, read page by page, structure put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError

from ingest.errors import RefusedFileError, ScannedFileError
from ingest.pdf.lines import PageText
from ingest.pdf.ocr import HOW
from ingest.pdf.pages import BROKEN, read_pages
from ingest.pdf.report import (
    warn_of_extras,
    warn_of_hidden,
    warn_of_labels,
    warn_of_scans,
    warn_of_unread,
)
from ingest.pdf.structure import build
from ingest.pdf.style import read_outline
from ingest.pdf.view import look
from ingest.text.pieces import Piece

_MOST_PAGES = 1_500
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


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read of a PDF; `furniture` is the words of running headers and footers.

    `scanned` are the pages read from pictures, `unread` those that only OCR can read.
    """

    pieces: list[Piece]
    title: str | None
    furniture: list[str]
    pages: int
    warnings: tuple[str, ...]
    scanned: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


def read_pdf(path: Path, *, ocr: bool = False) -> PdfText:
    """Read a PDF, pictures of text too with `ocr`, which needs the extra [ocr].

    Raises:
        ScannedFileError: it has no other pages than those that only OCR can read.
        RefusedFileError: it is locked, broken or too long.
    """
    with apply_configuration(**_LIMITS):  # type: ignore[arg-type]
        try:
            reader = PdfReader(path)
            _unlock(reader)
            count = len(reader.pages)
        except LimitReachedError as error:
            raise _excessive() from error
        except BROKEN as error:
            raise _damaged() from error
        if count > _MOST_PAGES:
            raise RefusedFileError(
                f"PDF-filen har {count} sidor; gränsen är {_MOST_PAGES}. Dela upp den i mindre "
                "filer och försök igen."
            )
        if count == 0:
            raise _damaged()
        try:
            with look(path) as view:
                pages, failed = read_pages(reader, view, ocr=ocr)
        except LimitReachedError as error:
            raise _excessive() from error
        scanned, unread = _numbers(pages, "scanned"), _numbers(pages, "unread")
        _require_text(pages, failed, unread)
        pieces, furniture = build(pages, read_outline(reader))
        warnings = _warn(reader, pages, failed)
        return PdfText(pieces, _title(reader), furniture, count, warnings, scanned, unread)


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


def _numbers(pages: Sequence[PageText], which: str) -> tuple[int, ...]:
    return tuple(n for n, page in enumerate(pages, start=1) if getattr(page, which))


def _require_text(pages: Sequence[PageText], failed: Sequence[int], unread: Sequence[int]) -> None:
    if len(failed) == len(pages):
        raise _damaged()
    if unread and not any(page.lines for page in pages):
        raise ScannedFileError(
            f"PDF-filen är skannad: sidorna är bilder av text, eller har text som inte går att "
            f"tyda. {HOW}",
            pages=tuple(unread),
        )


def _warn(reader: PdfReader, pages: Sequence[PageText], failed: Sequence[int]) -> tuple[str, ...]:
    warnings = warn_of_scans(pages) + warn_of_hidden(pages) + warn_of_unread(pages, failed)
    try:
        warnings += warn_of_extras(reader) + warn_of_labels(reader)
    except BROKEN:
        warnings.append("Bilagor och kommentarer i PDF-filen gick inte att räkna upp.")
    return tuple(warnings)


def _title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except BROKEN:
        return None
    return str(title) if title else None
