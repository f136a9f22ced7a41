"""Personal data is met in the browser: nothing leaves it until the person has decided."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.steps import ask, open_chat, wait_for_answer

NUMBER = "19900101-2385"
QUESTION = f"Får jag klistra in {NUMBER} i ett AI-verktyg?"
MASKED = "Får jag klistra in [personnummer] i ett AI-verktyg?"
PHONE = "Får jag skriva 070-174 06 05 i ett AI-verktyg?"
BOX = "#fraga textarea"


@pytest.fixture
def sent(page: Page) -> Iterator[list[str]]:
    """Collect the body of everything that the browser sends."""
    bodies: list[str] = []

    def note(request: Request) -> None:
        bodies.append(f"{request.url} {request.post_data or ''}")

    page.on("request", note)
    yield bodies
    assert not any("2385" in body or "%32%33" in body for body in bodies)


def warning(page: Page) -> None:
    expect(page.locator("#personvarning h2")).to_be_focused()


def test_enter_sends_nothing_and_shows_what_was_found(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).press("Enter")
    warning(page)
    panel = page.get_by_role("region", name="Din fråga är inte skickad. Den innehåller")
    expect(panel.locator("li")).to_have_text([f"Personnummer: {NUMBER}"])
    expect(panel.locator("li mark")).to_have_text(NUMBER)
    expect(panel.locator(".som-det-skickas")).to_have_text(MASKED)
    expect(panel.get_by_role("button")).to_have_text(
        ["Ändra frågan", "Skicka med uppgifterna dolda"]
    )
    assert not any("queue/join" in body for body in sent)
    expect(page.locator("#svar .fraga-svar")).to_have_count(0)


def test_the_button_and_a_double_click_send_nothing(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator("#skicka").dblclick()
    warning(page)
    expect(page.locator("#personvarning")).to_have_count(1)
    assert not any("queue/join" in body for body in sent)


def test_pasting_and_sending_at_once_sends_nothing(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).focus()
    page.keyboard.insert_text(QUESTION)
    page.keyboard.press("Enter")
    warning(page)
    assert not any("queue/join" in body for body in sent)


def test_enter_that_ends_a_composition_is_left_alone(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).evaluate(
        """box => box.dispatchEvent(new KeyboardEvent("keydown",
             { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(page.locator("#personvarning")).to_have_count(0)
    assert not any("queue/join" in body for body in sent)


def test_change_goes_back_to_the_find_with_the_text_kept(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).press("Enter")
    warning(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ändra frågan")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(BOX)).to_have_value(QUESTION)
    chosen = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert page.locator(BOX).evaluate(chosen) == NUMBER
    page.keyboard.type("en elevs uppgifter")
    page.keyboard.press("Enter")
    wait_for_answer(page, 1)
    expect(page.locator("#svar-1 .fraga")).to_contain_text("klistra in en elevs uppgifter i")


def test_escape_is_a_way_back(page: Page) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).press("Enter")
    warning(page)
    page.keyboard.press("Escape")
    expect(page.locator("#personvarning")).to_have_count(0)
    expect(page.locator(BOX)).to_be_focused()


def test_the_masked_question_is_sent_as_it_was_shown(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).press("Enter")
    warning(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    wait_for_answer(page, 1)
    expect(page.locator("#svar-1 .fraga")).to_contain_text(MASKED)
    expect(page.locator("#svar-1 .utfall")).to_have_text("Citat ur godkända dokument")
    assert sum(MASKED in body for body in sent) == 1
    ask(page, "Och om jag bara vill prova?")
    expect(page.locator("#svar-2 .svar")).to_be_visible()


def test_a_phone_number_may_be_said_to_be_nobodys(page: Page) -> None:
    open_chat(page)
    page.locator(BOX).fill(PHONE)
    page.locator(BOX).press("Enter")
    warning(page)
    expect(page.locator("#personvarning h2")).to_contain_text("Är det här uppgifter om en person?")
    page.get_by_role("button", name="Det är inga personuppgifter, skicka").press("Enter")
    wait_for_answer(page, 1)
    expect(page.locator("#svar-1 .fraga")).to_contain_text(PHONE)


def test_a_phone_number_beside_health_may_not(page: Page) -> None:
    open_chat(page)
    page.locator(BOX).fill("Eleven nås på 070-174 06 05 och har adhd, kan AI skriva?")
    page.locator(BOX).press("Enter")
    warning(page)
    expect(page.locator("#personvarning li")).to_have_text(
        "Telefonnummer: 070-174 06 05 (tillsammans med ”adhd”)"
    )
    expect(page.locator("#personvarning button.skicka-anda")).to_have_count(0)


def test_a_starter_asks_and_leaves_the_draft_behind(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator("button.startfraga").first.click()
    wait_for_answer(page, 1)
    expect(page.locator("#personvarning")).to_have_count(0)
    assert any("queue/join" in body for body in sent)


def test_a_related_question_leaves_the_draft_behind(page: Page, sent: list[str]) -> None:
    open_chat(page)
    ask(page, "Får jag klistra in personuppgifter?")
    page.locator(BOX).fill(QUESTION)
    page.locator("button.fraga-vidare").first.click()
    wait_for_answer(page, 2)


def test_what_slips_past_the_keys_is_stopped_at_the_door(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    refused = page.evaluate(
        """text => fetch("/gradio_api/queue/join", { method: "POST",
             body: JSON.stringify({ data: [text] }) }).then(() => "sent", (e) => e.name)""",
        QUESTION,
    )
    assert refused == "AbortError"
    warning(page)
    assert not any("queue/join" in body for body in sent)


def test_a_changed_text_takes_the_warning_away(page: Page) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).press("Enter")
    warning(page)
    page.locator(BOX).fill("Får jag?")
    expect(page.locator("#personvarning")).to_have_count(0)


def test_markup_in_a_find_is_text(page: Page) -> None:
    open_chat(page)
    page.locator(BOX).fill(f"<img src=x onerror=alert(1)> {NUMBER} <b>fet</b>")
    page.locator(BOX).press("Enter")
    warning(page)
    expect(page.locator("#personvarning").locator("img, b")).to_have_count(0)
    expect(page.locator(".som-det-skickas")).to_contain_text("<b>fet</b>")


def test_what_is_said_of_an_answer_is_looked_through_too(page: Page, sent: list[str]) -> None:
    open_chat(page)
    ask(page, "Får jag klistra in personuppgifter?")
    page.locator("button.hjalpte-inte").click()
    page.locator("#omdome label.val").nth(2).click()
    page.locator("#omdome textarea").fill(f"Fel svar om {NUMBER}")
    page.locator("#omdome textarea").press("Enter")  # a new line, not a sending
    expect(page.locator("#personvarning")).to_have_count(0)
    page.locator("#omdome .forst").click()
    warning(page)
    expect(page.locator("#personvarning h2")).to_contain_text("Din text är inte skickad")
    expect(page.locator("dialog#omdome")).to_be_visible()
    page.get_by_role("button", name="Skicka med uppgifterna dolda").click()
    expect(page.locator(".tack")).to_be_visible()
    assert any("Fel svar om [personnummer]" in body for body in sent)


def test_the_english_page_warns_in_english(page: Page, sent: list[str]) -> None:
    open_chat(page, "/en/")
    page.locator(BOX).fill(f"May I paste {NUMBER}?")
    page.locator(BOX).press("Enter")
    warning(page)
    expect(page.locator("#personvarning h2")).to_contain_text("Your question has not been sent")
    page.get_by_role("button", name="Send with the details hidden").click()
    wait_for_answer(page, 1)
    expect(page.locator("#svar-1 .fraga")).to_contain_text("[personal identity number]")


def test_nothing_of_it_is_kept_in_the_browser(page: Page, sent: list[str]) -> None:
    open_chat(page)
    page.locator(BOX).fill(QUESTION)
    page.locator(BOX).press("Enter")
    warning(page)
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])")
    assert "2385" not in kept
    assert page.evaluate("indexedDB.databases()") == []


def test_without_the_rules_the_server_still_turns_it_back(page: Page) -> None:
    page.route("**/personregler.js", lambda route: route.abort())
    open_chat(page)
    ask(page, QUESTION)
    expect(page.locator("#svar-1 .utfall")).to_have_text("Ta bort personuppgifter först")
    expect(page.locator("#svar-1")).not_to_contain_text("2385")
    expect(page.locator(BOX)).to_have_value(QUESTION)
