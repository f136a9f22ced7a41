"""Page markers: written and read back, alone on a line or in a body."""

import pytest

from ingest.library.page_marker import Pages, find_markers, read_marker, write_marker


@pytest.mark.parametrize(
    ("marker", "pages"),
    [
        ("<!-- sida 3 -->", Pages(3, 3)),
        ("<!-- sida 3–4 -->", Pages(3, 4)),
        ("<!-- sida 3, skannad -->", Pages(3, 3, scanned=True)),
        ("<!-- sida 3–4, skannad -->", Pages(3, 4, scanned=True)),
    ],
)
def test_a_marker_is_written_and_read_back(marker: str, pages: Pages) -> None:
    assert write_marker(pages) == marker
    assert read_marker(f"  {marker} ") == pages


def test_other_comments_are_no_markers() -> None:
    assert read_marker("<!-- sidan 3 -->") is None
    assert read_marker("<!-- sida 3 --> text") is None


def test_markers_are_found_with_where_they_end() -> None:
    body = "<!-- sida 1 -->\n\nText.\n\n<!-- sida 2–3 -->\n"
    assert list(find_markers(body)) == [(15, Pages(1, 1)), (41, Pages(2, 3))]
