"""Measuring the readers: headings matched, words compared, sums told."""

from pathlib import Path

from evals.ingest_readers import summary
from evals.reader_parts.matching import kept_share, match_headings, odd_share, shown_in
from evals.reader_parts.one_file import read_one
from tests.ingest.made_files import Show, column, make_pdf


def test_a_heading_answers_for_one_only() -> None:
    matched = match_headings(["Syfte", "Syfte", "Mål"], ["1.2 Syfte", "Mal och medel"])
    assert (matched.wanted, matched.found, matched.missed) == (3, 1, ("Syfte", "Mål"))


def test_numbers_and_small_slips_do_not_part_headings() -> None:
    assert match_headings(["3 § Krav på nätverk"], ["Krav på nät-verk"]).found == 1


def test_bookmarks_that_no_page_shows_are_not_wanted() -> None:
    assert shown_in(["Bakgrund", "_GoBack"], "1 Bak- grund") == ["Bakgrund"]


def test_lost_and_broken_words_are_counted() -> None:
    assert kept_share("kommunen beslutar", "kommunen") == 0.5
    assert odd_share("kommun-\nen beslutar", "kommunen beslu tar") == 2 / 3


def test_a_file_is_read_and_compared_with_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    shows = [Show("Bakgrund", 72, 730), *column(["Ett stycke text."])]
    path.write_bytes(make_pdf([shows], outline="Bakgrund"))
    reading = read_one(path, name="a", compare=True)
    assert reading.headings is not None
    assert {key: (one.found, one.wanted) for key, one in reading.headings.items()} == {
        "outline": (1, 1),
        "outline/fonts": (0, 1),
        "outline/fonts precision": (0, 0),
    }
    assert (reading.outcome, reading.pages, reading.kept) == ("read", 1, 1.0)


def test_the_sums_tell_shares_and_extremes() -> None:
    matched = {"wanted": 4, "found": 3, "missed": []}
    record = {
        "name": "a.pdf",
        "outcome": "read",
        "pages": 2,
        "seconds": 1.5,
        "peak": 40,
        "headings": {"outline": matched},
        "precise": None,
        "error": 0.002,
    }
    lines = summary([record])
    assert "outline: 3 of 4 headings in 1 files = 75.0%" in lines
    assert "word error 0.20%: a.pdf" in lines
    assert lines[-1] == "pages 2"
