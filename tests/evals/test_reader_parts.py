"""Measuring the readers: headings matched, words compared, sums told."""

import json
from pathlib import Path

import pytest

from evals.reader_parts.aims import aims_table, is_crash
from evals.reader_parts.files_table import files_table, put_into
from evals.reader_parts.matching import (
    Matched,
    kept_share,
    match_headings,
    odd_share,
    shown_in,
)
from evals.reader_parts.one_file import Reading, from_json, read_one
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
        "outline/type": (0, 1),
        "outline/type precision": (0, 0),
    }
    assert (reading.outcome, reading.pages, reading.kept) == ("read", 1, 1.0)


def test_a_reading_survives_its_json() -> None:
    reading = Reading("a.pdf", "read", headings={"tags": Matched(2, 1, ("Mål",))}, scanned=True)
    assert from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_the_aims_say_what_is_met_and_what_is_missed() -> None:
    poor = {"tags": Matched(4, 3, ("Mål",)), "tags/type": Matched(4, 4, ())}
    reading = Reading("a.pdf", "read", 2, seconds=1.5, cpu=1.0, peak=40, headings=poor, error=0.002)
    hostile = Reading("hostile/b.pdf", "refused: Filen är tom. Välj en annan.")
    table = aims_table([reading, hostile])
    assert "tagged PDF ≥ 97 % | 3 of 4 in 1 files: 75.0% | **no** |" in table
    assert (
        "by type alone (tags and bookmarks hidden) ≥ 85 % | 4 of 4 in 1 files: 100.0% | yes |"
        in (table)
    )
    assert "renderings ≤ 0.5% | worst of 1: 0.20% | yes |" in table
    assert "file read or refused with a reason | 1: 0 read, 1 refused | yes |" in table


def test_an_exception_nobody_expected_is_a_crash() -> None:
    assert is_crash(Reading("a.pdf", "refused: Filen gick inte att läsa (KeyError). Spara om den."))
    assert not is_crash(Reading("a.pdf", "refused: PDF-filen är skadad och går inte att läsa."))


def test_the_table_of_files_goes_between_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("Före.\n<!-- files -->\ngammalt\n<!-- /files -->\nEfter.\n")
    reading = Reading("a.pdf", "refused: Filen är tom. Välj en annan fil.", seconds=0.25, peak=40)
    put_into(path, {"files": files_table([reading])})
    text = path.read_text()
    assert "| a.pdf | refused: Filen är tom |" in text
    assert "gammalt" not in text
    assert (text[:5], text[-7:]) == ("Före.", "Efter.\n")
    with pytest.raises(ValueError, match="aims"):
        put_into(path, {"aims": ""})
