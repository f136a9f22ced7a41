"""Stand before every route: who has not signed in comes no further than the door."""

from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.errors import SignInError
from kb.sign_in.sessions import Session
from kb.sign_in.setup import CALLBACK, LOGGED_OUT
from web.api.addresses import READABLE, is_for_programs
from web.sign_in.binding import with_owner
from web.sign_in.entrance import Entrance
from web.sign_in.targets import language_of, safe_target
from web.static_pages import PAGES
from web.templating import SHEETS
from web.texts import wording
from web.visitor import with_visitor

SIGN_IN = "/logga-in"
SIGN_OUT = "/logga-ut"
BACK_CHANNEL = "/logga-ut/tjanst"
SIGNED_IN_AGAIN = "/inloggad"
OPEN = frozenset(
    {
        SIGN_IN,
        CALLBACK,
        SIGN_OUT,
        BACK_CHANNEL,
        LOGGED_OUT,
        "/halsa",
        "/redo",
        "/matvarden",  # which asks for a key of its own
        "/favicon.ico",
        "/resurser/favicon.svg",
        *(f"/{page}" for page in PAGES),
        *(f"/resurser/{sheet}.css" for sheet in (*SHEETS, "api")),
    }
)
"""All that is answered without sign-in, letter for letter."""
THREADS = 8
"""Sessions that are looked up at the same time."""


class Gate:
    """Let a request through with the Person who makes it, or show the way to sign in."""

    def __init__(self, app: ASGIApp, *, entrance: Entrance) -> None:
        self.app = app
        self.entrance = entrance
        # Threads of its own: whatever else is slow, those who are signed in come through.
        self.threads = CapacityLimiter(THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        # Programs show a token further in; their documentation is open to people here too.
        takes_token = is_for_programs(path)
        if takes_token and path not in READABLE:
            await self.app(scope, receive, send)
            return
        is_open = path in OPEN or takes_token
        try:
            session = await self._session(scope)
        except SignInError:
            if not is_open:
                await _away(scope)(scope, receive, send)
                return
            session = None
        if session is not None:
            seen = with_owner(with_visitor(scope, session.person), session)
            await self.app(seen, receive, send)
        elif is_open:
            await self.app(scope, receive, send)
        else:
            await _stopped(scope)(scope, receive, send)

    async def _session(self, scope: Scope) -> Session | None:
        identity = self.entrance.cookies.session(scope)
        if not identity:
            return None
        find = self.entrance.sessions.find
        return await to_thread.run_sync(find, identity, limiter=self.threads)


def _stopped(scope: Scope) -> Response:
    """Send a person who opens a page to sign in; say to everything else that it must."""
    wants_page = "text/html" in Headers(scope=scope).get("accept", "")
    kept = {"cache-control": "no-store"}
    target = scope["path"] + ("?" + scope["query_string"].decode("ascii", "replace")).rstrip("?")
    if scope["method"] in ("GET", "HEAD") and wants_page:
        address = f"{SIGN_IN}?till={quote(safe_target(quote(target, safe=_KEPT)), safe='')}"
        return RedirectResponse(address, status_code=303, headers=kept)
    text = wording(language_of(scope["path"])).say("not_signed_in")
    return PlainTextResponse(text, status_code=401, headers=kept)


def _away(scope: Scope) -> Response:
    text = wording(language_of(scope["path"])).say("sign_in_later")
    return PlainTextResponse(text, status_code=503, headers={"cache-control": "no-store"})


_KEPT = "/?&=%:;,@!$'()*+~"
"""What may stand unquoted in an address that is to be come back to."""
