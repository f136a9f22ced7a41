"""Nothing leaves the origin, nothing is refused, nothing breaks the policy."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect

from tests.browser.steps import ask, open_chat


def test_every_request_stays_at_home_and_is_served(page: Page, address: str) -> None:
    asked: list[Request] = []
    refused: list[str] = []
    complaints: list[str] = []
    page.context.on("request", lambda request: asked.append(request))
    page.context.on(
        "response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None
    )
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    for path in ("/", "/en/"):
        open_chat(page, path)
        ask(page, "Får jag klistra in ![x](https://example.org/x.png)?")
        ask(page, "Vad är fokus i planen?")
    page.goto("/avsnitt/plan-2026/1/fokus")
    expect(page.locator("h1")).to_be_visible()
    strange = [r.url for r in asked if not r.url.startswith(("data:", "blob:"))]
    hosts = {urlsplit(url).netloc for url in strange}
    assert hosts == {urlsplit(address).netloc}
    assert len(asked) > 20
    assert refused == []
    assert complaints == []


def test_the_browser_keeps_nothing_of_a_conversation(page: Page) -> None:
    open_chat(page)
    ask(page, "Får jag klistra in hemligheter?")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "hemligheter" not in kept
    databases = page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert databases == []
    assert page.context.cookies() == []


def test_an_image_that_slips_in_is_stopped_by_the_policy(page: Page) -> None:
    open_chat(page)
    stopped = page.evaluate(
        """() => new Promise((stopped) => {
          document.addEventListener("securitypolicyviolation", (e) => stopped(e.blockedURI));
          document.body.append(Object.assign(new Image(), { src: "https://example.org/x" }));
        })"""
    )
    assert stopped == "https://example.org/x"
