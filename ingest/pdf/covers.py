"""Find what lies over the text of a PDF page: pictures and filled boxes drawn after it."""

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_WHOLE_PAGE = 0.7  # share of the page: a larger picture is a picture of the page
_MOST_SEGMENTS = 6  # of a path that may be a box
_OPAQUE = 250  # of 255
_MOST_COVERS = 400
_DEEPEST = 5
_SHARE = 0.5
_SLACK = 1.0  # points that a letter may reach out of its cover


@dataclass(frozen=True, slots=True)
class Covers:
    """`covered` holds the sources (as in Paint) of text under a box or a small picture.

    `is_picture`: an opaque picture covers the page. `is_buried`: it lies over most of the text.
    `pictured` is the share of the page that pictures cover.
    """

    covered: frozenset[int]
    is_picture: bool
    is_buried: bool
    pictured: float


@dataclass(slots=True)
class _Shown:
    """A text object: its source and its bounds in points."""

    source: int
    left: float
    bottom: float
    right: float
    top: float


def find_covers(page: Any) -> Covers:
    """Look through the objects of a PDFium page in the order they are painted."""
    width, height = page.get_size()
    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT]
    texts: list[_Shown] = []
    covered: set[int] = set()
    covers, under, is_picture, pictured = 0, 0, False, 0.0
    for item in page.get_objects(filter=kinds, max_depth=_DEEPEST):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(_Shown(ctypes.addressof(item.raw.contents), *_bounds(item)))
            continue
        left, bottom, right, top = _bounds(item)
        share = abs((right - left) * (top - bottom)) / max(width * height, 1.0)
        picture = item.type == pdfium.FPDF_PAGEOBJ_IMAGE
        pictured += share if picture else 0.0
        if not _hides(item):
            continue
        if picture and share >= _WHOLE_PAGE:
            is_picture, under = True, len(texts)
        elif texts and covers < _MOST_COVERS:
            covers += 1
            covered |= {
                text.source
                for text in texts
                if left - _SLACK <= text.left
                and text.right <= right + _SLACK
                and bottom - _SLACK <= text.bottom
                and text.top <= top + _SLACK
            }
    is_buried = is_picture and under > _SHARE * len(texts)
    return Covers(frozenset(covered), is_picture, is_buried, pictured)


def _bounds(item: Any) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top on the page: inside a form they are given in the form's."""
    bounds: tuple[float, float, float, float] = item.get_bounds()
    form = item.container
    while form is not None:
        bounds = form.get_matrix().on_rect(*bounds)
        form = form.container
    return bounds


def _hides(item: Any) -> bool:
    """Return whether an object is opaque: a picture, or a filled box."""
    if pdfium.FPDFPageObj_HasTransparency(item):
        return False
    if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    if not 4 <= pdfium.FPDFPath_CountSegments(item) <= _MOST_SEGMENTS:
        return False
    fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    red, green, blue, opacity = (ctypes.c_uint(0) for _ in range(4))
    known = pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, opacity)
    return fill.value != 0 and bool(known) and opacity.value >= _OPAQUE
