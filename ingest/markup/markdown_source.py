"""Markdown of others to pieces: plain words, no emphasis, links or escapes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.document import BlockKind
from ingest.library.page_marker import Pages, find_markers, read_marker, write_marker
from ingest.markup.raw_html import RawHtml
from ingest.text.pieces import Piece, table_text

_BULLET_LINE = re.compile(r"(?m)^([ \t]*)[•●▪■‣➢][ \t]+")


def is_markdown(text: str) -> bool:
    """Return whether a text is Markdown by its headings, whatever its file is called."""
    return len(re.findall(r"(?m)^#{1,6} +\S", text)) >= 2


def read_markdown(text: str) -> tuple[list[Piece], list[str]]:
    """Return the pieces of a Markdown text, and the words that its raw HTML hides.

    `<!-- sida 3 -->` sets the page.
    """
    text = _BULLET_LINE.sub(r"\1- ", text.replace("\f", "\n\n"))
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    raw = RawHtml()
    pages: Pages | None = None
    pieces: list[Piece] = []
    for piece in _read(tokens, raw):
        marker = read_marker(piece.text) if piece.level == -1 else None
        if marker:
            pages = marker
            continue
        if pages is not None:
            piece = replace(piece, page=pages.first, last_page=pages.last)
        if piece.text.strip():
            pieces.append(piece)
    return pieces, raw.hidden


def _read(tokens: Sequence[Token], raw: RawHtml) -> Iterator[Piece]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _end(tokens, at)
        inside = tokens[at + 1 : end]
        if token.type == "heading_open":
            yield Piece(BlockKind.HEADING, _words(inside, raw), int(token.tag[1:]))
        elif token.type == "paragraph_open":
            yield Piece(BlockKind.PARAGRAPH, _words(inside, raw))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield from _read_list(tokens, at, end, raw, depth=0)
        elif token.type == "table_open":
            yield Piece(BlockKind.TABLE, table_text(_rows(inside, raw)))
        elif token.type == "blockquote_open":
            yield from _read(inside, raw)
        elif token.type in ("fence", "code_block"):
            yield Piece(BlockKind.PARAGRAPH, _shown(token.content, raw))
        elif token.type == "html_block":
            yield from _read_html(token.content, raw)
        at = end + 1


def _end(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the token that closes the one at `at`; itself when it has no inside."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def _read_list(
    tokens: Sequence[Token], at: int, end: int, raw: RawHtml, *, depth: int
) -> Iterator[Piece]:
    opening = tokens[at]
    ordered = opening.type == "ordered_list_open"
    number = int(opening.attrGet("start") or 1) if ordered else 0
    at += 1
    while at < end:
        close = _end(tokens, at)
        marker = f"{number}." if ordered else "-"
        yield from _read_item(tokens[at + 1 : close], marker, raw, depth=depth)
        number += 1
        at = close + 1


def _read_item(
    tokens: Sequence[Token], marker: str, raw: RawHtml, *, depth: int
) -> Iterator[Piece]:
    """Yield an item, its paragraphs run together, then the items of the lists inside it."""
    text: list[str] = []
    inner: list[Piece] = []
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        kind = tokens[at].type
        if kind in ("bullet_list_open", "ordered_list_open"):
            inner.extend(_read_list(tokens, at, end, raw, depth=depth + 1))
        else:
            text.extend(piece.text for piece in _read(tokens[at : end + 1], raw))
        at = end + 1
    yield Piece(BlockKind.LIST, " ".join(text), depth, marker)
    yield from inner


def _rows(tokens: Sequence[Token], raw: RawHtml) -> list[list[str]]:
    rows: list[list[str]] = []
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("td_open", "th_open"):
            rows[-1].append(_words(tokens[index + 1 : index + 2], raw))
    return rows


def _read_html(content: str, raw: RawHtml) -> Iterator[Piece]:
    for _, pages in find_markers(content):
        # Level -1 carries the page to read_markdown, which drops the piece.
        yield Piece(BlockKind.PARAGRAPH, write_marker(pages), -1)
    words = " ".join(raw.read(content).split())
    if words:
        yield Piece(BlockKind.PARAGRAPH, words)


def _words(tokens: Sequence[Token], raw: RawHtml) -> str:
    """Return the words of inline tokens: what a reader sees, without marks."""
    out: list[str] = []
    hid_before = raw.hides
    for token in tokens:
        for child in token.children or []:
            if child.type in ("text", "code_inline", "text_special"):
                raw.take(child.content, out)
            elif child.type == "html_inline" and not child.content.lower().startswith("<br"):
                raw.read(child.content)
            elif child.type == "softbreak":
                out.append(" ")
            elif child.type == "hardbreak" or child.content.lower().startswith("<br"):
                out.append("\n")
    raw.end_paragraph(hid_before=hid_before)
    return "".join(out)


def _shown(text: str, raw: RawHtml) -> str:
    out: list[str] = []
    raw.take(text, out)
    return "".join(out)
