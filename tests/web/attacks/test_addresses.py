"""Addresses, methods and headers that no page of ours uses."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.attacks.town import Town, a_session

CLOSED = (
    *("upload", "upload_progress?upload_id=x", "file=/etc/passwd", "file/etc/passwd"),
    *("file=http://127.0.0.1/", "proxy=http://127.0.0.1/", "proxy=file:///etc/passwd"),
    *("component_server", "deep_link?session_hash=x", "runs", "run-history/records"),
    *("run-history/connect", "mcp", "mcp/", "mcp/sse", "mcp/schema", "api/predict", "run/predict"),
    *("call/respond", "call/respond/x", "call/v2/respond", "queue/status", "openapi.json", "user"),
    *("token", "login_check", "dev/reload", "stream/x", "stream/x/y/1/playlist.m3u8"),
    *("process_recording", "vibe-edit", "vibe-code", "undo-vibe-edit", "profiling/traces"),
    *("custom_component/x/client/component/index.js", "startup-events/x", "heartbeat", "info/"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
EVIL = ("https://evil.example", "null", "http://127.0.0.1:1", "http://localhost", "")


@pytest.mark.parametrize("page", ["", "/en"])
@pytest.mark.parametrize("address", CLOSED)
def test_what_gradio_serves_beside_the_page_is_closed(
    anna: httpx.Client, page: str, address: str
) -> None:
    for method in METHODS:
        answer = anna.request(method, f"{page}/gradio_api/{address}")
        assert answer.status_code == 404, (method, answer.status_code)


@pytest.mark.parametrize(
    "address",
    [
        *("/login", "/logout", "/monitoring", "/monitoring/summary", "/pwa_icon", "/robots.txt"),
        *("/manifest.json", "/svelte/x", "/docs", "/redoc", "/openapi.json", "/api/predict"),
        *("/.git/config", "/app.py", "/.env", "/journal.sqlite3", "/data", "/originals"),
        *("/en/en/", "/en/logga-in", "/gradio_api", "/deep_link", "/gradio_api/deep_link"),
    ],
)
def test_what_is_no_page_is_closed(anna: httpx.Client, address: str) -> None:
    for method in METHODS:
        assert anna.request(method, address).status_code in (401, 404), method


@pytest.mark.parametrize("method", [*METHODS, "CONNECT", "LOCK", "SEARCH"])
def test_no_method_but_those_of_a_page_does_anything(town: Town, method: str) -> None:
    allowed = {"GET", "HEAD"}
    for address in ("/", "/config", "/avsnitt/nyckelkort/1/kort", "/original/nyckelkort/1"):
        answer = raw(town, f"{method} {address} HTTP/1.1", "connection: close")
        status = int(answer.split()[1])
        if method not in allowed:
            assert status in (400, 401, 403, 404, 405), (address, status)
        assert b"alert" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/resurser/../../app.py",
        "/resurser/%2e%2e/app.py",
        "/resurser/%2e%2e%2fapp.py",
        "/resurser/..%2fapp.py",
        "/resurser/..%5capp.py",
        "/resurser/..;/app.py",
        "/resurser/%252e%252e%252fapp.py",
        "/static/../../config",
        "/static/..%2f..%2fapp.py",
        "/static/%2e%2e/%2e%2e/routes.py",
        "/assets/../../../routes.py",
        "/assets//etc/passwd",
        "/original/../../hemlig.txt",
        "/original/%2e%2e/hemlig.txt",
        "/original/..%2f../hemlig.txt",
        "/original/nyckelkort/..%2f..%2f..%2fhemlig.txt",
        "/original/nyckelkort/1%00.html",
        "/original/nyckelkort%00/1",
        "/original/stig/1",
        "/original/lank/1",
        "/original/annan/1",
        "/sida/stig/1/1",
        "/sida/nyckelkort/1/1",
        "/sida/nyckelkort/1/%2e%2e",
        "/avsnitt/..;/nyckelkort/1/kort",
        "/avsnitt/%2e%2e/%2e%2e/etc",
        "//evil.example/%2e%2e",
        "/\\evil.example",
        "/gradio_api/file=../../hemlig.txt",
        "/./config/../logga-in/../config",
        "/halsa/..;/config",
        "/HALSA/../config",
        "/om;/config",
    ],
)
def test_no_path_leads_out_of_what_is_served(town: Town, anna: httpx.Client, path: str) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in anna.cookies.items())
    answer = raw(town, f"GET {path} HTTP/1.1", f"cookie: {cookie}", "connection: close")
    assert int(answer.split()[1]) in (400, 403, 404), answer[:200]
    for secret in (b"topphemligt", b"Build the web app", b"root:", b"dependencies", b"def "):
        assert secret not in answer


@pytest.mark.parametrize("path", ["/halsa/../config", "/om/../config", "/%2e/config", "/config/."])
def test_without_a_session_no_spelling_opens_the_page(town: Town, path: str) -> None:
    answer = raw(town, f"GET {path} HTTP/1.1", "connection: close")
    assert int(answer.split()[1]) in (401, 404)


@pytest.mark.parametrize("origin", EVIL)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_another_site_is_invited_by_no_answer(anna: httpx.Client, origin: str, method: str) -> None:
    headers = {"origin": origin, "access-control-request-method": "POST"}
    for address in ("/", "/config", "/gradio_api/queue/join", "/api/v1/ask", "/mcp", "/halsa"):
        answer = anna.request(method, address, headers=headers)
        assert answer.status_code == 403, address
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_second_origin_hides_behind_no_first(town: Town) -> None:
    lines = (f"origin: {town.address}", "origin: https://evil.example", "connection: close")
    for told in (lines, lines[::-1]):
        assert raw(town, "GET /logga-in HTTP/1.1", *told).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "127.0.0.1/x"),
        *("127.0.0.1:80:80", "127.0.0.1 evil", "", "127.0.0.1\thost", "0.0.0.0", "[::1"),
    ],
)
def test_another_name_for_the_machine_is_refused(town: Town, host: str) -> None:
    answer = raw(town, "GET /logga-in HTTP/1.1", "connection: close", host=host)
    assert int(answer.split()[1]) == 400


def test_two_hosts_and_none_are_refused(town: Town) -> None:
    good = urlsplit(town.address).netloc
    for lines in ((f"host: {good}", "host: evil.example"), ()):
        answer = raw(town, "GET /logga-in HTTP/1.1", "connection: close", *lines, host=None)
        assert int(answer.split()[1]) == 400


def test_an_absolute_address_and_forged_headers_lead_nowhere(town: Town) -> None:
    claims = (
        "x-forwarded-host: evil.example",
        "x-forwarded-proto: https",
        "x-forwarded-prefix: //evil.example",
        "forwarded: host=evil.example",
        "x-original-url: /config",
        "x-rewrite-url: /config",
        "x-http-method-override: DELETE",
        "accept: text/html",
        "connection: close",
    )
    for line in ("GET / HTTP/1.1", "GET http://evil.example/ HTTP/1.1"):
        answer = raw(town, line, *claims)
        assert b"evil.example" not in answer
        assert int(answer.split()[1]) in (303, 400, 404)


@pytest.mark.parametrize(
    "bytes_",
    [
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\na",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /config HTTP/1.1\r\nHost: {}\r\n\r\n",
        b"GET /halsa HTTP/1.1\r\nHost: {}\r\nX: a\r\n b\x00c\r\n\r\n",
        b"GET /halsa HTTP/1.1\r\nHost: {}\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"POST /logga-in HTTP/1.1\r\nHost: {}\r\nContent-Length: -1\r\n\r\n",
    ],
)
def test_a_request_that_can_be_read_in_two_ways_is_refused(town: Town, bytes_: bytes) -> None:
    sent = bytes_.replace(b"{}", urlsplit(town.address).netloc.encode())
    answer = exchange(town, sent)
    assert answer.startswith(b"HTTP/1.1 4")
    assert b"dependencies" not in answer


def test_a_web_socket_is_refused(town: Town, anna: httpx.Client) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in anna.cookies.items())
    for path in ("/", "/gradio_api/queue/join", "/queue/join", "/mcp"):
        answer = raw(
            town,
            f"GET {path} HTTP/1.1",
            f"cookie: {cookie}",
            "connection: Upgrade",
            "upgrade: websocket",
            "sec-websocket-version: 13",
            "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
        )
        assert not answer.startswith(b"HTTP/1.1 101")


def test_every_kind_of_answer_has_its_policy_and_is_never_framed(
    town: Town, anna: httpx.Client, nobody: httpx.Client
) -> None:
    answers = (
        anna.get("/"),
        anna.get("/en/"),
        anna.get("/config"),
        anna.get("/avsnitt/nyckelkort/1/kort"),
        anna.get("/avsnitt/nyckelkort/1/finnsinte"),
        anna.get("/avsnitt/nyckelkort/1/kort?fran=x"),  # 422
        anna.get("/finnsinte"),
        anna.get("/finnsinte", headers={"accept": "text/html"}),
        anna.get("/original/nyckelkort/1"),
        anna.get("/resurser/vagvisaren.js"),
        anna.get("/en", follow_redirects=False),
        anna.get("/api/"),
        anna.get("/", headers={"host": "evil.example"}),
        anna.get("/", headers={"origin": "https://evil.example"}),
        anna.post("/", content=b"x" * 300_000),
        anna.post("/halsa"),
        anna.post(
            "/gradio_api/queue/join", json={"data": [], "fn_index": 99, "session_hash": a_session()}
        ),
        nobody.get("/config"),
        nobody.get("/", headers={"accept": "text/html"}),
        nobody.get("/logga-in"),
        nobody.get("/api/v1/search?q=x"),
    )
    assert {answer.status_code // 100 for answer in answers} == {2, 3, 4}
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        scripts = policy.partition("script-src")[2].partition(";")[0]
        assert "unsafe-inline" not in scripts
        assert "http" not in policy.replace("https://127.0.0.1", "")
        for name, value in SECURITY.items():
            assert answer.headers[name] == value, answer.url
        assert "server" not in answer.headers
        assert "Traceback" not in answer.text


def raw(town: Town, line: str, *headers: str, host: str | None = "own") -> bytes:
    """Send a request exactly as written; return all that is answered."""
    own = urlsplit(town.address).netloc
    named = [] if host is None else [f"host: {own if host == 'own' else host}"]
    written = "\r\n".join((line, *named, *headers)) + "\r\n\r\n"
    return exchange(town, written.encode())


def exchange(town: Town, sent: bytes) -> bytes:
    """Send bytes on a connection of their own; return what comes back, first the head."""
    parts = urlsplit(town.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
        connection.sendall(sent)
        found = b""
        with suppress(TimeoutError, ConnectionError):
            while piece := connection.recv(65_536):
                found += piece
    return found
