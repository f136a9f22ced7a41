"""HTML to pieces: what a reader of the page sees, without menus and hidden text."""

import re
from collections.abc import Iterable

import trafilatura
from lxml import html  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from ingest.document import BlockKind
from ingest.markup.html_hidden import read_sheets, remove_hidden
from ingest.markup.html_tree import BLOCKS, limit_spans, read_element
from ingest.text.hidden_words import warn_of_hidden
from ingest.text.pieces import Piece

_DROPPED = (
    "script|style|noscript|template|svg|iframe|object|nav|aside|button|select|textarea|input|label|"
    "dialog"
).split("|")
_MARGINS = ("header", "footer")  # of the page; those of its article hold the title and the date
_FURNITURE = {"navigation", "banner", "contentinfo", "search", "dialog", "complementary"}
_NOTES = (
    ".//*[self::span or self::small][@role='doc-footnote' or "
    "contains(concat(' ', @class, ' '), ' fn ') or contains(@class, 'footnote')]"
)
_TRUSTED_SHARE = 0.5
# What lxml reads and does not write.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_html(text: str) -> tuple[list[Piece], str | None, tuple[str, ...]]:
    """Return the pieces of a web page, its title, and warnings.

    The structure is read from the page itself; trafilatura decides which parts are the page's
    own content. Headings are kept with the content under them: trafilatura alone loses them on
    plain pages.
    """
    root = _parse(text)
    if root is None:
        return [], None, ()
    title = root.findtext(".//title")
    sheets = read_sheets(root)
    _prune(root)
    hidden = remove_hidden(root, sheets)
    limit_spans(root)
    lift_notes(root, root.xpath(_NOTES))
    body = root.find("body") if root.tag == "html" else root
    every = list(read_element(body if body is not None else root))
    content = trafilatura.extract(
        html.tostring(root, encoding="unicode"),
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
    )
    kept = _keep_content(every, _squash(content or ""))
    warnings = warn_of_hidden(hidden)
    if _length(kept) >= _TRUSTED_SHARE * _length(every):
        return kept, title, warnings
    if content and _length(kept) >= 0.5 * len(_squash(content)):
        warnings += ("Mer än halva sidan är menyer och annat som inte togs med.",)
        return kept, title, warnings
    warnings += ("Sidans innehåll gick inte att skilja från menyer: läs igenom texten.",)
    return every, title, warnings


def _parse(text: str) -> HtmlElement | None:
    # lxml refuses a str that declares an encoding of its own.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(source)
    except (ParserError, ValueError):
        return None
    for element in root.iter():
        element.text = _plain(element.text)
        element.tail = _plain(element.tail)
    return root


def _plain(text: str | None) -> str | None:
    """Leave out what a reference such as `&#11;` can put in a text, and no text may hold."""
    return _NO_TEXT.sub(" ", text) if text else text


def _prune(root: HtmlElement) -> None:
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            _drop(element)
            continue
        inside = next(element.iterancestors("article", "main"), None)
        of_page = element.tag in _MARGINS and inside is None
        if of_page or element.tag in _DROPPED or element.get("role") in _FURNITURE:
            _drop(element)


def lift_notes(root: HtmlElement, notes: Iterable[HtmlElement]) -> None:
    """Move each note out of the words around it, to a paragraph after the block it is in."""
    for note in notes:
        block = note.getparent()
        while block is not None and block.tag not in BLOCKS and block is not root:
            block = block.getparent()
        if block is None or block is root or block.getparent() is None:
            continue
        tail, note.tail = note.tail, None
        before, parent = note.getprevious(), note.getparent()
        if before is not None:
            before.tail = (before.tail or "") + (tail or "")
        elif parent is not None:
            parent.text = (parent.text or "") + (tail or "")
        note.tag = "p"
        note.tail, block.tail = block.tail, None
        block.addnext(note)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _keep_content(pieces: list[Piece], content: str) -> list[Piece]:
    """Keep the pieces whose words are in `content`, and the headings that stand over them."""
    kept: list[Piece] = []
    below = False
    for piece in reversed(pieces):
        if piece.kind is BlockKind.HEADING:
            keep = below or _squash(piece.text) in content
        else:
            words = _squash(piece.text)
            keep = bool(words) and words[:60] in content and words[-30:] in content
            below = keep
        if keep:
            kept.append(piece)
    return kept[::-1]


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _length(pieces: list[Piece]) -> int:
    return sum(len(_squash(piece.text)) for piece in pieces)
