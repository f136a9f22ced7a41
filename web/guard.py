"""What stands before everything: known addresses only, own origin only, small bodies, headers."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.static_pages import not_found_page
from web.texts import wording

MAX_BODY = 256 * 1024
# Gradio serves more than a chat needs (uploads, files, a proxy, its programming interface).
# Only what the page uses is open; a test opens the page and finds nothing refused.
_OPEN = re.compile(
    r"/(?:om|personuppgifter|tillganglighet)"
    r"|/(?:en|halsa|favicon\.ico|avsnitt/[^/]+/[^/]+/[^/]+|resurser/[\w.-]+)"
    r"|/original/[^/]+/[^/]+"
    r"|/sida/[^/]+/[^/]+/[1-9][0-9]{0,4}"
    r"|(?:/en)?/(?:"
    r"|config|theme\.css|(?:assets|static)/[\w./@-]+"
    r"|gradio_api/(?:startup-events|app_id|theme\.css|queue/join|queue/data|reset|cancel"
    r"|heartbeat/\w+|info))"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_PLAIN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


class Guard:
    """Refuse what the page never asks for, and give every answer the security headers.

    `hosts` are the names the server answers to; another name means that a strange page has had
    its name pointed at this machine (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or say in a line why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # there are no web sockets here
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = _refusal(scope, self.hosts)
        if refusal:
            status, key = refusal
            answer: Response = PlainTextResponse(wording("sv").say(key), status_code=status)
            if status == 404 and "text/html" in Headers(scope=scope).get("accept", ""):
                answer = not_found_page(wording("sv"))  # a person in a browser, not a program
            await answer(scope, receive, _with_headers(send))
            return
        await self.app(scope, _limited(receive), _with_headers(send))


def _refusal(scope: Scope, hosts: Collection[str]) -> tuple[int, str] | None:
    headers = Headers(scope=scope)
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    if host not in hosts:
        return 400, "closed_host"
    if not _OPEN.fullmatch(scope["path"]) or b"%2f" in scope.get("raw_path", b"").lower():
        return 404, "closed_path"
    origin = headers.get("origin")
    is_foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    is_cross_site = headers.get("sec-fetch-site") == "cross-site"
    if is_foreign or (is_cross_site and scope["method"] != "GET"):
        return 403, "closed_origin"
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MAX_BODY:
        return 413, "closed_size"
    return None


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
            if headers.get("content-type", "").startswith(("text/html", "application/json")):
                headers["cache-control"] = "no-store"
        await send(message)

    return dressed
