"""The frame around Gradio's page: language, title, landmarks, own files, a policy for scripts."""

import json
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.journal.records import Reason
from kb.person import ANYONE, Person
from kb.records import Language
from web.personal_data import WARNING_TEXTS
from web.templating import templates
from web.texts import Wording, wording
from web.visitor import visitor_of

HOMES: dict[Language, str] = {"sv": "/", "en": "/en/"}
_OTHER: dict[Language, Language] = {"sv": "en", "en": "sv"}
_SCRIPT_TEXTS = (
    *("copied", "copy_failed", "busy", "offline", "conversation_heading", "sources_label"),
    *("role_label", "receipt_label", "session_over", "session_over_link"),
    "not_your_conversation",
    *WARNING_TEXTS,
)
_REASONS = tuple(reason for reason in Reason if reason is not Reason.ASKED_COUNCIL)
_SHARING_META = re.compile(r'\s*<meta\s+(?:property|name)="(?:og:|twitter:)[^>]*?/?>')
_MANIFEST = re.compile(r'\s*<link rel="manifest"[^>]*>')
_SCRIPT_WITHOUT_NONCE = re.compile(r"<script(?![^>]*\bnonce=)")


class PageShell:
    """Rewrite the HTML of Gradio's pages on the way out; everything else passes untouched.

    Gradio decides language and title in the browser and puts all content in its own element,
    so what belongs around it (language, landmarks, styles) is put in here.
    """

    def __init__(
        self, app: ASGIApp, *, closed: Callable[[Language], Awaitable[str]] | None = None
    ) -> None:
        self.app = app
        self.closed = closed  # what to show instead of the question box; empty when it is open
        self.languages = {home: language for language, home in HOMES.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        language = self.languages.get(scope["path"]) if scope["type"] == "http" else None
        if language is None:
            await self.app(scope, receive, send)
            return
        closed = await self.closed(language) if self.closed else ""
        rewrite = _rewriter(send, wording(language), visitor_of(scope), closed)
        await self.app(_uncompressed(scope), receive, rewrite)


def surroundings(
    page: Wording, *, other: str | None = None, person: Person = ANYONE
) -> dict[str, Any]:
    """Return what header and footer need; `other` is this page in the other language.

    `person` is who has signed in: the header shows them, and the way out.
    """
    language = _OTHER[page.language]
    return {
        "home": HOMES[page.language],
        "other": other or HOMES[language],
        "other_language": language,
        "person": person,
    }


def dress(
    html: str, page: Wording, *, nonce: str, person: Person = ANYONE, closed: str = ""
) -> str:
    """Return Gradio's HTML with language, title, header, footer and nonces.

    `closed` is shown instead of the question box.

    Only the two HTML templates are ours; what is replaced is pinned by a test on the release
    of Gradio in use.
    """
    head, top, bottom = (
        _part(name, page, person=person, closed=closed) for name in ("head", "top", "bottom")
    )
    html = re.sub(r'<html\s+lang="en"', f'<html lang="{page.language}"', html, count=1)
    html = _MANIFEST.sub("", _SHARING_META.sub("", html))
    html = html.replace('<meta charset="utf-8" />', '<meta charset="utf-8" />' + head, 1)
    html = re.sub(r"<body[^>]*>", lambda body: body.group() + top, html, count=1)
    html = html.replace("</gradio-app>", "</gradio-app>" + bottom, 1)
    return _SCRIPT_WITHOUT_NONCE.sub(f'<script nonce="{nonce}"', html)


def _part(name: str, page: Wording, *, person: Person, closed: str) -> str:
    texts = {key: page.say(key) for key in _SCRIPT_TEXTS}
    # `<` would end the element early; JSON has another way to write it.
    data = Markup(json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704
    template = templates().get_template(f"shell_{name}.html")
    around = surroundings(page, person=person)
    return template.render(page=page, data=data, closed=closed, reasons=_REASONS, **around)


def _uncompressed(scope: Scope) -> Scope:
    headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    return {**scope, "headers": headers}


def _rewriter(send: Send, page: Wording, person: Person, closed: str) -> Send:
    """Hold back an HTML answer until it is whole, then send it dressed."""
    start: Message | None = None
    body = bytearray()

    async def rewrite(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and _is_html(message):
            start = message
            return
        if start is None:
            await send(message)
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        nonce = secrets.token_urlsafe(16)
        content = dress(body.decode(), page, nonce=nonce, person=person, closed=closed).encode()
        headers = MutableHeaders(raw=start["headers"])
        headers["content-length"] = str(len(content))
        headers["content-security-policy"] = page_policy(nonce)
        await send(start)
        await send({"type": "http.response.body", "body": content})

    return rewrite


def _is_html(message: Message) -> bool:
    return MutableHeaders(raw=message["headers"]).get("content-type", "").startswith("text/html")


def page_policy(nonce: str) -> str:
    """Return the policy of a Gradio page: own files and the scripts named by `nonce`, no eval.

    Gradio sets styles from scripts, hence `unsafe-inline` for styles and for nothing else.
    """
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
