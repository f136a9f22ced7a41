"""What the API refuses, and that no refusal says back what was sent."""

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from ingest.errors import IndexUnavailableError, JournalError
from tests.web.api.made import QUESTION, Place, light_app
from web.api.clerk import Limits
from web.api.mount import Api
from web.guard import MAX_BODY

MARK = "hemlighetsordet"


def problem(reply: Any, status: int, kind: str) -> Mapping[str, Any]:
    """Hold a reply to be a problem in both languages that says nothing back; return it."""
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["cache-control"] == "no-store"
    told: Mapping[str, Any] = reply.json()
    assert (told["type"], told["status"]) == (f"/api/#{kind}", status)
    assert all(told[key] for key in ("title", "detail", "title_en", "detail_en"))
    assert MARK not in reply.text
    return told


@pytest.mark.parametrize(
    ("call", "field", "sv"),
    [
        ({}, "question", "saknas"),
        ({"question": ""}, "question", "är tomt"),
        ({"question": " \n\t "}, "question", "är tomt"),
        ({"question": MARK * 400}, "question", "är för långt; högst 4000 tecken"),
        ({"question": 7}, "question", "ska vara text"),
        ({"question": [MARK]}, "question", "ska vara text"),
        ({"question": MARK, "language": MARK}, "language", "ska vara 'sv' / 'en'"),
        ({"question": MARK, "as_of": MARK}, "as_of", "ska vara ett datum som 2026-11-22"),
        ({"question": MARK, "as_of": 20261122}, "as_of", "ska vara ett datum som 2026-11-22"),
        ({"question": MARK, "as_of": "2026-02-30"}, "as_of", "ska vara ett datum som 2026-11-22"),
        ({"question": MARK, "as_of": "0001-01-01"}, "as_of", "ska vara ett datum som 2026-11-22"),
        ({"question": MARK, "history": [MARK] * 7}, "history", "är för många; högst 6"),
        ({"question": MARK, "history": [MARK, 7]}, "history.1", "ska vara text"),
        ({"question": MARK, "history": {MARK: MARK}}, "history", "ska vara en lista"),
        ({"question": MARK, MARK: MARK}, "", "ett okänt fält; se /api/ för fälten"),
        (
            {"question": MARK, "history": [{"role": "system", "answer": MARK}]},
            "history.0",
            "ska vara text",
        ),
    ],
)
def test_a_field_that_cannot_be_used_is_named(
    api: TestClient, call: Any, field: str, sv: str
) -> None:
    told = problem(api.post("/api/v1/ask", json=call), 422, "invalid")
    assert told["errors"][0]["field"] == field
    assert told["errors"][0]["sv"] == sv
    assert told["errors"][0]["en"]


@pytest.mark.parametrize(
    ("call", "field"),
    [
        ({"q": MARK, "k": "0"}, "k"),
        ({"q": MARK, "k": "51"}, "k"),
        ({"q": MARK, "k": MARK}, "k"),
        ({"k": "3"}, "q"),
        ({"q": MARK, "token": MARK}, ""),
    ],
)
def test_a_query_that_cannot_be_used_is_named(
    api: TestClient, call: Mapping[str, str], field: str
) -> None:
    told = problem(api.get("/api/v1/search", params=call), 422, "invalid")
    assert told["errors"][0]["field"] == field


@pytest.mark.parametrize(
    "said",
    [
        {"answer": MARK, "useful": True},
        {"answer": "0" * 32, "useful": "ja"},
        {"answer": "0" * 32, "useful": True, "comment": MARK * 200},
        {"answer": "0" * 32 + "\n", "useful": True},
    ],
)
def test_an_opinion_that_cannot_be_used_is_refused(api: TestClient, said: Any) -> None:
    problem(api.post("/api/v1/feedback", json=said), 422, "invalid")


@pytest.mark.parametrize(
    "body",
    [
        b'{"question": "' + MARK.encode(),
        b"\xff\xfe" + MARK.encode(),
        b"[" * 100_000,
        b'{"question": ' + b"1" * 6_000 + b"}",
    ],
)
def test_what_is_no_json_is_refused(api: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    reply = api.post("/api/v1/ask", content=body, headers=headers)
    problem(reply, 400, "malformed")


@pytest.mark.parametrize("body", [b"", b"null", b'"x"', b"[]", b"7", b"NaN"])
def test_json_that_is_no_object_is_refused(api: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    problem(api.post("/api/v1/ask", content=body, headers=headers), 422, "invalid")


def test_half_a_character_is_refused(api: TestClient) -> None:
    headers = {"content-type": "application/json"}
    body = b'{"question": "a\\ud800b"}'
    problem(api.post("/api/v1/ask", content=body, headers=headers), 422, "invalid")


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""],
)
@pytest.mark.parametrize("address", ["ask", "search", "feedback"])
def test_what_a_form_could_send_is_refused(api: TestClient, kind: str, address: str) -> None:
    body = b'{"question": "x", "q": "x"}'
    reply = api.post(f"/api/v1/{address}", content=body, headers={"content-type": kind})
    problem(reply, 415, "content_type")


