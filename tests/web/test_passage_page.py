"""The passage page with the page of its original, without the rest of the app."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.web.guide_double import TODAY, DoubleGuide
from tests.web.originals_double import originals_double
from web.passage_page import passage_routes

PLAN, RULE = "/avsnitt/plan-2026/1/fokus", "/avsnitt/personuppgifter/2026-1/externa-verktyg"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(
        passage_routes(DoubleGuide(), today=lambda: TODAY, originals=originals_double())
    )
    with TestClient(app) as client:
        yield client


def test_the_page_where_the_passage_begins_is_shown(client: TestClient) -> None:
    html = client.get(PLAN).text
    assert (
        '<img class="omatt" src="/sida/plan-2026/1/2" width="1000" height="1414" loading="lazy"'
        in html
    )
    assert 'alt="Bild av sida 2 i originalet: ' in html
    assert 'href="/original/plan-2026/1"' in html


def test_another_page_is_turned_to(client: TestClient) -> None:
    html = client.get(f"{PLAN}?fran=0&till=4&sida=3").text
    assert '<img class="omatt" src="/sida/plan-2026/1/3"' in html
    assert f'href="{PLAN}?fran=0&amp;till=4&amp;sida=2#originalet"' in html
    assert "Nästa sida" not in html


@pytest.mark.parametrize("page", [0, 4, 99_999])
def test_a_page_that_is_not_there_is_not_turned_to(client: TestClient, page: int) -> None:
    assert '<img class="omatt" src="/sida/plan-2026/1/2"' in client.get(f"{PLAN}?sida={page}").text


def test_what_has_no_pages_shows_no_picture(client: TestClient) -> None:
    html = client.get(RULE).text
    assert "<img" not in html
    assert "/original/" not in html
