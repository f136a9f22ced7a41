"""The whole chat with the keyboard alone; the focus is always somewhere, and seen."""

from playwright.sync_api import Page, expect

from tests.browser.states import not_covered
from tests.browser.steps import open_chat, wait_for_answer

_MOST = 60  # presses of Tab that anything may be away


def press_tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    """Press Tab until what `selector` names has the focus, which must be seen all the way."""
    for _ in range(_MOST):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("(css) => document.activeElement.matches(css)", selector):
            assert has_ring(page), f"{selector} does not show that it has the focus"
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


def has_ring(page: Page) -> bool:
    """Say whether what has the focus, or the label round it, has an outline."""
    return bool(
        page.evaluate(
            """() => [document.activeElement, document.activeElement.closest("label")].some(
              (one) => one && getComputedStyle(one).outlineStyle !== "none"
                && parseFloat(getComputedStyle(one).outlineWidth) >= 2)"""
        )
    )


def test_a_role_is_chosen_and_a_suggestion_asked(page: Page) -> None:
    open_chat(page)
    press_tab_to(page, "a.hoppa")
    page.keyboard.press("Enter")
    expect(page.locator("#fraga textarea")).to_be_focused()
    press_tab_to(page, "#roll input:checked")
    before = page.locator("#start-0").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#roll input:checked")).to_have_value("vard")
    expect(page.locator("#start-0")).not_to_have_text(before)
    expect(page.locator("#roll input:checked")).to_be_focused()
    expect(page.locator("#lasstatus")).to_have_text("Förslag för: Vård och omsorg")
    press_tab_to(page, "#start-1")
    asked = page.locator("#start-1").inner_text()
    page.keyboard.press("Enter")
    wait_for_answer(page, 1)
    expect(page.locator("#svar-1 .fraga")).to_contain_text(asked)
    expect(page.locator("#svar-1 .fraga")).to_be_focused()


def test_an_answer_is_followed_to_its_source_copied_rated_and_left(page: Page) -> None:
    open_chat(page)
    page.locator("#fraga textarea").focus()
    page.keyboard.type("Får jag klistra in personuppgifter?")
    page.keyboard.press("Enter")
    wait_for_answer(page, 1)
    page.locator("#svar-1 .fraga").focus()
    press_tab_to(page, "a.hanvisning")
    page.keyboard.press("Enter")
    expect(page.locator("#kalla-1-1")).to_be_focused()
    press_tab_to(page, "#kalla-1-1 a.oppna")
    page.keyboard.press("Escape")
    expect(page.locator("#svar-1 a.hanvisning").first).to_be_focused()
    press_tab_to(page, "button.kopiera")
    page.keyboard.press("Enter")
    expect(page.locator(".kopierat")).not_to_be_empty()
    rate_it_badly(page)
    press_tab_to(page, ".fraga-radet")
    page.keyboard.press("Enter")
    expect(page.locator("dialog#radet")).to_be_visible()
    press_tab_to(page, "#radet .forst")
    page.keyboard.press("Enter")
    expect(page.locator(".radet-tack")).to_be_visible()
    expect(page.locator("#efter-1 .kopiera")).to_be_focused()
    press_tab_to(page, "#vidare-0")
    page.keyboard.press("Enter")
    wait_for_answer(page, 2)
    expect(page.locator("#svar-2 .fraga")).to_be_focused()
    press_tab_to(page, "#nytt")
    page.keyboard.press("Enter")
    expect(page.locator("#svar .fraga-svar")).to_have_count(0)
    expect(page.locator("#fraga textarea")).to_be_focused()
    press_tab_to(page, ".sidfot a[href='/tillganglighet']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Tillgänglighetsredogörelse")


def rate_it_badly(page: Page) -> None:
    press_tab_to(page, ".hjalpte-inte")
    page.keyboard.press("Enter")
    expect(page.locator("dialog#omdome")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#omdome")).not_to_be_visible()
    expect(page.locator(".hjalpte-inte")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#omdome input:checked")).to_have_value("svarar inte på frågan")
    press_tab_to(page, "#omdome-text")
    page.keyboard.type("Jag undrade något annat.")
    press_tab_to(page, "#omdome .forst")
    page.keyboard.press("Enter")
    expect(page.locator("#efter-1 .tack")).to_be_visible()
    expect(page.locator("#efter-1 .kopiera")).to_be_focused()


def test_an_open_form_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    not_covered(page)
    page.locator("button.fraga-radet").press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = "document.activeElement.closest('dialog') !== null"
        outside = "document.activeElement === document.body"  # the browser's own tools
        assert page.evaluate(f"{inside} || {outside}")
    page.locator("#radet .avbryt").press("Enter")
    expect(page.locator("button.fraga-radet")).to_be_focused()
    expect(page.locator(".radet-tack")).to_have_count(0)
