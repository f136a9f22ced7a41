"""When a question is not taken, the page says why in its own words, and the draft stays."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import ask, open_chat
from tests.web.operated import Server, operated

QUESTION = "Får jag klistra in personuppgifter?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes one question a minute of each."""
    with operated(tmp_path_factory.mktemp("page"), per_minute=1) as server:
        yield server


@pytest.fixture
def limited(browser: Browser, server: Server) -> Iterator[Page]:
    """A tab at that server."""
    context = browser.new_context(base_url=server.address)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_who_asks_too_quickly_is_told_and_keeps_the_question(limited: Page) -> None:
    open_chat(limited)
    ask(limited, QUESTION)
    limited.locator("#fraga textarea").fill("Och bilder?")
    limited.locator("#skicka").click()
    expect(limited.locator("#larm")).to_contain_text("Du frågar snabbare än tjänsten hinner.")
    expect(limited.locator("#fraga textarea")).to_have_value("Och bilder?")
    expect(limited.locator("#svar .fraga-svar")).to_have_count(1)
    expect(limited.locator(".toast-wrap")).to_be_hidden()


def test_the_english_page_says_it_in_english(limited: Page) -> None:
    open_chat(limited, "/en/")
    limited.locator("#fraga textarea").fill("May I?")
    limited.locator("#skicka").click()
    expect(limited.locator("#larm")).to_contain_text("You are asking faster")
    expect(limited.locator("#fraga textarea")).to_have_value("May I?")


def test_a_page_that_was_open_when_the_service_closed_keeps_the_draft(page: Page) -> None:
    said = {"error": "switched_off", "message": "Stängt för <b>underhåll</b>."}
    open_chat(page)
    page.route(
        "**/queue/join*",
        lambda route: route.fulfill(
            status=503, body=json.dumps(said), content_type="application/json"
        ),
    )
    page.locator("#fraga textarea").fill(QUESTION)
    page.locator("#skicka").click()
    expect(page.locator("#larm")).to_have_text(said["message"])
    expect(page.locator("#fraga textarea")).to_have_value(QUESTION)


@pytest.mark.parametrize("name", ["proxy.html", ""])
def test_a_503_that_is_not_ours_has_words_too(page: Page, name: str) -> None:
    open_chat(page)
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, body=f"<html>{name}"))
    page.locator("#fraga textarea").fill(QUESTION)
    page.locator("#skicka").click()
    expect(page.locator("#larm")).to_contain_text("Just nu är det många som frågar.")


def test_a_closed_service_shows_its_message_instead_of_the_box(
    limited: Page, server: Server
) -> None:
    file: Path = server.folder / "off"
    file.write_text("Stängt för underhåll till kl. 13.", encoding="utf-8")
    limited.goto("/")
    expect(limited.locator("#avstangt")).to_contain_text("Stängt för underhåll till kl. 13.")
    expect(limited.locator("#fragefalt")).to_be_hidden()
    expect(limited.locator("#start")).to_be_hidden()
    limited.goto("/en/")
    expect(limited.locator("#avstangt")).to_contain_text("Closed for now. Try again")
    file.unlink()
    limited.locator("#avstangt a").click()
    expect(limited.locator("#fraga textarea")).to_be_visible()
    expect(limited.locator("#avstangt")).to_have_count(0)
