"""The extract for a records request: axe-core finds nothing, it reflows, it asks for nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kb.journal.events import note_feedback
from kb.journal.export import take_out
from kb.journal.export_html import export_html
from kb.journal.queries import Wanted
from kb.journal.records import Feedback
from kb.journal.store import open_journal
from kb.records import Notice, Outcome
from tests.browser.test_accessibility import AXE, CHECK, RULES, VIEWS
from tests.kb.journal.made import ASKER, START, add_turn


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An extract with every kind of entry, as a file."""
    folder = tmp_path_factory.mktemp("extract")
    journal = open_journal(folder)
    turn = add_turn(journal, notices=(Notice("older", "En äldre utgåva säger annat."),))
    add_turn(journal, outcome=Outcome.REDACT_FIRST, personal_data=("personnummer",))
    add_turn(journal, outcome=Outcome.NOT_COVERED, citations=(), contact="Fråga registratorn.")
    note_feedback(journal, Feedback(turn, useful=False, comment="Fel"), actor=ASKER, now=START)
    with journal.looking() as connection:
        export = take_out(connection, Wanted(), by="registrator", now=START, everything=True)
    journal.close()
    page = folder / "utdrag.html"
    page.write_text(export_html(export), encoding="utf-8")
    return page


@pytest.mark.parametrize("view", VIEWS)
def test_no_barrier_is_found_and_nothing_is_fetched(
    browser: Browser, extract: Path, view: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make test`, which fetches it with npm")
    width, height, scheme = VIEWS[view]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(extract.as_uri())
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(CHECK, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert fetched == [extract.as_uri()]
    page.close()
