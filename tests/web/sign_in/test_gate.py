"""Without sign-in nothing is answered but what the list says, and nothing is taken on faith."""

import re
from typing import cast

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from kb.sign_in.sessions import Sessions
from kb.sign_in.setup import CALLBACK, LOGGED_OUT
from tests.kb.sign_in.fake_provider import Clock
from tests.web.sign_in.small_app import OWN, PAGE, Place
from web.recorder import KeepNothing
from web.sign_in.entrance import Entrance, Trial
from web.sign_in.gate import OPEN, Gate
from web.sign_in.noted import Noted

COOKIE = "__Host-vagvisaren-session"


@pytest.mark.parametrize("path", ["/", "/en/", "/config", "/resurser/x.js", "/gradio_api/info"])
def test_everything_else_needs_sign_in(place: Place, path: str) -> None:
    browser = place.browser()
    for answer in (browser.get(path), browser.post(path, json={}, headers=OWN)):
        assert answer.status_code == 401
        assert answer.headers["cache-control"] == "no-store"
        assert "inte inloggad" in answer.text or "not signed in" in answer.text


@pytest.mark.parametrize("path", ["/halsa", "/utloggad", "/resurser/grund.css"])
def test_what_is_open_is_answered(place: Place, path: str) -> None:
    assert place.browser().get(path).status_code == 200


@pytest.mark.parametrize("path", ["/halsa/", "/halsa/x", "/HALSA", "/%68alsa%2f..%2fconfig"])
def test_what_is_open_is_open_letter_for_letter(place: Place, path: str) -> None:
    assert place.browser().get(path).status_code in (401, 404)


def test_the_open_list_is_short_and_known() -> None:
    assert {
        "/logga-in", CALLBACK, "/logga-ut", "/logga-ut/tjanst", LOGGED_OUT, "/halsa", "/redo",
        "/matvarden", "/om", "/tillganglighet", "/personuppgifter", "/favicon.ico",
        "/resurser/favicon.svg", "/resurser/grund.css", "/resurser/chatt.css",
        "/resurser/svar.css", "/resurser/kallor.css", "/resurser/sida.css",
        "/resurser/anpassning.css", "/resurser/utskrift.css", "/resurser/api.css",
    } == OPEN  # fmt: skip


@pytest.mark.anyio
async def test_the_app_behind_is_started_and_stopped(place: Place) -> None:
    seen: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    await Gate(app, entrance=place.entrance)({"type": "lifespan"}, receive, send)
    assert seen == ["lifespan"]


def test_a_page_is_sent_to_sign_in_and_remembered(place: Place) -> None:
    answer = place.browser().get("/en/?fraga=1", headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/logga-in?till=%2Fen%2F%3Ffraga%3D1"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "till",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/%0d%0aSet-Cookie:x=1\r\nx",
        "javascript:alert(1)",
        "evil.example",
        " /",
        "/å",
        "/logga-in?till=/logga-in",
        "/logga-ut",
        "/" + "x" * 2000,
        "",
    ],
)
def test_nobody_is_led_to_another_site(place: Place, till: str) -> None:
    browser = place.browser()
    answer = place.come_back(browser, place.leave(browser, till=till))
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/\\evil.example", "//evil.example", "/%5Cevil.example"])
def test_a_strange_path_is_not_remembered(place: Place, path: str) -> None:
    answer = place.browser().get(f"{place.base}{path}", headers=PAGE)
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert "evil" not in location or answer.status_code == 404


@pytest.mark.parametrize("value", ["", "x", "A" * 43, "u1001", "' OR 1=1 --", "x" * 5000])
def test_a_cookie_that_nobody_was_given_lets_nobody_in(place: Place, value: str) -> None:
    place.signed_in()
    browser = place.browser()
    assert browser.get("/config", headers={"cookie": f"{COOKIE}={value}"}).status_code == 401


