"""The child process of page images: limit itself, draw one page of a PDF, write it as WebP."""

import sys
from io import BytesIO

from ingest.files.child import forbid, limit_self
from ingest.files.wire import encode_refusal

_LONGEST_SIDE = 2_000  # pixels: a page may say that it is kilometres long
_QUALITY = 70


def main(path: str, page: str, width: str, seconds: str, memory: str) -> None:
    """Draw a page and write the image, or why there is none, to standard output."""
    limit_self(int(seconds), int(memory))
    sys.addaudithook(forbid)
    sys.stdout.buffer.write(_reply(path, int(page), int(width)))
    sys.stdout.buffer.flush()


def _reply(path: str, page: int, width: int) -> bytes:
    # An outer edge, as in ingest.files.child: whatever a hostile file does, the parent hears.
    try:
        return draw(path, page, width=width)
    except Exception as error:
        return encode_refusal(f"Sidan går inte att visa ({type(error).__name__}).")


def draw(path: str, number: int, *, width: int) -> bytes:
    """Return page `number` (from 1) of a PDF as WebP, `width` pixels wide or less.

    Raises:
        IndexError: there is no such page.
        pypdfium2.PdfiumError: the file cannot be opened or the page not be drawn.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    if not 1 <= number <= len(document):
        raise IndexError(number)
    page = document[number - 1]
    across, down = page.get_size()
    scale = min(width / max(across, 1), _LONGEST_SIDE / max(across, down, 1))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    out = BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:6])