def test_a_body_that_is_too_large_is_refused(api: TestClient) -> None:
    body = b'{"question": "' + MARK.encode() * (MAX_BODY // len(MARK) + 1) + b'"}'
    headers = {"content-type": "application/json"}
    problem(api.post("/api/v1/ask", content=body, headers=headers), 413, "too_large")


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("GET", "/api/v1/ask", "POST"),
        ("DELETE", "/api/v1/ask", "POST"),
        ("POST", "/api/v1/passages/a/b/c", "GET"),
        ("OPTIONS", "/api/v1/ask", "POST"),
        ("GET", "/mcp", "POST"),
        ("DELETE", "/mcp", "POST"),
    ],
)
def test_another_method_is_refused(
    api: TestClient, method: str, address: str, allowed: str
) -> None:
    reply = api.request(method, address)
    problem(reply, 405, "method")
    assert reply.headers["allow"] == allowed


@pytest.mark.parametrize("address", ["/api/v2/ask", "/api/v1/", "/api/docs", "/api/v1/passages/a"])
def test_an_address_that_is_not_there_is_a_problem(api: TestClient, address: str) -> None:
    problem(api.get(address), 404, "not_found")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999"])
@pytest.mark.parametrize("address", ["/api/v1/ask", "/mcp"])
def test_a_page_of_another_site_is_refused(api: TestClient, origin: str, address: str) -> None:
    headers = {"origin": origin}
    reply = api.post(address, json={"question": QUESTION}, headers=headers)
    problem(reply, 403, "origin")
    assert "access-control-allow-origin" not in reply.headers


def test_a_strange_name_for_this_machine_is_refused(api: TestClient) -> None:
    problem(api.get("/api/", headers={"host": "evil.example"}), 400, "host")


def test_no_reply_invites_another_site(api: TestClient) -> None:
    reply = api.post("/api/v1/ask", json={"question": QUESTION})
    assert not [name for name in reply.headers if name.startswith("access-control-")]
    assert reply.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in reply.headers["content-security-policy"]


class BrokenGuide:
    """A guide that cannot be used, each way that happens."""

    def __init__(self, place: Place, error: Exception) -> None:
        self._index_guide, self._error = place.guide, error

    def ask(self, *_: object, **__: object) -> Any:
        raise self._error

    def search(self, *_: object, **__: object) -> Any:
        raise self._error

    def passage_context(self, *_: object, **__: object) -> Any:
        raise self._error


def broken(place: Place, error: Exception) -> TestClient:
    app = light_app(place, Api(BrokenGuide(place, error), place.register))
    headers = {"authorization": f"Bearer {place.token()}"}
    return TestClient(app, base_url="http://127.0.0.1", headers=headers)


@pytest.mark.parametrize("error", [RuntimeError(MARK), IndexUnavailableError("Kör sync.")])
def test_a_guide_that_fails_gives_an_answer_that_says_so(
    place: Place, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with broken(place, error) as client:
        reply = client.post("/api/v1/ask", json={"question": MARK})
    assert reply.status_code == 200
    assert (reply.json()["outcome"], reply.json()["question"]) == ("failed", "")
    assert place.turns()[-1].row["id"] == reply.json()["id"]
    assert MARK not in reply.text + caplog.text


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [(RuntimeError(MARK), 500, "failed"), (IndexUnavailableError("x"), 503, "unavailable")],
)
def test_a_search_that_fails_says_nothing_of_why(
    place: Place, error: Exception, status: int, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    with broken(place, error) as client:
        problem(client.post("/api/v1/search", json={"q": MARK}), status, kind)
        problem(client.get("/api/v1/passages/a/b/c"), status, kind)
    assert MARK not in caplog.text


def test_an_answer_that_cannot_be_written_down_is_not_given_out(
    api: TestClient, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise JournalError("Journalen kunde inte skrivas.")

    monkeypatch.setattr(place.recorder, "turn", refuse)
    reply = api.post("/api/v1/ask", json={"question": QUESTION})
    told = problem(reply, 503, "unavailable")
    assert reply.headers["retry-after"]
    assert "lösenord" not in str(told)


def test_more_than_can_wait_is_told_to_come_back(place: Place) -> None:
    app = light_app(place, Api(place.guide, place.register, Limits(at_once=1, waiting=0)))
    headers = {"authorization": f"Bearer {place.token()}"}
    with TestClient(app, base_url="http://127.0.0.1", headers=headers) as client:
        reply = client.post("/api/v1/ask", json={"question": QUESTION})
    problem(reply, 503, "busy")
    assert reply.headers["retry-after"] == "2"
