"""The ink of a PDF page: rendered small, asked where something can be seen."""

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

_MOST_PIXELS = 1_600  # the longer side; 842 for A4, a pixel a point
_FAINT = 12  # steps of 255 between neighbouring pixels: less than this no one sees
_SAME_COLOUR = 24  # steps of 255 between letter and ground
_OTHER_INK = 0.35  # share of a box that other letters may darken, hardly more
_FINE = 1_000  # PDFium gives whole pixels: ask for a page this many times as large

Boxes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ink:
    """A page as pixels.

    `pixels` is height x width x RGB; `edges[y, x]` counts the pixels above and left of (y, x)
    that differ from a neighbour; `to_pixels` is 2 x 3, from points to pixels.
    """

    pixels: NDArray[np.uint8]
    edges: NDArray[np.int32]
    to_pixels: NDArray[np.float64]

    @property
    def is_blank(self) -> bool:
        """Return whether nothing can be seen on the page."""
        return not self.edges[-1, -1]

    def shows(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Return for each box of left, bottom, right, top in points whether there is ink in it."""
        left, top, right, bottom = self.corners(boxes, 1.0)
        edges = self.edges
        count = edges[bottom, right] - edges[top, right] - edges[bottom, left] + edges[top, left]
        shown: NDArray[np.bool_] = count > 0
        return shown

    def is_ground(self, box: Boxes, colour: tuple[int, int, int]) -> bool:
        """Return whether a colour is that of the ground, in the box and around it."""
        for grow in (0.0, max(2.0, 0.4 * float(box[3] - box[1]))):
            left, top, right, bottom = (int(edge[0]) for edge in self.corners(box[None], grow))
            part = self.pixels[top:bottom, left:right].reshape(-1, 3).astype(np.int16)
            apart = np.abs(part - np.array(colour, dtype=np.int16)).max(axis=1, initial=0)
            if (apart >= _SAME_COLOUR).sum() > _OTHER_INK * len(part):
                return False
        return True

    def find_later(self, boxes: Boxes) -> NDArray[np.int32]:
        """Return for each box the number of the last one that lies over its middle."""
        rows, columns, _ = self.pixels.shape
        last = np.full((rows, columns), -1, dtype=np.int32)
        corners = np.column_stack(self.corners(boxes, 0.0)).tolist()
        for number, (left, top, right, bottom) in enumerate(corners):
            last[top:bottom, left:right] = number
        across, down, _, _ = self.corners((boxes + boxes[:, [2, 3, 0, 1]]) / 2, 0.0)
        found: NDArray[np.int32] = last[np.minimum(down, rows - 1), np.minimum(across, columns - 1)]
        return found

    def corners(self, boxes: Boxes, grow: float) -> tuple[NDArray[np.int32], ...]:
        """Return left, top, right, bottom in whole pixels, within the page."""
        height, width = self.pixels.shape[:2]
        x, y = self._place(boxes[:, 0], boxes[:, 1])
        other_x, other_y = self._place(boxes[:, 2], boxes[:, 3])

        def whole(values: Boxes, most: int) -> NDArray[np.int32]:
            return np.clip(np.nan_to_num(values), 0, most).astype(np.int32)

        return (
            whole(np.floor(np.minimum(x, other_x) - grow), width),
            whole(np.floor(np.minimum(y, other_y) - grow), height),
            whole(np.ceil(np.maximum(x, other_x) + grow), width),
            whole(np.ceil(np.maximum(y, other_y) + grow), height),
        )

    def _place(self, x: Boxes, y: Boxes) -> tuple[Boxes, Boxes]:
        across, down = self.to_pixels
        return across[0] * x + across[1] * y + across[2], down[0] * x + down[1] * y + down[2]


def read_ink(page: Any) -> Ink:
    """Render a PDFium page without its annotations; raises PdfiumError."""
    width, height = page.get_size()
    scale = min(1.0, _MOST_PIXELS / max(width, height, 1.0))
    bitmap = page.render(scale=scale, draw_annots=False, may_draw_forms=False, rev_byteorder=True)
    pixels = np.array(bitmap.to_numpy()[:, :, :3])
    rows, columns = pixels.shape[:2]
    differs = np.zeros((rows, columns), dtype=bool)
    differs[:, 1:] |= _step(pixels[:, 1:], pixels[:, :-1])
    differs[1:] |= _step(pixels[1:], pixels[:-1])
    edges = np.zeros((rows + 1, columns + 1), dtype=np.int32)
    edges[1:, 1:] = differs.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    return Ink(pixels, edges, _transform(page, columns, rows))


def _step(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.bool_]:
    apart: NDArray[np.bool_] = np.maximum(one, other) - np.minimum(one, other) >= _FAINT
    return apart[:, :, 0] | apart[:, :, 1] | apart[:, :, 2]


def _transform(page: Any, columns: int, rows: int) -> NDArray[np.float64]:
    """Return the affine map from points to pixels, /Rotate and crop box in it."""
    x, y = ctypes.c_int(), ctypes.c_int()
    found = []
    for point in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
        size = (columns * _FINE, rows * _FINE)
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *point, x, y)
        found.append((x.value / _FINE, y.value / _FINE))
    origin, along, up = np.array(found)
    return np.column_stack(((along - origin) / 100, (up - origin) / 100, origin))
