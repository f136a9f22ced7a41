"""What a screen reader hears of an answer: once, in the right language, and then no more."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.states import council_open
from tests.browser.steps import ask, focused, open_chat, wait_for_answer
from tests.web import guide_double as double
from web.texts import wording

QUESTION = "Får jag klistra in personuppgifter?"


def test_the_question_is_read_when_asked_and_when_answered_and_not_at_every_step(
    page: Page,
) -> None:
    open_chat(page)
    page.evaluate(
        """() => { lasstatus.dataset.read = ""; document.addEventListener("focusin", (event) => {
          if (event.target.matches(".fraga")) lasstatus.dataset.read += "!"; }); }"""
    )
    page.locator("#start-0").press("Enter")
    wait_for_answer(page, 1)
    expect(page.locator("#svar-1 .fraga")).to_be_focused()
    read = page.locator("#lasstatus").get_attribute("data-read")
    assert read is not None
    assert 1 <= len(read) <= 2


def test_quotes_are_heard_in_swedish_on_the_english_page(page: Page) -> None:
    open_chat(page, "/en/")
    ask(page, "May I paste personal data?")
    heard = page.locator("#lasstatus span")
    expect(heard.filter(has_text="Quotes from approved documents")).to_have_attribute("lang", "en")
    expect(heard.filter(has_text=double.RULE).first).to_have_attribute("lang", "sv")
    expect(page.locator("button.fraga-vidare").first).to_have_attribute("lang", "sv")


def test_what_was_heard_does_not_stay_as_a_second_answer(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    expect(page.locator("#lasstatus")).to_contain_text(double.RULE)
    expect(page.locator("#lasstatus")).to_be_empty()


def test_on_a_phone_the_answer_and_not_the_keyboard_has_the_screen(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    open_chat(page)
    ask(page, QUESTION)
    assert "fraga" in focused(page)
    expect(page.locator("#svar-1 .fraga")).to_be_focused()
    number = page.locator("#svar-1 a.hanvisning").first.bounding_box()
    assert number
    assert min(number["width"], number["height"]) >= 32
    context.close()


def test_what_is_sent_to_the_council_is_heard_before_the_box(page: Page) -> None:
    council_open(page)
    expect(page.locator("#radet-rubrik")).to_be_focused()
    expect(page.locator("dialog#radet")).to_have_accessible_description(
        wording("sv").say("council_lead")
    )
