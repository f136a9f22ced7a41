"""Choose pages of a file to show: what was read beside how the page looks."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.errors import RefusedFileError
from ingest.files.page_image import draw_page
from ingest.intake.taken import Taken
from ingest.library.units import Unit, units_of
from ingest.screening.personal_data import NUMBERS, mask_numbers

_PER_FILE = 3
_LONGEST_TEXT = 4_000  # characters of a page
_WIDTH = 700  # pixels of a page image
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """A page and the text that was read from it; `page` is None for a source without pages.

    `picture` says which file to draw the page from; None where it must not or cannot be shown.
    """

    page: int | None
    text: str
    picture: Path | None = None
    has_number: bool = False


def choose_samples(taken: Taken, *, today: date) -> tuple[Sample, ...]:
    """Return the first page, one that was warned of, and the middle one; personal numbers masked.

    A page with a personal number is shown as masked text only.
    """
    document = taken.document
    if document is None:
        return ()
    units = units_of(document.body)
    pages = sorted({unit.pages.first for unit in units if unit.pages})
    if not pages:
        text = _shorten("\n\n".join(unit.text for unit in units))
        return (Sample(None, mask_numbers(text, today=today)),) if text else ()
    warned = [one.place.page for one in taken.sightings if one.place.page in pages]
    wanted = [pages[0], *warned[:1], pages[len(pages) // 2], pages[-1]]
    chosen = [page for page in dict.fromkeys(wanted) if page is not None][:_PER_FILE]
    withheld = {one.place.page for one in taken.sightings if one.kind in NUMBERS}
    is_pdf = taken.source.suffix.lower() == ".pdf"
    return tuple(
        Sample(
            page,
            mask_numbers(_shorten(_text_of(page, units)), today=today),
            taken.source if is_pdf and page not in withheld else None,
            page in withheld,
        )
        for page in sorted(chosen)
    )


def draw_samples(samples: Sequence[Sample]) -> list[bytes | None]:
    """Draw the pages of samples, two at a time; None for what cannot or must not be drawn."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(_draw, samples))


def _draw(sample: Sample) -> bytes | None:
    if sample.picture is None or sample.page is None:
        return None
    try:
        return draw_page(sample.picture, sample.page, width=_WIDTH)
    except RefusedFileError:
        return None


def _text_of(page: int, units: Sequence[Unit]) -> str:
    """Return the text that begins on, or reaches, a page."""
    return "\n\n".join(
        unit.text for unit in units if unit.pages and unit.pages.first <= page <= unit.pages.last
    )


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT].rstrip() + " […]"
