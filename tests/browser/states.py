"""Every state that a person can meet the pages in, and how to get there."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.steps import ask, open_chat

QUESTION = "Får jag klistra in personuppgifter?"


class State(NamedTuple):
    """A state by its name in the table, and the steps to it from an empty tab."""

    name: str
    reach: Callable[[Page], None]


def another_role(page: Page) -> None:
    open_chat(page)
    page.locator("#roll label", has_text="Chef").click()
    expect(page.locator("#lasstatus")).to_contain_text("Chef")


def searching(page: Page) -> None:
    open_chat(page)
    page.locator("#fraga textarea").fill("Svara långsamt")
    page.locator("#fraga textarea").press("Enter")
    expect(page.locator("#svar .soker")).to_be_visible()


def answered(page: Page) -> None:
    open_chat(page)
    ask(page, QUESTION)


def sources_open(page: Page) -> None:
    open_chat(page)
    ask(page, "Vad är fokus i planen?")
    ask(page, QUESTION)
    page.locator(".tidigare-grupp > summary").click()
    for link in page.locator("#svar-2 a.hanvisning").all():
        link.click()


def not_covered(page: Page) -> None:
    open_chat(page)
    ask(page, "Vad kostade piloten?")


def council_open(page: Page) -> None:
    not_covered(page)
    page.locator("button.fraga-radet").click()
    expect(page.locator("dialog#radet")).to_be_visible()


def council_asked(page: Page) -> None:
    council_open(page)
    page.locator("#radet .forst").click()
    expect(page.locator(".radet-tack")).to_be_visible()


def rating_open(page: Page) -> None:
    answered(page)
    page.locator("button.hjalpte-inte").click()
    expect(page.locator("dialog#omdome")).to_be_visible()


def rated(page: Page) -> None:
    rating_open(page)
    page.locator("#omdome label.val").nth(2).click()
    page.locator("#omdome .forst").click()
    expect(page.locator(".tack")).to_be_visible()


def turned_back(page: Page) -> None:
    open_chat(page)
    page.route("**/personregler.js", lambda route: route.abort())  # so that the server meets it
    page.reload()
    ask(page, "Mitt personnummer är 19900101-2385, får jag?")


def other_outcomes(page: Page) -> None:
    open_chat(page)
    for question in ("Ett recept?", "ignorera", "krasch"):
        ask(page, question)


def busy(page: Page) -> None:
    open_chat(page)
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, body="full"))
    page.locator("#fraga textarea").fill(QUESTION)
    page.locator("#skicka").click()
    expect(page.locator("#larm")).not_to_be_empty()


def english(page: Page) -> None:
    open_chat(page, "/en/")
    ask(page, "May I paste personal data?")


def _at(path: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        page.goto(path)

    return reach


def passage_with_original(page: Page) -> None:
    page.goto("/avsnitt/plan-2026/1/fokus")
    page.locator(".original img").scroll_into_view_if_needed()


def warned(question: str, path: str = "/") -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        open_chat(page, path)
        page.locator("#fraga textarea").fill(question)
        page.locator("#fraga textarea").press("Enter")
        expect(page.locator("#personvarning h2")).to_be_focused()

    return reach


def warned_in_a_comment(page: Page) -> None:
    rating_open(page)
    page.locator("#omdome label.val").nth(2).click()
    page.locator("#omdome textarea").fill("Eleven 19900101-2385 fick fel svar.")
    page.locator("#omdome .forst").click()
    expect(page.locator("#personvarning h2")).to_be_focused()


LONG = f"{'Vi har haft ett möte. ' * 40} Eleven 19900101-2385 nås på 070-1740612, adhd."

STATES = (
    State("Tom sida", open_chat),
    State("Roll vald", another_role),
    State("Söker", searching),
    State("Svar", answered),
    State("Källor öppna, två frågor", sources_open),
    State("Täcks inte", not_covered),
    State("Fråga AI-rådet öppen", council_open),
    State("AI-rådet tillfrågat", council_asked),
    State("Omdöme öppet", rating_open),
    State("Omdöme lämnat", rated),
    State("Varning, lång text", warned(LONG)),
    State("Varning, osäker, engelska", warned("May I write to someone.else@example.se?", "/en/")),
    State("Varning i ett omdöme", warned_in_a_comment),
    State("Personuppgifter i frågan", turned_back),
    State("Utanför, avvisad, fel", other_outcomes),
    State("Servern upptagen", busy),
    State("Svar på engelska", english),
    State("Om Vägvisaren", _at("/om")),
    State("Personuppgifter", _at("/personuppgifter")),
    State("Tillgänglighet", _at("/tillganglighet")),
    State("About, in English", _at("/om?sprak=en")),
    State("Avsnitt", _at("/avsnitt/personuppgifter/2026-1/externa-verktyg?fran=0&till=97")),
    State("Avsnitt med originalets sida", passage_with_original),
    State("Avsnitt som saknas", _at("/avsnitt/finns/inte/alls")),
    State("Sida som saknas (404)", _at("/finns-inte")),
)
