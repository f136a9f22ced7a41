"""Convert one file to Blocks and metadata proposals; the whole of reading, in one function."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from ingest.document import Block
from ingest.errors import RefusedFileError
from ingest.files.sniff import sniff
from ingest.metadata.propose import Metadata, propose_metadata
from ingest.text.clean import clean, warn_of_removed
from ingest.text.decode import read_text
from ingest.text.pieces import Piece, gather
from ingest.text.planted import warn_of_planted
from ingest.text.stuffing import warn_of_stuffing

_MOST_TEXT = 5_000_000  # characters; Bleak House has two million
_MOST_HTML = 12_000_000
_MOST_LINES = 200_000
_FRONT_MATTER = re.compile(r"\A\s*---\s*\n(.*?)\n(?:---|\.\.\.)\s*(?:\n|\Z)", re.S)
_FOREIGN_TITLE = re.compile(r"""(?m)^(?:title|rubrik|titel):\s*["']?(.+?)["']?\s*$""")


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a file became: its Blocks, what was found out about it, and what to look at.

    `unread` are the pages (from 1) that only OCR can read.
    """

    blocks: tuple[Block, ...]
    metadata: Metadata
    warnings: tuple[str, ...]
    pages: int | None
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    pieces: Sequence[Piece]
    title: str | None = None
    titled: bool = False
    furniture: Sequence[str] = ()
    pages: int | None = None
    scanned: frozenset[int] = frozenset()
    unread: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


def convert(path: Path, *, ocr: bool = False) -> Conversion:
    """Read a PDF, DOCX, HTML, Markdown or text file; pictures of text in a PDF only with `ocr`.

    Untrusted files go through `isolation.convert_isolated`. Raises RefusedFileError, in
    Swedish: what is wrong with the file and what to do.
    """
    read = _read(path, ocr=ocr)
    cleaned = [clean(piece.text) for piece in read.pieces]
    pieces = [
        replace(piece, text=item.text) for piece, item in zip(read.pieces, cleaned, strict=True)
    ]
    blocks = tuple(_mark_scanned(block, read.scanned) for block in gather(pieces))
    if not any(re.search(r"\w", block.text) for block in blocks):
        raise RefusedFileError(
            "Filen innehåller ingen läsbar text. Kontrollera att rätt fil valdes."
        )
    title = clean(read.title).text if read.title else None
    furniture = [clean(words).text for words in read.furniture]
    metadata = propose_metadata(blocks, title=title, titled=read.titled, furniture=furniture)
    places = [_place(piece, number) for number, piece in enumerate(read.pieces, start=1)]
    planted = (*warn_of_planted(blocks), *warn_of_stuffing(blocks))
    warnings = (*read.warnings, *warn_of_removed(cleaned, places), *planted)
    return Conversion(blocks, metadata, warnings, read.pages, read.unread)


def _mark_scanned(block: Block, scanned: frozenset[int]) -> Block:
    """Mark a block that stands on a page whose text was read from a picture."""
    if block.page is None or not scanned:
        return block
    pages = range(block.page, (block.last_page or block.page) + 1)
    return replace(block, scanned=not scanned.isdisjoint(pages))


def _place(piece: Piece, number: int) -> str:
    return f"sida {piece.page}" if piece.page is not None else f"stycke {number}"


# The readers are imported where they are used: each loads a library of its own, and the child
# process that converts a file needs one of them.


def _read(path: Path, *, ocr: bool) -> _Read:
    kind = sniff(path)
    match kind:
        case "pdf":
            return _read_pdf(path, ocr=ocr)
        case "docx":
            return _read_docx(path)
        case "html":
            return _read_html(path)
        case "markdown" | "text":
            return _read_text_file(path, markdown=kind == "markdown")
        case _:
            assert_never(kind)


def _read_pdf(path: Path, *, ocr: bool) -> _Read:
    from ingest.pdf.source import read_pdf

    pdf = read_pdf(path, ocr=ocr)
    return _Read(
        pdf.pieces,
        pdf.title,
        furniture=pdf.furniture,
        pages=pdf.pages,
        warnings=pdf.warnings,
        scanned=frozenset(pdf.scanned),
        unread=pdf.unread,
    )


def _read_docx(path: Path) -> _Read:
    from ingest.docx.source import read_docx

    docx = read_docx(path)
    return _Read(docx.pieces, docx.title, furniture=docx.furniture, warnings=docx.warnings)


def _read_html(path: Path) -> _Read:
    from ingest.markup.html_source import read_html

    pieces, title, warnings = read_html(_within(read_text(path), _MOST_HTML))
    return _Read(pieces, title, warnings=warnings)


def _within(text: str, most: int) -> str:
    """Return a text that is no longer than a person could have written."""
    if len(text) > most or text.count("\n") > _MOST_LINES:
        raise RefusedFileError(
            f"Filen har {len(text)} tecken på {text.count(chr(10)) + 1} rader; gränsen är {most} "
            f"tecken och {_MOST_LINES} rader. Dela upp den i mindre filer."
        )
    return text


def _read_text_file(path: Path, *, markdown: bool) -> _Read:
    from ingest.markup.markdown_source import is_markdown, read_markdown
    from ingest.text.hidden_words import warn_of_hidden
    from ingest.text.plain_text import read_plain_text

    # Cleaned before it is read: a line must look to the reader as it looks to a person. A soft
    # hyphen at a line end is a hyphenation, and goes later.
    source = _within(read_text(path), _MOST_TEXT)
    source = re.sub("\u00ad(?=[ \t]*\r?\n)", "\u2010", source)
    text = clean(source).text
    lines = [clean(line) for line in source.splitlines()]
    warnings = warn_of_removed(lines, [f"rad {number}" for number in range(1, len(lines) + 1)])
    if not (markdown or is_markdown(text)):
        pages = text.count("\f") + 1 if "\f" in text.strip() else None
        return _Read(list(read_plain_text(text)), pages=pages, warnings=warnings)
    title = None
    front = _FRONT_MATTER.match(text)
    if front:
        found = _FOREIGN_TITLE.search(front.group(1))
        title = found.group(1) if found else None
        text = text[front.end() :]
    pieces, hidden = read_markdown(text)
    warnings += warn_of_hidden(hidden)
    return _Read(pieces, title, titled=title is not None, warnings=warnings)
