"""What stands before everything: known addresses only, own origin only, small bodies, headers."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.api.addresses import is_for_programs
from web.api.problems import Problem, ProblemKind
from web.static_pages import not_found_page
from web.texts import wording

MAX_BODY = 256 * 1024
# Gradio serves more than a chat needs (uploads, files, a proxy, its programming interface).
# Only what the page uses is open; a test opens the page and finds nothing refused.
_OPEN = re.compile(
    r"/(?:om|personuppgifter|tillganglighet)"
    r"|/(?:en|halsa|redo|matvarden|favicon\.ico|avsnitt/[^/]+/[^/]+/[^/]+|resurser/[\w.-]+)"
    r"|/(?:logga-in(?:/svar)?|logga-ut(?:/tjanst)?|inloggad|utloggad)"
    r"|/original/[^/]+/[^/]+"
    r"|/sida/[^/]+/[^/]+/[1-9][0-9]{0,4}"
    r"|/api/?"
    r"|/api/openapi\.json"
    r"|/api/v1/(?:ask|search|feedback)"
    r"|/api/v1/passages(?:/[^/\x00-\x1f\x7f]+){3}"
    r"|/mcp"
    r"|(?:/en)?/(?:"
    r"|config|theme\.css|(?:assets|static)/[\w./@-]+"
    r"|gradio_api/(?:startup-events|app_id|theme\.css|queue/join|queue/data|reset|cancel"
    r"|heartbeat/\w+|info))"
)
_PROBLEMS = {
    "closed_host": ProblemKind.HOST,
    "closed_path": ProblemKind.NOT_FOUND,
    "closed_origin": ProblemKind.ORIGIN,
    "closed_size": ProblemKind.TOO_LARGE,
}
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
# Gradio builds addresses of what these say; whoever is to be believed, uvicorn has read by now.
_CLAIMS = frozenset(
    {b"forwarded", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-prefix"}
)
# What may be of or for one person: pages, their data, and the stream that carries answers.
_NEVER_KEPT = ("text/html", "application/json", "application/problem+json", "text/event-stream")
_PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class Guard:
    """Refuse what the page never asks for, and give every answer the security headers.

    `hosts` are the names the server answers to; another name means that a strange page has had
    its name pointed at this machine (DNS rebinding). `origin` is the service's own address where
    it has one: then it, and no header of a request, decides what everything behind takes the
    address to be.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], origin: str | None = None) -> None:
        self.app = app
        self.origin = origin
        own = urlsplit(origin or "").hostname
        self.hosts = frozenset(hosts) | ({own} if own else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say in a line why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = _refusal(scope, self.hosts, self.origin)
        if refusal:
            status, key = refusal
            await _said(scope, status, key)(scope, receive, _with_headers(send))
            return
        await self.app(_addressed(scope, self.origin), _limited(receive), _with_headers(send))


def _said(scope: Scope, status: int, key: str) -> Response:
    """Say why a request is refused, to a program, to a person in a browser, or in a line."""
    if is_for_programs(scope["path"]):
        return Problem(_PROBLEMS[key]).response()
    if status == 404 and "text/html" in Headers(scope=scope).get("accept", ""):
        return not_found_page(wording("sv"))
    return PlainTextResponse(wording("sv").say(key), status_code=status)


def _refusal(scope: Scope, hosts: Collection[str], own: str | None) -> tuple[int, str] | None:
    headers = Headers(scope=scope)
    if len(named := headers.getlist("host")) != 1 or _host_in(named[0]) not in hosts:
        return 400, "closed_host"
    if not _OPEN.fullmatch(scope["path"]) or b"%2f" in scope.get("raw_path", b"").lower():
        return 404, "closed_path"
    is_foreign = bool(set(headers.getlist("origin")) - {own or f"http://{named[0]}"})
    is_cross_site = headers.get("sec-fetch-site") == "cross-site"
    if is_foreign or (is_cross_site and scope["method"] != "GET"):
        return 403, "closed_origin"
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MAX_BODY:
        return 413, "closed_size"
    return None


def _host_in(named: str) -> str | None:
    """Return the host of a Host header that holds a name and perhaps a port, nothing else."""
    try:
        parts = urlsplit(f"//{named}")
        parts.port  # noqa: B018  raises where it is no number
    except ValueError:
        return None
    return parts.hostname if parts.netloc == named and "@" not in named else None


def _addressed(scope: Scope, origin: str | None) -> Scope:
    """Return a request as sent to the service's own address, without what a proxy may claim."""
    kept = [pair for pair in scope["headers"] if pair[0] not in _CLAIMS]
    if origin is None:
        return {**scope, "headers": kept}
    own = urlsplit(origin)
    headers = [(name, own.netloc.encode() if name == b"host" else value) for name, value in kept]
    server = (own.hostname, own.port or (443 if own.scheme == "https" else 80))
    return {**scope, "headers": headers, "scheme": own.scheme, "server": server}


def _limited(receive: Receive) -> Receive:
    """Cut off a body that turns out larger than it said."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > MAX_BODY else message

    return limited


def _with_headers(send: Send) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("content-security-policy", _PLAIN_POLICY)
            if headers.get("content-type", "").startswith(_NEVER_KEPT):
                headers["cache-control"] = "no-store"
        await send(message)

    return dressed
