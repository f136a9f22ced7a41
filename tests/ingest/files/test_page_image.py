"""Page images: a hostile PDF costs one child, never the product."""

import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import RefusedFileError
from ingest.files.page_image import draw_page
from tests.ingest.made_files import Show, assemble, make_pdf

HOSTILE = Path(__file__).parents[3] / "../shared/documents/hostile"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf([[Show("Sida ett")], [Show("Sida två")]]))
    return path


def one_page(path: Path, content: bytes, *, box: bytes = b"0 0 595 842") -> Path:
    packed = zlib.compress(content, 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R>>" % box
    tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    path.write_bytes(assemble({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: tree, 3: page, 4: stream}))
    return path


def size(image: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(image)).size


def test_a_page_is_drawn_as_wide_as_asked(pdf: Path) -> None:
    first, second = draw_page(pdf, 1, width=300), draw_page(pdf, 2, width=300)
    assert size(first)[0] in (300, 301)
    assert first != second


@pytest.mark.parametrize("page", [0, -1, 3])
def test_a_page_that_is_not_there_is_refused(pdf: Path, page: int) -> None:
    with pytest.raises(RefusedFileError, match="går inte att visa"):
        draw_page(pdf, page)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"RIFF....WEBP", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(RefusedFileError, match="går inte att visa"):
        draw_page(path, 1)


@pytest.mark.parametrize("box", [b"0 0 14400 14400000", b"0 0 1 100000", b"0 0 0 0", b"5 5 -9 -9"])
def test_a_page_of_any_size_gives_a_small_image_or_none(tmp_path: Path, box: bytes) -> None:
    path = one_page(tmp_path / "a.pdf", b"0 0 10 10 re f", box=box)
    try:
        across, down = size(draw_page(path, 1))
    except RefusedFileError:
        return
    assert max(across, down) <= 2_001


def test_a_page_that_takes_too_long_is_broken_off(tmp_path: Path) -> None:
    strokes = b"0 0 m 595 842 l 3 9 l 590 4 l S\n" * 400_000
    path = one_page(tmp_path / "a.pdf", strokes)
    with pytest.raises(RefusedFileError):
        draw_page(path, 1, seconds=1)


def test_a_page_that_takes_too_much_memory_is_refused(pdf: Path) -> None:
    with pytest.raises(RefusedFileError):
        draw_page(pdf, 1, memory=64 * 2**20)


@pytest.mark.shared
@pytest.mark.slow
def test_no_hostile_file_does_more_than_be_refused() -> None:
    files = sorted(HOSTILE.glob("*.pdf"))
    if not files:
        pytest.skip("the shared documents are not beside the project")
    for path in files:
        with suppress(RefusedFileError):
            assert draw_page(path, 1, seconds=5)[8:12] == b"WEBP"
