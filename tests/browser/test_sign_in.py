"""Signing in and out in a real browser, at a certified provider on another site of this machine."""

import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import update

from kb.journal.chain import stamp
from kb.journal.here import now
from kb.journal.store import open_engine
from kb.sign_in.sessions import FILE
from kb.sign_in.tables import sessions
from tests.browser.steps import ask, open_chat, wait_for_answer
from tests.browser.test_accessibility import AXE, CHECK, RULES, VIEWS
from tests.web.sign_in.real_provider import Town, running, town

QUESTION = "Får jag klistra in personuppgifter?"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(tmp_path_factory.mktemp("town")) as place:
        yield place


@pytest.fixture
def context(browser: Browser, place: Town) -> Iterator[BrowserContext]:
    """Open a fresh profile."""
    context = browser.new_context(base_url=place.service, locale="sv-SE")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def sign_in(page: Page, user: str = "u1001") -> None:
    """Open the chat, sign in at the provider on the way, and wait for the question box."""
    page.goto("/")
    give_name(page, user)
    expect(page.locator("#fraga textarea")).to_be_visible()


def give_name(page: Page, user: str) -> None:
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=password]").fill("prov")
    page.locator("button[type=submit]").click()


def run_out(place: Town) -> None:
    """Make every session two hours older; nobody tells the page."""
    engine = open_engine(place.events.parent / FILE)
    with engine.begin() as connection:
        connection.execute(update(sessions).values(started=stamp(now() - timedelta(hours=2))))
    engine.dispose()


def test_a_person_signs_in_asks_and_signs_out(page: Page, place: Town) -> None:
    sign_in(page)
    expect(page.locator(".inloggad .vem")).to_have_text("Inloggad: Prov Ett")
    ask(page, QUESTION)
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(f"{place.provider}/**")  # on to the city's own signing out
    page.locator("button[name=logout]").click()
    page.wait_for_url(f"{place.service}/utloggad")
    expect(page.get_by_role("heading", name="Du är utloggad")).to_be_visible()
    assert page.context.cookies(place.service) == []


def test_after_signing_out_the_back_button_shows_nothing(page: Page, place: Town) -> None:
    sign_in(page)
    ask(page, QUESTION)
    page.get_by_role("button", name="Logga ut").click()
    page.locator("button[name=logout]").click()
    page.wait_for_url(f"{place.service}/utloggad")
    for _ in range(3):
        page.go_back()
        expect(page.locator("#svar .svar")).to_have_count(0)
        expect(page.locator("#fraga")).to_have_count(0)


def test_no_script_reads_the_cookie_and_the_page_makes_no_complaint(page: Page) -> None:
    sign_in(page)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    open_chat(page)
    ask(page, QUESTION)
    assert page.evaluate("document.cookie") == ""
    assert complaints == []


def test_a_session_that_runs_out_is_told_the_draft_kept_and_the_conversation_goes_on(
    page: Page, context: BrowserContext, place: Town
) -> None:
    sign_in(page)
    ask(page, "Vad är fokus i planen?")
    run_out(place)
    box = page.locator("#fraga textarea")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator("#larm[role=alert]")).to_contain_text("Inloggningen har gått ut")
    expect(box).to_have_value(QUESTION)
    with context.expect_page() as opened:
        page.locator("#larm a").click()
    expect(opened.value.get_by_role("heading", name="Du är inloggad igen")).to_be_visible()
    opened.value.close()
    box.press("Enter")
    wait_for_answer(page, 2)
    expect(page.locator("#svar-2 .fraga")).to_contain_text(QUESTION)
    expect(page.locator("#larm")).to_be_empty()


def test_two_people_in_two_browsers_are_kept_apart(
    browser: Browser, page: Page, place: Town
) -> None:
    sign_in(page)
    ask(page, QUESTION)
    other = browser.new_context(base_url=place.service)
    theirs = other.new_page()
    sign_in(theirs, "u1002")
    expect(theirs.locator(".inloggad .vem")).to_contain_text("Prov Två")
    expect(theirs.locator("#svar .fraga-svar")).to_have_count(0)
    other.close()


def test_the_english_page_speaks_english_of_it(page: Page) -> None:
    sign_in(page)
    open_chat(page, "/en/")
    expect(page.locator(".inloggad .vem")).to_contain_text("Signed in:")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.mark.parametrize("view", VIEWS)
def test_no_barrier_is_found_on_the_pages_of_sign_in(
    browser: Browser, place: Town, view: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make test`, which fetches it with npm")
    width, height, scheme = VIEWS[view]
    context = browser.new_context(
        base_url=place.service,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    sign_in(page)
    for path in ("/", "/inloggad", "/utloggad", "/logga-in/svar", "/avsnitt/plan-2026/1/fokus"):
        page.goto(path)
        if path == "/":
            expect(page.locator("#fraga textarea")).to_be_visible()
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(CHECK, RULES) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_an_account_for_trying_out_signs_in_and_the_page_says_what_it_is(
    browser: Browser, tmp_path: Path
) -> None:
    chosen = {"TRIAL_ACCOUNTS": '{"prov": {"role": "author"}}', "PORT": "0", "DATA": str(tmp_path)}
    environment = {f"VAGVISAREN_{name}": value for name, value in chosen.items()}
    command = [sys.executable, "-m", "tests.web.sign_in.serve_signed_in", str(tmp_path / "events")]
    with running(command, "stderr", r"svarar på", environment) as said:
        (password,) = re.findall(r"prov \(author\): (\S+)", said)
        (address,) = re.findall(r"http://\S+?(?=/ )", said)
        page = browser.new_page(base_url=address, bypass_csp=True)
        page.goto("/")
        expect(page.locator("main .larm")).to_contain_text("bara till för att prova")
        page.get_by_label("Lösenord").fill("fel")
        page.get_by_role("button", name="Logga in").click()
        expect(page.locator("[role=alert]")).to_contain_text("Lösenordet stämmer inte")
        if AXE.is_file():
            page.evaluate(AXE.read_text(encoding="utf-8"))
            assert page.evaluate(CHECK, RULES) == []
        page.get_by_label("Lösenord").fill(password)
        page.get_by_role("button", name="Logga in").click()
        expect(page.locator(".inloggad .vem")).to_have_text("Inloggad: prov")
        page.get_by_role("button", name="Logga ut").click()
        expect(page.get_by_role("heading", name="Du är utloggad")).to_be_visible()
        page.close()
