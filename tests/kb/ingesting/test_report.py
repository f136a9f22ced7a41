"""The report: one file, in Swedish, without scripts, without a single personal number."""

import re
from pathlib import Path

import pytest

from ingest.intake.taken import FileOutcome, Taken, Terms
from kb.ingesting.report import Report
from kb.ingesting.samples import choose_samples, draw_samples
from tests.ingest.made_files import Show, column, make_pdf
from tests.ingest.taking_in import TODAY, convert_here, take_all


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    convert_here(monkeypatch)


def page(number: int, last: str) -> list[Show]:
    line = f"Den {number} sidan har en mening som handlar om planen och staden."
    return column([f"Rubrik {number}", *[line] * 3, last])


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "protokoll <b>.pdf"
    ends = ["Slut på den.", "Ring 070-1740605 om det.", "Gäller 19900101-2385.", "Slut."]
    path.write_bytes(make_pdf([page(n, end) for n, end in enumerate(ends, start=1)]))
    return path


def written(taken: list[Taken], tmp_path: Path, *, preview: bool = False) -> str:
    report = Report(Terms(TODAY, preview=preview))
    for one in taken:
        report.add(one)
    report.write(tmp_path / "r.html", missing=(), seconds=2.0)
    return (tmp_path / "r.html").read_text()


def test_a_report_stands_alone_and_runs_nothing(pdf: Path, tmp_path: Path) -> None:
    html = written(take_all(pdf, library=tmp_path / "b"), tmp_path)
    assert '<html lang="sv">' in html
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", html)


def test_what_files_say_is_text_never_markup(pdf: Path, tmp_path: Path) -> None:
    html = written(take_all(pdf, library=tmp_path / "b"), tmp_path)
    assert "protokoll &lt;b&gt;.pdf" in html
    assert "<b>" not in html


def test_pages_are_shown_beside_their_text_but_not_one_with_a_personal_number(
    pdf: Path, tmp_path: Path
) -> None:
    (taken,) = take_all(pdf, library=tmp_path / "b")
    samples = choose_samples(taken, today=TODAY)
    shown = [(one.page, one.picture is not None, one.has_number) for one in samples]
    assert shown == [(1, True, False), (2, True, False), (3, False, True)]
    html = written([taken], tmp_path)
    assert html.count("data:image/webp") == 2
    assert "den innehåller ett personnummer" in html
    assert "••••••••-••••" in html
    assert "2385" not in html


def test_a_page_that_cannot_be_drawn_is_text_alone(pdf: Path, tmp_path: Path) -> None:
    (taken,) = take_all(pdf, library=tmp_path / "b")
    pdf.write_bytes(b"%PDF trasig")
    assert set(draw_samples(choose_samples(taken, today=TODAY))) == {None}
    assert "den 1 sidan" in written([taken], tmp_path).lower()


def test_a_source_without_pages_shows_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Rutin\n\n" + "Så gör vi. " * 900)
    html = written(take_all(path, library=tmp_path / "b"), tmp_path)
    assert "Dokumentets början" in html
    assert "[…]" in html


def test_changes_are_marked_for_eye_and_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    for text in ("Kostnaden är 7 mnkr.", "Kostnaden är 9 mnkr."):
        path.write_text(f"# Rutin\n\n{text}\n")
        taken = take_all(path, library=tmp_path / "b")
    html = written(taken, tmp_path)
    assert "Kostnaden är <del>7 </del><ins>9 </ins>mnkr." in html


def test_a_refused_file_says_why(tmp_path: Path) -> None:
    refused = Taken(tmp_path / "x.xls", FileOutcome("x.xls", "refused", reason="Spara som PDF."))
    html = written([refused], tmp_path, preview=True)
    assert "Spara som PDF." in html
    assert "1 avvisad." in html
    assert "Inget är skrivet." in html