def test_a_changed_cookie_lets_nobody_in(place: Place) -> None:
    identity = place.signed_in().cookies[COOKIE]
    changed = identity[:-1] + ("A" if identity[-1] != "A" else "B")
    for value in (changed, identity.lower(), identity + "=", identity[:-1]):
        cookie = {"cookie": f"{COOKIE}={value}"}
        assert place.browser().get("/config", headers=cookie).status_code == 401


@pytest.mark.parametrize("name", ["vagvisaren-lokal-session", "vagvisaren-session", "session"])
def test_the_cookie_counts_under_its_own_name_only(place: Place, name: str) -> None:
    identity = place.signed_in().cookies[COOKIE]
    cookie = {"cookie": f"{name}={identity}"}
    assert place.browser().get("/config", headers=cookie).status_code == 401


def test_a_session_that_has_run_out_is_401(place: Place) -> None:
    browser = place.signed_in()
    place.clock.move(minutes=31)
    assert browser.get("/config").status_code == 401


def test_a_role_that_is_taken_away_is_gone_at_once(place: Place) -> None:
    browser = place.signed_in()
    place.sessions.end_all(user="u1001")
    assert browser.get("/config").status_code == 401


@pytest.mark.parametrize("path", ["/api", "/api/fraga", "/mcp", "/mcp/x"])
def test_a_cookie_counts_for_nothing_where_a_token_decides(place: Place, path: str) -> None:
    browser = place.signed_in()
    assert browser.get(path).status_code == 404  # through the gate; the guard knows no such page


def test_a_path_that_only_begins_like_one_is_shut(place: Place) -> None:
    assert place.browser().get("/en/config").status_code == 401


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "vagvisaren.staden.example.evil.example",
        "evil.example@vagvisaren.staden.example",
        "vagvisaren.staden.example@evil.example",
        "vagvisaren.staden.example/evil",
        "vagvisaren.staden.example\\evil",
        "[::1",
        "",
        "vagvisaren.staden.example:port",
    ],
)
def test_a_strange_host_is_refused(place: Place, host: str) -> None:
    browser = place.browser()
    assert browser.get("/logga-in", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["vagvisaren.staden.example", "127.0.0.1:7860", "localhost"])
@pytest.mark.parametrize("claim", ["x-forwarded-host", "x-forwarded-proto", "forwarded"])
def test_the_settings_decide_the_address_and_no_header(place: Place, host: str, claim: str) -> None:
    browser = place.signed_in()
    headers = {"host": host, claim: "evil.example"}
    cookie = {"cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    said = place.browser().get("/", headers=headers | cookie).text
    assert said.endswith("https://vagvisaren.staden.example/ vagvisaren.staden.example")
    address = browser.get("/logga-in", headers=headers).headers["location"]
    assert "evil" not in address


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://vagvisaren.staden.example",
        "https://vagvisaren.staden.example:8443",
        "https://vagvisaren.staden.example.evil.example",
    ],
)
def test_a_post_from_elsewhere_is_refused(place: Place, origin: str) -> None:
    browser = place.signed_in()
    answer = browser.post("/logga-ut", headers={"origin": origin})
    assert answer.status_code == 403
    assert browser.get("/config").status_code == 200


@settings(deadline=None)
@given(
    st.text(max_size=40)
    | st.builds(str.__add__, st.sampled_from(sorted(OPEN)), st.text(max_size=5))
)
def test_whatever_the_path_only_the_list_comes_through(path: str) -> None:
    reached: list[str] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["path"])

    async def send(message: Message) -> None:
        return None

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    entrance = Entrance(
        Trial((), {}), cast(Sessions, None), Noted(KeepNothing(), now=Clock()), Clock()
    )
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    anyio.run(Gate(inner, entrance=entrance), scope, receive, send)
    assert (path in reached) == (
        path in OPEN or re.match(r"/(?:api|mcp)(?:/|\Z)", path) is not None
    )
