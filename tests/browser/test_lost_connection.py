"""The connection is lost: nothing that a person wrote or read is lost with it."""

from playwright.sync_api import Page, expect

from tests.browser.steps import ask, open_chat, wait_for_answer

QUESTION = "Får jag klistra in personuppgifter?"
SLOWLY = "Svara långsamt"
OFFLINE = "Ingen kontakt med servern. Din fråga står kvar. Försök igen om en stund."
_PATIENCE = 2_500  # ms: longer than Gradio waits before it would load the page anew

# The stream of an answer, which `breakOff` breaks in the middle, as a network does.
_BREAKABLE = """const fetched = window.fetch;
window.fetch = async (...request) => {
  const response = await fetched(...request);
  if (!String(request[0].url ?? request[0]).includes("/queue/data")) return response;
  const broken = new Promise((_, fail) => (window.breakOff = () => fail(new TypeError())));
  const reader = response.body.getReader();
  const body = new ReadableStream({
    pull: async (controller) => {
      const part = await Promise.race([reader.read(), broken]);
      if (part.done) controller.close();
      else controller.enqueue(part.value);
    },
  });
  return new Response(body, { headers: response.headers });
};"""


def _lose_the_answer(page: Page) -> None:
    """Break off the answer's stream in the middle of a message."""
    half = 'data: {"msg": "estimation", "event_id": "x", "rank": 0}\n\ndata: {"msg": "proc'
    page.route(
        "**/queue/data*",
        lambda route: route.fulfill(content_type="text/event-stream", body=half),
    )


def test_an_answer_broken_off_leaves_the_question_and_the_conversation(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)
    _lose_the_answer(page)
    page.locator("#fraga textarea").fill(SLOWLY)
    page.locator("#fraga textarea").press("Enter")
    expect(page.locator("#larm")).to_have_text(OFFLINE)
    expect(page.locator("#fraga textarea")).to_have_value(SLOWLY)
    page.unroute("**/queue/data*")
    page.wait_for_timeout(_PATIENCE)
    expect(page.locator("#svar-1 .svar")).to_be_visible()
    expect(page.locator("#fraga textarea")).to_have_value(SLOWLY)
    page.locator("#fraga textarea").press("Enter")
    expect(page.locator("#fraga textarea")).to_have_value("")
    expect(page.locator("#larm")).to_be_empty()
    expect(page.locator("#svar .svar").last).to_be_visible()


def test_a_question_already_taken_up_comes_back_to_its_box(page: Page) -> None:
    page.add_init_script(_BREAKABLE)
    open_chat(page)
    page.locator("#fraga textarea").fill(SLOWLY)
    page.locator("#fraga textarea").press("Enter")
    expect(page.locator("#svar .soker")).to_be_visible()
    expect(page.locator("#fraga textarea")).to_have_value("")
    page.evaluate("window.breakOff()")
    expect(page.locator("#larm")).to_have_text(OFFLINE)
    expect(page.locator("#fraga textarea")).to_have_value(SLOWLY)
    expect(page.locator("#svar .soker")).not_to_be_visible()
    expect(page.locator("#lage .pagar")).not_to_be_visible()
    page.locator("#fraga textarea").fill(QUESTION)
    page.locator("#fraga textarea").press("Enter")
    expect(page.locator("#svar .fraga").last).to_contain_text(QUESTION)
    expect(page.locator("#lage .klart")).to_be_visible()


def test_what_went_wrong_is_seen_on_a_phone_and_told_each_time(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_chat(page)
    ask(page, QUESTION)
    page.route("**/queue/join*", lambda route: route.abort())
    page.evaluate(
        """() => { larm.dataset.told = "";
          const tell = () => larm.textContent && (larm.dataset.told += "!");
          new MutationObserver(tell).observe(larm, { childList: true }); }"""
    )
    page.locator("#fraga textarea").fill(QUESTION)
    for times in (1, 2):
        page.locator("#skicka").click()
        expect(page.locator("#larm")).to_have_attribute("data-told", "!" * times)
        expect(page.locator("#larm")).to_be_in_viewport(ratio=0.9)
        expect(page.locator("#fraga textarea")).to_have_value(QUESTION)
    page.unroute("**/queue/join*")
    page.wait_for_timeout(_PATIENCE)
    page.locator("#skicka").click()
    wait_for_answer(page, 2)
    expect(page.locator("#larm")).to_be_empty()


def test_a_conversation_that_is_closed_to_the_page_is_told_of(page: Page) -> None:
    open_chat(page)
    page.route("**/queue/join*", lambda route: route.fulfill(status=403, body="nej"))
    page.locator("#fraga textarea").fill(QUESTION)
    page.locator("#fraga textarea").press("Enter")
    expect(page.locator("#larm")).to_contain_text("Samtalet går inte att nå härifrån")
    expect(page.locator("#fraga textarea")).to_have_value(QUESTION)
