"""The page gives way: to larger text, more space, high contrast, calm, paper, small targets."""

from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.states import QUESTION, STATES, State, rated, sources_open
from tests.browser.steps import ask, open_chat

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
_CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *, dialog *")]
  .filter((one) => one.checkVisibility() && one.innerText?.trim() && !one.closest(".dold"))
  .filter((one) => !one.closest("#lasstatus, .hoppa"))
  .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowY))
  .filter((one) => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
  .map((one) => one.outerHTML.slice(0, 120))"""
# Links within a sentence are excepted in WCAG 2.5.8; every other target is measured.
_SMALL = """() => [...document.querySelectorAll(
    "a, button, input, textarea, summary, label:has(input)")]
  .filter((one) => one.checkVisibility() && !one.matches(".hoppa, #reaktion *, label input"))
  .filter((one) => !(one.matches("a") && getComputedStyle(one).display === "inline"
    && one.closest("p, li, td")?.textContent.trim() !== one.textContent.trim()))
  .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
_NOT_GROWN = """() => {
  const size = (one) => parseFloat(getComputedStyle(one).fontSize);
  const shown = [...document.querySelectorAll("body *")]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => one.checkVisibility())
    .map((one) => [one, size(one)]);
  document.documentElement.style.setProperty("font-size", "200%", "important");
  return shown.filter(([one, was]) => size(one) < 1.9 * was)
    .map(([one]) => one.outerHTML.slice(0, 120));
}"""
_WIDE = "document.documentElement.scrollWidth - innerWidth"
_SEEN = [state for state in STATES if state.name != "Söker"]


@pytest.mark.parametrize("state", _SEEN, ids=lambda state: state.name)
def test_large_text_spaced_text_and_targets(page: Page, state: State) -> None:
    state.reach(page)
    assert page.evaluate(_SMALL) == []
    spaced = page.add_style_tag(content=SPACING) if _may_style(page) else None
    assert page.evaluate(_CLIPPED) == []
    assert page.evaluate(_WIDE) <= 0
    if spaced:
        spaced.evaluate("style => style.remove()")
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")
    assert page.evaluate(_CLIPPED) == []
    assert page.evaluate(_WIDE) <= 0


@pytest.mark.parametrize("reach", [open_chat, sources_open], ids=["start", "answers"])
def test_all_text_grows_with_the_readers_text_size_on_a_small_phone(
    page: Page, reach: Callable[[Page], None]
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 640})
    reach(page)
    assert page.evaluate(_NOT_GROWN) == []
    assert page.evaluate(_WIDE) <= 0


def _may_style(page: Page) -> bool:
    """Put the style in by a constructed sheet where the page's policy allows no inline style."""
    if page.locator("gradio-app").count():
        return True
    page.evaluate(
        """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet]; }""",
        SPACING,
    )
    return False


def test_high_contrast_shows_with_lines_what_colour_told(page: Page) -> None:
    sources_open(page)
    page.emulate_media(forced_colors="active")
    width = "one => getComputedStyle(one).borderTopWidth"
    assert page.locator(".kalla.vald").evaluate(width) == "3px"
    assert page.locator("#svar-2 .svar").evaluate(width) == "1px"
    assert page.locator("#skicka").evaluate(width) == "1px"


def test_calm_means_no_movement(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    open_chat(page)
    ask(page, QUESTION)
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          const times = [style.transitionDuration, style.animationDuration];
          return times.some((time) => parseFloat(time) > .01);
        }).length"""
    )
    assert moving == 0


def test_paper_shows_the_conversation_and_the_open_sources(page: Page) -> None:
    rated(page)
    page.locator("#svar-1 a.hanvisning", has_text="[3]").click()
    expect(page.locator("#kalla-1-3 mark")).to_be_visible()
    reader = PdfReader(BytesIO(page.pdf(format="A4")))
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    assert len(reader.pages) <= 3
    for shown in (QUESTION, "Nej.", "KF 2021-03-31 § 100", "Svarets id:"):
        assert shown in text
    for tool in ("Kopiera", "Fråga AI-rådet", "Nytt samtal", "Din fråga", "Till svaret", "English"):
        assert tool not in text


def test_paper_shows_a_passage_with_its_facts(page: Page) -> None:
    page.goto("/avsnitt/ansvar/2026-1/ditt-ansvar")
    text = PdfReader(BytesIO(page.pdf(format="A4"))).pages[0].extract_text()
    assert "Ditt ansvar för resultatet" in text
    assert "KF 2021-03-31 § 100" in text
    assert "Till frågorna" not in text
