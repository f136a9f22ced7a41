"""Nothing behind the gate without a valid token, and no refusal tells which part was wrong."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.errors import JournalError
from kb.person import ANYONE, Person
from tests.web.api.made import ADMIN, QUESTION, Place, light_app, no_sleep
from web.api.gate import Gate
from web.api.patience import FREE, Patience
from web.visitor import visitor_of, with_visitor

ADDRESSES = (
    ("GET", "/api/"),
    ("GET", "/api"),
    ("GET", "/api/openapi.json"),
    ("POST", "/api/v1/ask"),
    ("GET", "/api/v1/search?q=x"),
    ("POST", "/api/v1/search"),
    ("GET", "/api/v1/passages/losenord/1/dela"),
    ("POST", "/api/v1/feedback"),
    ("POST", "/mcp"),
    ("GET", "/mcp"),
    ("DELETE", "/mcp"),
    ("OPTIONS", "/api/v1/ask"),
)


def refused(reply: Any, challenge: str) -> bytes:
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"] == challenge
    assert reply.json()["type"] == "/api/#unauthorized"
    content: bytes = reply.content
    return content


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_every_address_needs_a_token(anyone: TestClient, method: str, address: str) -> None:
    refused(anyone.request(method, address), 'Bearer realm="vagvisaren"')


def wrong_tokens(place: Place) -> Iterator[str]:
    valid = place.token()
    yield valid[:-1] + ("A" if valid[-1] != "A" else "B")
    yield f"vgv_{'0' * 12}_{'a' * 43}"
    yield valid + "x"
    yield "hemligt"
    yield ""
    expired = place.token(days=1)
    revoked = place.token()
    place.register.revoke(revoked.split("_")[1], actor=ADMIN)
    place.clock.now += timedelta(days=2)
    yield expired
    yield revoked


def test_wrong_expired_and_revoked_are_refused_alike(anyone: TestClient, place: Place) -> None:
    replies = {
        refused(
            anyone.post("/api/v1/ask", headers={"authorization": f"Bearer {text}"}),
            'Bearer realm="vagvisaren", error="invalid_token"',
        )
        for text in wrong_tokens(place)
    }
    assert len(replies) == 1


@pytest.mark.parametrize(
    "header",
    ["Basic {}", "{}", "Bearer", "Bearer  x {}", "Token {}", "Bearer {}, Bearer {}", "Bearer\t{}"],
)
def test_a_token_in_another_dress_is_refused(anyone: TestClient, place: Place, header: str) -> None:
    shown = {"authorization": header.replace("{}", place.token())}
    assert anyone.get("/api/", headers=shown).status_code == 401


@pytest.mark.parametrize("value", [b"Bearer \xff\xfe", b"Bearer " + b"a" * 20_000])
def test_strange_bytes_and_long_lines_are_refused(anyone: TestClient, value: bytes) -> None:
    assert anyone.get("/api/", headers=[(b"authorization", value)]).status_code == 401


def test_two_tokens_are_refused(anyone: TestClient, place: Place) -> None:
    shown = [("authorization", f"Bearer {place.token()}"), ("authorization", "Bearer x")]
    assert anyone.get("/api/", headers=shown).status_code == 401


def test_a_token_in_the_address_or_a_cookie_is_none(anyone: TestClient, place: Place) -> None:
    token = place.token()
    address = f"/api/v1/search?q=x&access_token={token}"
    assert anyone.get(address).status_code == 401
    headers = {"cookie": f"token={token}; Authorization=Bearer {token}"}
    assert anyone.get("/api/", headers=headers).status_code == 401


def test_the_name_of_the_scheme_may_be_in_any_case(anyone: TestClient, place: Place) -> None:
    headers = {"authorization": f"bearer {place.token()}"}
    assert anyone.get("/api/openapi.json", headers=headers).status_code == 200


def test_a_register_that_cannot_be_read_closes_the_api(
    anyone: TestClient, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = place.token()

    def fail(_text: str) -> None:
        raise JournalError("Journalen kunde inte läsas.")

    monkeypatch.setattr(place.register, "person_of", fail)
    reply = anyone.get("/api/", headers={"authorization": f"Bearer {token}"})
    assert (reply.status_code, reply.json()["type"]) == (503, "/api/#unavailable")


class SignedIn:
    """A gate of sign-in, which has put a person in every request."""

    def __init__(self, app: ASGIApp, *, person: Person) -> None:
        self.app, self.person = app, person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = with_visitor(scope, self.person) if scope["type"] == "http" else scope
        await self.app(scope, receive, send)


@pytest.fixture
def signed_in(place: Place) -> Iterator[TestClient]:
    app: FastAPI = light_app(place)
    person = Person("u1001", groups=frozenset({"skola"}))
    app.add_middleware(SignedIn, person=person)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_one_who_has_signed_in_may_read_the_documentation(signed_in: TestClient) -> None:
    assert signed_in.get("/api/").status_code == 200
    assert signed_in.get("/api/openapi.json").status_code == 200


@pytest.mark.parametrize(("method", "address"), ADDRESSES[3:])
def test_signing_in_opens_nothing_else(signed_in: TestClient, method: str, address: str) -> None:
    assert signed_in.request(method, address, json={"question": QUESTION}).status_code == 401


def test_the_token_decides_who_asks_and_not_the_cookie(signed_in: TestClient, place: Place) -> None:
    headers = {"authorization": f"Bearer {place.token()}", "cookie": "session=x"}
    closed = signed_in.get("/api/v1/passages/skolsystemet/1/elevlistor", headers=headers)
    assert closed.status_code == 404


async def seen(scope: Scope) -> tuple[Person, bool]:
    """Return who the app behind the gate sees, and whether a cookie came along."""
    inside: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        inside.append(scope)

    async def nothing(*_: object) -> None:
        return None

    await Gate(app, tokens=None, patience=Patience(sleep=no_sleep))(scope, nothing, nothing)  # type: ignore[arg-type]
    return visitor_of(inside[0]), any(name == b"cookie" for name, _ in inside[0]["headers"])


@pytest.mark.anyio
async def test_other_addresses_pass_untouched() -> None:
    scope = {"type": "http", "path": "/", "method": "GET", "headers": [(b"cookie", b"x")]}
    assert await seen(scope) == (ANYONE, True)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_without_an_api_its_addresses_are_not_there() -> None:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Gate, tokens=None)
    client = TestClient(app, base_url="http://127.0.0.1")
    for method, address in ADDRESSES:
        reply = client.request(method, address, headers={"authorization": "Bearer x"})
        assert (reply.status_code, reply.json()["type"]) == (404, "/api/#not_found")


def test_one_who_guesses_is_slowed_down_and_one_with_a_token_is_not(place: Place) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    app = light_app(place, patience=Patience(sleep=sleep))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for _ in range(FREE + 3):
            assert client.get("/api/", headers={"authorization": "Bearer x"}).status_code == 401
        assert len(slept) == 3
        headers = {"authorization": f"Bearer {place.token()}"}
        assert client.get("/api/openapi.json", headers=headers).status_code == 200
        assert len(slept) == 3
