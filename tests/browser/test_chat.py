"""A person asks, reads, follows the sources and asks on."""

from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.steps import ask, focused, open_chat, wait_for_answer
from tests.web import guide_double as double

QUESTION = "Får jag klistra in personuppgifter?"


def test_the_direct_answer_comes_first_and_every_quote_has_its_number(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    expect(page.locator(".svar .kortsvar strong")).to_have_text("Nej.")
    expect(page.locator(".svar a.hanvisning")).to_have_text(["[1]", "[2]", "[3]"])
    expect(page.locator(".svar .notis")).to_contain_text("En äldre utgåva")
    expect(page.locator("#lage")).to_have_text("Svaret är klart. 3 källor.")
    expect(page.locator("#fraga textarea")).to_have_value("")


def test_a_number_opens_its_source_and_escape_leads_back(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    page.locator("a.hanvisning", has_text="[3]").press("Enter")
    source = page.locator("#kalla-1-3")
    expect(source).to_be_focused()
    expect(source.locator("mark")).to_be_visible()
    expect(source).to_contain_text("KF 2021-03-31 § 100")
    page.keyboard.press("Escape")
    expect(page.locator("a.hanvisning", has_text="[3]")).to_be_focused()


def test_the_sources_of_an_earlier_answer_open_from_its_own_numbers(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    ask(page, "Vad är fokus i planen för 2026?")
    expect(page.locator("#kalla-1-1")).not_to_be_visible()
    page.locator("#svar-1 a.hanvisning", has_text="[1]").click()
    expect(page.locator("#kalla-1-1")).to_be_focused()
    expect(page.locator("#kalla-1-1 mark")).to_have_text(double.RULE)
    page.locator("#kalla-1-1 a.tillbaka").click()
    expect(page.locator("#svar-1 a.hanvisning", has_text="[1]")).to_be_focused()


def test_the_whole_passage_opens_beside_the_conversation(
    page: Page, context: BrowserContext
) -> None:
    open_chat(page)
    ask(page, QUESTION)
    with context.expect_page() as opened:
        page.locator("#kalla-1-1 a.oppna").click()
    expect(opened.value.locator("h1")).to_have_text("Personuppgifter i AI-verktyg")
    expect(opened.value.locator("mark")).to_have_text(double.RULE)
    expect(page.locator("#svar-1")).to_be_visible()


def test_a_starter_asks_and_the_focus_goes_to_the_question(page: Page) -> None:
    open_chat(page)
    starter = page.locator("button.startfraga").first
    text = starter.inner_text()
    starter.press("Enter")
    wait_for_answer(page, 1)
    expect(page.locator("#svar-1 .fraga")).to_contain_text(text)
    expect(page.locator("#svar-1 .fraga")).to_be_focused()


def test_a_related_question_follows_up(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    page.get_by_role("button", name=double.RELATED[1]).click()
    wait_for_answer(page, 2)
    expect(page.locator("#svar-2 .fraga")).to_contain_text(double.RELATED[1])


def test_a_new_answer_is_brought_into_view(page: Page) -> None:
    open_chat(page)
    for _ in range(3):
        ask(page, QUESTION)
    expect(page.locator("#svar-3 .fraga")).to_be_in_viewport(ratio=1)
    expect(page.locator("#svar-3 a.hanvisning").last).to_be_in_viewport(ratio=1)
    expect(page.locator("#fraga textarea")).to_be_in_viewport(ratio=1)


def test_a_new_conversation_starts_clean(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    page.get_by_role("button", name="Nytt samtal").click()
    expect(page.locator("#svar .fraga-svar")).to_have_count(0)
    expect(page.locator("#kallpanel")).not_to_be_visible()
    expect(page.locator("button.startfraga")).to_have_count(6)
    expect(page.locator("#fraga textarea")).to_be_focused()
    ask(page, QUESTION)
    expect(page.locator("#svar-1")).to_be_visible()


def test_an_empty_question_is_met_with_a_line_of_text(page: Page) -> None:
    open_chat(page)
    page.locator("#skicka").click()
    expect(page.locator("#lage")).to_have_text("Skriv en fråga först.")
    expect(page.locator("#svar .fraga-svar")).to_have_count(0)


def test_a_question_past_the_limit_stays_in_the_box(page: Page) -> None:
    open_chat(page)
    box = page.locator("#fraga textarea")
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill("x" * 5001)
    box.press("Enter")
    expect(page.locator("#lage")).to_contain_text("Frågan är för lång (5001 tecken)")
    expect(box).to_have_value("x" * 5001)


def test_what_the_documents_do_not_say_names_whom_to_ask(page: Page) -> None:
    open_chat(page)
    ask(page, "Vad kostade piloten?")
    expect(page.locator(".svar .utfall")).to_have_text("Täcks inte av dokumenten")
    expect(page.locator(".svar .kontakt")).to_contain_text(double.CONTACT)


def test_a_hostile_question_is_shown_as_text(page: Page) -> None:
    dialogs: list[Dialog] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog))
    open_chat(page)
    hostile = "<script>alert(1)</script> ![x](https://example.org/x.png) <img src=x onerror=f()>"
    ask(page, hostile)
    expect(page.locator("#svar-1 .fraga")).to_contain_text(hostile)
    expect(page.locator("#svar-1 .fraga").locator("script, img")).to_have_count(0)
    assert dialogs == []


def test_the_status_is_said_once_and_the_log_is_silent(page: Page) -> None:
    open_chat(page)
    page.evaluate(
        "new MutationObserver(() => (window.said ??= []).push(lasstatus.textContent))"
        ".observe(lasstatus, { childList: true })"
    )
    ask(page, QUESTION)
    expect(page.locator("#lasstatus")).to_contain_text("Svaret är klart")
    said = page.evaluate("window.said")
    assert [text.split(".")[0] for text in said] == ["Söker i dokumenten …", "Svaret är klart"]
    assert double.RULE in said[1]
    expect(page.locator("#svar")).to_have_attribute("aria-live", "off")


def test_the_keyboard_reaches_the_question_past_the_header(page: Page) -> None:
    open_chat(page)
    page.keyboard.press("Tab")
    assert "hoppa" in focused(page)
    page.keyboard.press("Enter")
    expect(page.locator("#fraga textarea")).to_be_focused()
    page.keyboard.press("Tab")
    assert "skicka" in focused(page)


def test_the_answer_can_be_copied_with_its_sources(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_chat(page)
    ask(page, QUESTION)
    page.get_by_role("button", name="Kopiera svaret med källor").click()
    expect(page.locator(".kopierat")).to_have_text("Svaret är kopierat")
    expect(page.locator("#lasstatus")).to_have_text("Svaret är kopierat")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(QUESTION)
    assert f"{double.DUTY} [3]" in copied
    assert f"- {double.ITEMS[0]}" in copied
    third = copied[copied.index("[3] Ditt ansvar för resultatet") :]
    for fact in (
        "Utgåva: 2026-1",
        "Gäller: 2026-11-01 – 2027-12-31",
        "Beslut: KF 2021-03-31 § 100",
    ):
        assert fact in third
    assert "/avsnitt/ansvar/2026-1/ditt-ansvar" in third
    assert copied.endswith(page.locator("#efter-1 .kvitto code").inner_text())


def test_a_full_queue_is_told_and_the_question_kept(page: Page) -> None:
    open_chat(page)
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, body="full"))
    page.locator("#fraga textarea").fill(QUESTION)
    page.locator("#skicka").click()
    expect(page.locator("#larm")).to_have_text(
        "Just nu är det många som frågar. Försök igen om en liten stund."
    )
    expect(page.locator("#fraga textarea")).to_have_value(QUESTION)


def test_a_lost_server_is_told_and_the_question_kept(page: Page) -> None:
    open_chat(page)
    page.route("**/queue/join*", lambda route: route.abort())
    page.locator("#fraga textarea").fill(QUESTION)
    page.locator("#skicka").click()
    expect(page.locator("#larm")).to_contain_text("Ingen kontakt med servern")
    expect(page.locator("#fraga textarea")).to_have_value(QUESTION)


def test_two_people_do_not_see_each_other(page: Page, context: BrowserContext) -> None:
    open_chat(page)
    ask(page, QUESTION)
    other = context.new_page()
    open_chat(other)
    expect(other.locator("#svar .fraga-svar")).to_have_count(0)
    ask(other, "Vad är fokus i planen?")
    expect(other.locator("#svar .fraga-svar")).to_have_count(1)


def test_the_page_is_swedish_in_an_english_browser_and_english_on_request(page: Page) -> None:
    open_chat(page)
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    ask(page, "May I paste personal data?")
    expect(page.locator(".svar .kortsvar")).to_have_text("No.")
    expect(page.locator(".svar .citat").first).to_have_attribute("lang", "sv")
    expect(page.get_by_role("heading", name="Sources of the answer")).to_be_visible()


def test_an_english_question_on_the_swedish_page_gets_an_english_frame(page: Page) -> None:
    open_chat(page)
    ask(page, "May I paste personal data?")
    expect(page.locator(".svar")).to_have_attribute("lang", "en")
    expect(page.locator(".svar .utfall")).to_have_text("Quotes from approved documents")


def test_print_shows_the_answer_and_not_the_tools(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    page.emulate_media(media="print")
    expect(page.locator(".svar")).to_be_visible()
    expect(page.locator("#fragefalt")).not_to_be_visible()
    expect(page.locator("button.fraga-vidare").first).not_to_be_visible()
