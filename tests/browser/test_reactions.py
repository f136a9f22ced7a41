"""A person rates an answer or asks the council, is thanked once, and loses nothing."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.states import QUESTION, not_covered, rating_open
from tests.browser.steps import ask, open_chat

_WATCH = (
    "new MutationObserver(() => lasstatus.textContent && (window.said ??= []).push("
    "lasstatus.textContent)).observe(lasstatus, { childList: true })"
)


def test_an_answer_that_helped_is_thanked_for_once(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    expect(page.locator("#lasstatus")).to_contain_text("Svaret är klart")
    page.evaluate(_WATCH)
    page.get_by_role("button", name=re.compile(r"^Ja\s+svaret hjälpte mig$")).click()
    expect(page.locator("#efter-1 .tack")).to_have_text("Tack! Ditt omdöme är sparat.")
    expect(page.locator("#efter-1 .omdome")).to_have_count(0)
    expect(page.locator("#efter-1 .fraga-radet")).to_have_count(0)
    assert page.evaluate("window.said") == ["Tack! Ditt omdöme är sparat."]


def test_without_a_reason_nothing_is_sent(page: Page) -> None:
    rating_open(page)
    page.locator("#omdome .forst").click()
    expect(page.locator("dialog#omdome")).to_be_visible()
    expect(page.locator(".tack")).to_have_count(0)


def test_what_was_begun_is_kept_for_the_same_answer_and_only_for_it(page: Page) -> None:
    rating_open(page)
    page.locator("#omdome-text").fill("Halvskrivet")
    page.locator("#omdome .avbryt").click()
    page.locator("#efter-1 .hjalpte-inte").click()
    expect(page.locator("#omdome-text")).to_have_value("Halvskrivet")
    page.keyboard.press("Escape")
    ask(page, "Vad är fokus i planen?")
    page.locator("#efter-2 .hjalpte-inte").click()
    expect(page.locator("#omdome-text")).to_have_value("")
    expect(page.locator("#omdome .om-fragan")).to_have_text("Vad är fokus i planen?")


def test_an_earlier_answer_can_be_rated_and_later_ones_are_left_alone(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    ask(page, "Vad är fokus i planen?")
    page.locator("#efter-1 .hjalpte").click()
    expect(page.locator("#efter-1 .tack")).to_be_visible()
    expect(page.locator("#efter-2 .omdome")).to_be_visible()
    ask(page, "Vad kostade piloten?")
    expect(page.locator("#efter-1 .tack")).to_be_visible()


def test_a_question_without_answer_is_sent_to_the_council(page: Page) -> None:
    not_covered(page)
    page.get_by_role("button", name="Fråga AI-rådet").click()
    expect(page.locator("#radet .om-fragan")).to_have_text("Vad kostade piloten?")
    expect(page.locator("#radet")).to_contain_text("Skriv inga personuppgifter")
    page.locator("#radet-text").fill("Vi planerar en egen.")
    page.locator("#radet .forst").click()
    expect(page.locator(".radet-tack")).to_contain_text("Frågan är skickad till AI-rådet.")
    expect(page.locator(".fraga-radet")).to_have_count(0)


def test_a_question_turned_back_offers_nothing_to_send(page: Page) -> None:
    open_chat(page)
    page.route("**/personregler.js", lambda route: route.abort())  # so that the server meets it
    page.reload()
    ask(page, "Mitt personnummer är 19900101-2385, får jag?")
    expect(page.locator("#svar .efter button")).to_have_count(0)


def test_a_browser_that_forbids_the_clipboard_still_copies(
    page: Page, context: BrowserContext
) -> None:
    open_chat(page)
    ask(page, QUESTION)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.evaluate("() => { document.execCommand = (name) => ((window.tried = name), true); }")
    page.locator("button.kopiera").click()
    expect(page.locator(".kopierat")).to_have_text("Svaret är kopierat")
    assert page.evaluate("window.tried") == "copy"
    page.evaluate("() => { document.execCommand = () => false; }")
    page.locator("button.kopiera").click()
    expect(page.locator("#lasstatus")).to_contain_text("Det gick inte att kopiera")


def test_the_choice_of_role_is_kept_over_a_new_conversation_and_nowhere_else(page: Page) -> None:
    open_chat(page)
    page.locator("#roll label", has_text="Chef").click()
    expect(page.locator("#start-0")).to_contain_text("utbildning")
    page.locator("#start-1").click()
    expect(page.locator("#svar-1 .fraga")).to_contain_text("rekrytering")
    expect(page.locator("#lage .klart")).to_be_visible()
    page.locator("#nytt").click()
    expect(page.locator("#start-0")).to_contain_text("utbildning")
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"
    page.reload()
    expect(page.locator("#start-0")).to_contain_text("personuppgifter")
