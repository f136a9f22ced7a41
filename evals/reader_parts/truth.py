"""What a PDF says of itself, read with PDFium: bookmarks, heading tags, words."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_HEADING_ROLE = re.compile(r"H[1-6]?|Title")
_MOST_PAGES = 400
_DEEPEST = 60
_TEXT = 1  # FPDF_PAGEOBJ_TEXT


@dataclass(frozen=True, slots=True)
class Truth:
    """What PDFium finds in a file: titles of its bookmarks, texts of its headings, its words."""

    outline: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    text: str = ""


def read_truth(path: Path) -> Truth:
    """Read a PDF with another engine than the product's; an unreadable file has no truth."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return Truth()
    with document:
        outline = tuple(_outline(document))
        tagged: list[str] = []
        texts: list[str] = []
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            words = page.get_textpage()
            texts.append(words.get_text_range())
            tagged += _headings(page, words)
        return Truth(outline, tuple(tagged), "\n".join(texts))


def _outline(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for bookmark in document.get_toc(max_depth=10):
        title = bookmark.get_title()
        if title:
            yield " ".join(str(title).split())


def _headings(page: Any, words: Any) -> Iterator[str]:
    """Yield the text of each heading element of a page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    shown = _marked_texts(page, words)
    try:
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            yield from _walk(child, shown, depth=0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _walk(element: Any, shown: dict[int, str], *, depth: int) -> Iterator[str]:
    if not element or depth > _DEEPEST:
        return
    if _HEADING_ROLE.fullmatch(_role(element)):
        text = " ".join("".join(shown.get(mcid, "") for mcid in _marks(element, depth)).split())
        if text:
            yield text
        return
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        yield from _walk(child, shown, depth=depth + 1)


def _role(element: Any) -> str:
    length = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_StructElement_GetType(element, buffer, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _marks(element: Any, depth: int) -> Iterator[int]:
    """Yield the marked-content numbers in an element, in order."""
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if mcid >= 0:
            yield mcid
        elif child and depth < _DEEPEST:
            yield from _marks(child, depth + 1)


def _marked_texts(page: Any, words: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    for item in page.get_objects(max_depth=10):
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if item.type != _TEXT or mcid < 0:
            continue
        length = pdfium.FPDFTextObj_GetText(item, words, None, 0)
        buffer = ctypes.create_string_buffer(max(2, length))
        as_words = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        pdfium.FPDFTextObj_GetText(item, words, as_words, length)
        text = buffer.raw[:length].decode("utf-16-le", errors="replace").rstrip("\0")
        found[mcid] = found.get(mcid, "") + text
    return found
