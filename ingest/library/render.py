"""Blocks to Markdown: plain words that a person can read, correct and diff."""

import re
from collections.abc import Sequence

from ingest.document import Block, BlockKind
from ingest.library.page_marker import Pages, write_marker

# What would turn a paragraph into something else when the Markdown is read back.
_MARKER = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|\||```|~~~|(?:[-*_]\s*){3,}$|=+\s*$|<|\[[^\]]+\]:)"
    r"|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
)


def to_markdown(blocks: Sequence[Block]) -> str:
    """Return Markdown with page markers (`<!-- sida 3 -->`) where the page changes.

    No emphasis, links or escapes inside a paragraph: a quote of the Markdown is verbatim the
    words of the source. Only a paragraph that begins like a Markdown marker gets a backslash.
    """
    parts: list[str] = []
    shown: Pages | None = None
    for block in blocks:
        if block.page is not None:
            pages = Pages(block.page, block.last_page or block.page, block.scanned)
            if pages != shown:
                parts.append(write_marker(pages))
            shown = pages
        parts.append(_block_text(block))
    return "\n\n".join(parts) + "\n" if parts else ""


def _block_text(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * min(max(block.level, 1), 6)} {block.text}"
        case BlockKind.PARAGRAPH:
            return _escape(block.text)
        case BlockKind.LIST:
            return _list_text(block.text)
        case BlockKind.TABLE:
            return block.text


def _list_text(text: str) -> str:
    """Escape a lead-in; the items keep their markers."""
    first, _, rest = text.partition("\n")
    if re.match(r"- |\d{1,9}\. ", first):
        return text
    if not rest:
        return _escape(first)
    # In Markdown only a list that starts at 1 may follow a paragraph without a blank line.
    number = re.match(r"\d+", rest)
    gap = "\n\n" if number and int(number.group()) != 1 else "\n"
    return f"{_escape(first)}{gap}{rest}"


def _escape(text: str) -> str:
    match = _MARKER.match(text)
    if match is None:
        return text
    if match.group("number"):
        at = match.end("number")
        return f"{text[:at]}\\{text[at:]}"
    return f"\\{text}"
