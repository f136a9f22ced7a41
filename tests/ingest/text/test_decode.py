"""Decoding: Swedish text comes out right whatever it was saved as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import RefusedFileError
from ingest.text.decode import decode

TEXT = "Överförmyndarnämnden åtgärdar ärenden enligt § 5.\n"


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "cp1252",
        "latin-1",
        "mac_roman",
        "cp850",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
    ],
)
def test_one_sentence_is_enough(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).replace("\ufeff", "") == TEXT


def test_typographic_marks_point_to_windows() -> None:
    text = "”Så är det” – sade nämnden"
    assert decode(text.encode("cp1252")) == text


def test_a_page_says_its_own_charset() -> None:
    page = '<meta charset="iso-8859-2"><p>Škoda</p>'
    assert decode(page.encode("iso-8859-2")) == page


def test_a_broken_marked_file_is_refused() -> None:
    with pytest.raises(RefusedFileError, match="teckenkodningen"):
        decode(b"\xff\xfe\x00")


@given(
    st.text("abcdefåäöÅÄÖ –”§.,0123456789\n", max_size=300),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"]),
)
def test_what_is_written_is_read_back(text: str, encoding: str) -> None:
    # Without a mark only the letters tell: a page has them, a lone sign could be anything.
    page = TEXT * 8 + text
    assert decode(page.encode(encoding)) == page
