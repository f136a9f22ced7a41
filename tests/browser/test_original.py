"""The page of the original beside the passage, as a person sees and turns it."""

import pytest
from playwright.sync_api import Page, expect

ADDRESS = "/avsnitt/plan-2026/1/fokus"


def is_drawn(page: Page) -> bool:
    """Say whether the image of the page has come, with its size."""
    image = page.locator(".original img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    return bool(image.evaluate("image => image.naturalWidth > 0"))


def test_the_page_of_the_original_stands_beside_the_passage(page: Page) -> None:
    page.goto(ADDRESS)
    expect(page.get_by_role("img", name="Bild av sida 2 i originalet")).to_be_visible()
    assert is_drawn(page)


def test_nothing_moves_when_the_image_comes(page: Page) -> None:
    page.goto(f"{ADDRESS}?sida=1")  # which no other test has drawn
    before = page.locator("article").bounding_box()
    assert is_drawn(page)
    after = page.locator("article").bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] == pytest.approx(before["height"], abs=2)


def test_the_leaves_are_turned_beside_the_passage(page: Page) -> None:
    page.goto(ADDRESS)
    page.get_by_role("link", name="Nästa sida").click()
    expect(page.get_by_role("img", name="Bild av sida 3 i originalet")).to_be_visible()
    expect(page.get_by_role("link", name="Nästa sida")).to_have_count(0)
    expect(page.locator(".traff")).to_be_visible()


def test_the_original_is_downloaded_and_not_opened(page: Page) -> None:
    page.goto(ADDRESS)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta originalet").click()
    assert download.value.suggested_filename == "årets plan.pdf"


def test_the_image_fits_the_narrowest_window(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(ADDRESS)
    assert is_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
