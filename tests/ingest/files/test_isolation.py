"""Isolation: whatever a file does, the parent gets an answer."""

import os
from pathlib import Path

import pytest

from ingest.errors import RefusedFileError, ScannedFileError
from ingest.files.convert import convert
from ingest.files.isolation import convert_isolated
from tests.ingest.made_files import Show, assemble, column, make_pdf, scan


def test_the_child_gives_what_the_reader_gives(tmp_path: Path) -> None:
    path = tmp_path / "a å.pdf"
    path.write_bytes(make_pdf([column(["En mening om § 5 i planen för året."])]))
    assert convert_isolated(path) == convert(path)


def test_a_refusal_comes_through_in_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(scan(make_pdf([column(["Arkivbeslut"])])))
    with pytest.raises(ScannedFileError, match="OCR") as refusal:
        convert_isolated(path, ocr=False)
    assert refusal.value.pages == (1,)


def test_a_large_file_is_refused_by_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as stream:
        stream.truncate(300 * 2**20)  # a sparse file: nothing is written or read
    with pytest.raises(RefusedFileError, match=r"300 MB; gränsen är 25 MB"):
        convert_isolated(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="finns inte"):
        convert_isolated(tmp_path / "a.pdf")


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    shows = [Show("hej hopp", 10, 10)] * 20_000
    path.write_bytes(_same_page(make_pdf([shows]), 200))
    with pytest.raises(RefusedFileError, match="mer än 1 sekunder"):
        convert_isolated(path, seconds=1)


def test_a_file_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("ord " * 1_200_000)
    with pytest.raises(RefusedFileError, match="minne"):
        convert_isolated(path, memory=100 * 2**20)


def test_nothing_is_left_running(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("En mening.")
    before = children()
    convert_isolated(path)
    assert children() <= before


def children() -> set[str]:
    """Return the process numbers of this thread's children, those of other tests too."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def _same_page(pdf: bytes, pages: int) -> bytes:
    """Return a PDF that shows the content of another's first page on many pages."""
    start = pdf.index(b"200 0 obj\n") + len(b"200 0 obj\n")
    content = pdf[start : pdf.index(b"\nendobj", start)]
    kids = b" ".join(b"%d 0 R" % (100 + n) for n in range(pages))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        4: content,
    }
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 3 0 R>>>>>>"
    )
    return assemble({**objects, **{100 + n: page for n in range(pages)}})
