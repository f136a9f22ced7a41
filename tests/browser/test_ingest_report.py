"""The report of an intake: nothing for axe-core to find, and a printed page for every file."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ingest.intake.taken import Terms
from kb.ingesting.report import Report
from tests.browser.test_accessibility import AXE, CHECK, RULES, VIEWS
from tests.ingest.made_files import column, make_pdf
from tests.ingest.taking_in import TODAY, convert_here, take_all


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the report of three files: a PDF, a page that changed, one that was refused."""
    convert_here(monkeypatch)
    folder = tmp_path / "in"
    folder.mkdir()
    lines = ["Riktlinjer för AI 2026", "En mening om staden och planen. Ring 070-1740605."]
    (folder / "a.pdf").write_bytes(make_pdf([column(lines)]))
    (folder / "b.md").write_text("# Rutin\n\nKostnaden är 7 mnkr.\n")
    (folder / "c.xls").write_bytes(b"PK\x03\x04")
    take_all(folder, library=tmp_path / "b")
    (folder / "b.md").write_text("# Rutin\n\nKostnaden är 9 mnkr.\n")
    written = Report(Terms(TODAY))
    for taken in take_all(folder, library=tmp_path / "b"):
        written.add(taken)
    written.write(tmp_path / "rapport.html", missing=(), seconds=1.0)
    return tmp_path / "rapport.html"


@pytest.mark.parametrize("view", VIEWS)
def test_no_barrier_is_found(browser: Browser, report: Path, view: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make test`, which fetches it with npm")
    width, height, _ = VIEWS[view]
    page = browser.new_page(viewport={"width": width, "height": height}, bypass_csp=True)
    page.goto(report.as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(CHECK, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_shows_its_pictures_and_prints(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.goto(report.as_uri())
    shown = "[...document.images].map((image) => image.complete && image.naturalWidth > 600)"
    assert page.evaluate(shown) == [True]
    assert page.pdf().count(b"/Type /Page\n") >= 3
    assert faults == []
    page.close()
