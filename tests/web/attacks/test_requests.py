"""Requests written as no browser writes them, to programs' doors and to people's."""

import json
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.attacks.test_addresses import exchange, raw
from tests.web.attacks.town import Town

MOST_SECONDS = 5.0  # generous: what is refused takes milliseconds


def cookie_of(browser: httpx.Client) -> str:
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /config HTTP/1.0\r\n\r\n",
        b"GET /config\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /config HTTP/1.1\nHost: {}\n\n",
        b"GET /config HTTP/1.1\r\nHost : {}\r\n\r\n",
        b"GET /config HTTP/1.1\r\nHost: {}\r\n folded\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        b"TRACE /config HTTP/1.1\r\nHost: {}\r\nX: hemligt\r\nConnection: close\r\n\r\n",
        b"CONNECT {} HTTP/1.1\r\nHost: {}\r\n\r\n",
        b"GET /halsa%0a HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"F" * 17
        + b"\r\n",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nContent-Length: +5\r\n\r\nnamn=",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nContent-Length: 5, 5\r\n\r\nnamn=",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nContent-Length: \xb2\r\n\r\nna",
    ],
)
def test_other_ways_to_write_a_request_open_nothing(town: Town, request_: bytes) -> None:
    answer = exchange(town, request_.replace(b"{}", urlsplit(town.address).netloc.encode()))
    assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4")), answer[:80]
    assert b"dependencies" not in answer
    assert b"hemligt" not in answer


@pytest.mark.parametrize(
    "asked",
    [
        *("-0", "5-2", "9999999-", "x", "0-3,1-4", "-", "9" * 5_000 + "-"),
        ",".join(f"{n}-" for n in range(5_000)),
        ",".join(["0-0"] * 5_000),
    ],
)
def test_a_range_made_to_be_slow_or_wrong_is_soon_answered(
    town: Town, anna: httpx.Client, asked: str
) -> None:
    whole = anna.get("/original/nyckelkort/1")
    started = time.perf_counter()
    answer = raw(
        town,
        "GET /original/nyckelkort/1 HTTP/1.1",
        f"cookie: {cookie_of(anna)}",
        f"range: bytes={asked}",
        "connection: close",
    )
    assert time.perf_counter() - started < MOST_SECONDS
    assert int(answer.split()[1]) in (200, 206, 400, 416)
    assert len(answer) < len(whole.content) + 10_000


@pytest.mark.parametrize("link", ["../../hemlig.txt", "x", "../" * 40 + "etc/passwd", "a" * 5_000])
def test_a_deep_link_opens_nothing(anna: httpx.Client, link: str) -> None:
    for address in ("/", "/config", "/en/config"):
        answer = anna.get(address, params={"deep_link": link})
        assert answer.status_code == 200
        assert "topphemligt" not in answer.text
        assert "root:" not in answer.text


def test_a_second_cookie_of_the_same_name_makes_nobody_somebody_else(
    town: Town, anna: httpx.Client
) -> None:
    name, _, value = cookie_of(anna).partition("=")
    for told in (f"{name}={value}; {name}=x", f"{name}={value.lower()}", f"{name}={value}x"):
        answer = raw(town, "GET /config HTTP/1.1", f"cookie: {told}", "connection: close")
        assert int(answer.split()[1]) == 401


@pytest.mark.parametrize(
    "body",
    [
        '{"q":"x","k":NaN}',
        '{"q":"x","k":1e999}',
        '{"q":"x","k":' + "9" * 4_000 + "}",
        '{"q":"x","k":' + "9" * 5_000 + "}",
        '{"q":"x","k":"1e1"}',
        '{"q":"\\ud800"}',
        '{"q":["x"]}',
        '{"q":"x","audience":["skola"]}',
        '{"q":"x","groups":"skola"}',
        "\x00",
        "",
    ],
)
def test_numbers_and_fields_that_are_none_are_refused(town: Town, body: str) -> None:
    headers = {"authorization": f"Bearer {town.token}", "content-type": "application/json"}
    answer = town.anybody().post("/api/v1/search", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "skola" not in answer.text


def spoken(method: str, **more: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, **more}


@pytest.mark.parametrize(
    "call",
    [
        spoken("resources/read", params={"uri": "file:///etc/passwd"}),
        spoken("resources/list"),
        spoken("prompts/list"),
        spoken("logging/setLevel", params={"level": "debug"}),
        spoken("tasks/list"),
        spoken("sampling/createMessage", params={}),
        spoken("tools/call", params={"name": "sync", "arguments": {}}),
        spoken("tools/call", params={"name": "ask", "arguments": [1]}),
        [spoken("tools/list"), spoken("tools/list")],
        spoken("ping", id=None),
        spoken("ping", id={}),
        spoken("ping", jsonrpc="1.0"),
        {"jsonrpc": "2.0", "id": 1, "result": {}},
    ],
)
def test_mcp_has_its_three_tools_and_nothing_else(town: Town, call: object) -> None:
    headers = {
        "authorization": f"Bearer {town.token}",
        "accept": "application/json, text/event-stream",
        "content-type": "application/json",
    }
    answer = town.anybody().post("/mcp", content=json.dumps(call), headers=headers)
    assert answer.status_code in (200, 400)
    assert answer.json()["error"]["code"] in (-32600, -32601, -32602)
    assert "root:" not in answer.text
