"""Put the structure of a PDF back together: from lines of pages to pieces of a document."""

from collections.abc import Mapping, Sequence

from ingest.pdf.blocks import attach_markers, nest_headings, read_pieces
from ingest.pdf.contents import hint_headings, part_contents
from ingest.pdf.furniture import part_furniture
from ingest.pdf.headings import mark_headings
from ingest.pdf.lines import Line, PageText
from ingest.pdf.notes import part_notes, place_notes
from ingest.pdf.style import read_style, settle_tags
from ingest.pdf.tables import find_tables
from ingest.text.hyphens import read_vocabulary
from ingest.text.pieces import Piece


def build(pages: Sequence[PageText], outline: Mapping[str, int]) -> tuple[list[Piece], list[str]]:
    """Return the pieces of all pages, and the words of running headers and footers.

    `outline` maps squeezed bookmark titles to their level.
    """
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
