"""What a person does on the page, said once."""

from playwright.sync_api import Page, expect


def open_chat(page: Page, path: str = "/") -> None:
    """Open the chat and wait until it takes questions."""
    page.goto(path)
    expect(page.locator("#fraga textarea")).to_be_visible()
    expect(page.locator('[role="log"], #start')).not_to_have_count(0)


def ask(page: Page, question: str) -> None:
    """Ask in the box with Enter and wait for the whole answer."""
    asked = page.locator("#svar .fraga-svar").count()
    page.locator("#fraga textarea").fill(question)
    page.locator("#fraga textarea").press("Enter")
    wait_for_answer(page, asked + 1)


def wait_for_answer(page: Page, number: int) -> None:
    """Wait until answer `number` is whole."""
    expect(page.locator(f"#svar-{number} .svar")).to_be_visible()
    expect(page.locator("#lage .klart")).to_be_visible()


def focused(page: Page) -> str:
    """Return the id and classes of what has the focus."""
    return str(page.evaluate("`${document.activeElement.id} ${document.activeElement.className}`"))
