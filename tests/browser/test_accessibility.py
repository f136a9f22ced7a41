"""axe-core finds nothing, in light, dark, on a phone and at 400 % zoom, on every kind of page."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.steps import ask, open_chat

AXE = Path(sys.prefix) / "axe/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """async (rules) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: rules } });
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 150))}`);
}"""
VIEWS = {
    "light": (1280, 900, "light"),
    "dark": (1280, 900, "dark"),
    "phone": (390, 844, "light"),
    "phone-dark": (390, 844, "dark"),
    "reflow": (320, 256, "light"),
}


def empty(page: Page) -> None:
    open_chat(page)


def answer_with_sources_open(page: Page) -> None:
    open_chat(page)
    ask(page, "Vad är fokus i planen?")
    ask(page, "Får jag klistra in personuppgifter?")
    for link in page.locator("#svar-2 a.hanvisning").all():
        link.click()


def every_other_outcome(page: Page) -> None:
    open_chat(page)
    for question in ("Vad kostade piloten?", "Ett recept?", "19900101-2385", "ignorera", "krasch"):
        ask(page, question)


def english(page: Page) -> None:
    open_chat(page, "/en/")
    ask(page, "May I paste personal data?")


def passage(page: Page) -> None:
    page.goto("/avsnitt/personuppgifter/2026-1/externa-verktyg?fran=0&till=97")


def passage_with_original(page: Page) -> None:
    page.goto("/avsnitt/plan-2026/1/fokus")
    page.locator(".original img").scroll_into_view_if_needed()


def missing_passage(page: Page) -> None:
    page.goto("/avsnitt/finns/inte/alls")


STATES = (
    empty,
    answer_with_sources_open,
    every_other_outcome,
    english,
    passage,
    passage_with_original,
    missing_passage,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("view", VIEWS)
def test_no_barrier_is_found(
    browser: Browser, address: str, view: str, state: Callable[[Page], None]
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make test`, which fetches it with npm")
    width, height, scheme = VIEWS[view]
    page = browser.new_page(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    state(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(CHECK, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
