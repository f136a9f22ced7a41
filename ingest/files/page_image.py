"""Draw a page of a PDF in a child process that may die without taking the product with it."""

import json
import math
from pathlib import Path

from ingest.errors import RefusedFileError
from ingest.files.isolation import run_child

MEDIA_TYPE = "image/webp"
HEADER = 30  # bytes of a WebP that tell its size
_MOST_BYTES = 8 * 2**20


def draw_page(
    path: Path, page: int, *, width: int = 1_000, seconds: float = 20.0, memory: int = 1 << 30
) -> bytes:
    """Return a page (from 1) of a PDF that nobody has vouched for, as WebP, `width` pixels wide.

    The file is only opened in a child with limits on time, memory and output, and no network.

    Raises:
        RefusedFileError: there is no such page or it cannot be drawn within the limits.
    """
    arguments = [str(path.absolute()), str(page), str(width), str(math.ceil(seconds)), str(memory)]
    reply = run_child("ingest.files.page_child", arguments, seconds=seconds)
    if reply[:4] == b"RIFF" and reply[8:12] == b"WEBP" and len(reply) <= _MOST_BYTES:
        return reply
    raise RefusedFileError(_reason(reply))


def image_size(header: bytes) -> tuple[int, int] | None:
    """Return width and height of a WebP, from its first HEADER bytes; None for anything else.

    Read by hand: nothing that the child wrote is given to a decoder in this process.
    """
    if len(header) < HEADER or header[:4] != b"RIFF" or header[8:12] != b"WEBP":
        return None
    match header[12:16]:
        case b"VP8 ":
            width, height = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            packed = int.from_bytes(header[21:25], "little")
            return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width, height = (int.from_bytes(header[at : at + 3], "little") for at in (24, 27))
            return width + 1, height + 1
    return None


def _reason(reply: bytes) -> str:
    try:
        return str(json.loads(reply)["refused"])
    except (ValueError, KeyError, TypeError):
        return "Sidan går inte att visa: den kräver för mycket minne."
