"""Originals and page images over HTTP: who gets them, in what wrapping, and what leads nowhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from kb.person import Person
from tests.web.originals_double import PDF, originals_double
from web.guard import Guard
from web.originals_routes import originals_routes
from web.visitor import with_visitor


class SignedIn:
    """Puts a person behind every request, as sign-in does."""

    def __init__(self, app: ASGIApp, person: Person) -> None:
        self.app, self.person = app, person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(with_visitor(scope, self.person), receive, send)


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    app = FastAPI()
    app.include_router(originals_routes(originals_double(tmp_path_factory.mktemp("original"))))
    return app


def browser(routes: FastAPI, *groups: str) -> TestClient:
    signed_in = SignedIn(routes, Person(user="u", groups=frozenset(groups)))
    return TestClient(Guard(signed_in, hosts={"localhost"}), base_url="http://localhost")


@pytest.fixture
def anyone(routes: FastAPI) -> Iterator[TestClient]:
    with browser(routes) as client:
        yield client


def test_an_original_is_a_download_that_no_browser_runs(anyone: TestClient) -> None:
    answer = anyone.get("/original/plan-2026/1")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=utf-8''%C3%A5rets%20plan.pdf"
    )
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_page_that_someone_wrote_is_only_bytes(anyone: TestClient) -> None:
    answer = anyone.get("/original/personuppgifter/2026-1")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_a_page_image_is_private_and_asked_for_anew(anyone: TestClient) -> None:
    answer = anyone.get("/sida/plan-2026/1/2")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert answer.content[8:12] == b"WEBP"
    assert answer.headers["cache-control"] == "private, no-cache"
    again = anyone.get("/sida/plan-2026/1/2", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/original/{}/1", "/sida/{}/1/1"])
def test_what_is_for_others_looks_like_what_is_not_there(anyone: TestClient, path: str) -> None:
    forbidden, absent = anyone.get(path.format("inre")), anyone.get(path.format("finns-inte"))
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.text == absent.text
    assert forbidden.headers == absent.headers


@pytest.mark.parametrize("path", ["/original/inre/1", "/sida/inre/1/1"])
def test_a_member_of_the_group_gets_it(routes: FastAPI, path: str) -> None:
    with browser(routes, "chefer") as member, browser(routes, "hr") as other:
        assert member.get(path).status_code == 200
        assert other.get(path).status_code == 404


def test_a_kept_tag_opens_nothing_to_others(routes: FastAPI) -> None:
    with browser(routes, "chefer") as member, browser(routes) as other:
        tag = member.get("/sida/inre/1/1").headers["etag"]
        assert other.get("/sida/inre/1/1", headers={"if-none-match": tag}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/sida/plan-2026/1/0",
        "/sida/plan-2026/1/4",
        "/sida/plan-2026/1/-1",
        "/sida/plan-2026/1/99999",
        "/sida/plan-2026/1/" + "9" * 400,
        "/sida/plan-2026/1/%D9%A1",
        "/sida/plan-2026/1/1e0",
        "/sida/plan-2026/1/01",
        "/sida/plan-2026/1/1%00",
        "/sida/plan-2026/1/1%0A",
        "/sida/personuppgifter/2026-1/1",
        "/sida/..%2F..%2Fetc/1/1",
        "/original/..%2F..%2Fetc%2Fpasswd/1",
        "/original/%2e%2e/%2e%2e",
        "/original/plan-2026/1%2F..%2F2",
        "/original/plan-2026%2F1",
        "/original/plan-2026@1/1",
        "/original/plan-2026/1%00.pdf",
        "/original/pl\u0430n-2026/1",
        "/original/%FF%FE/1",
        "/original/" + "a" * 5_000 + "/1",
        "/original/plan-2026/",
        "/original/",
    ],
)
def test_tricks_with_the_address_lead_nowhere(anyone: TestClient, path: str) -> None:
    answer = anyone.get(path)
    assert answer.status_code == 404
    assert PDF[:20] not in answer.content


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_originals_are_only_fetched(anyone: TestClient, method: str) -> None:
    assert anyone.request(method, "/original/plan-2026/1").status_code == 405


def test_no_path_of_the_server_is_told(anyone: TestClient, tmp_path: Path) -> None:
    headers = anyone.get("/original/plan-2026/1").headers
    assert not any(str(tmp_path.parent.parent) in value for value in headers.values())
