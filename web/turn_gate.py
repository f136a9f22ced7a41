"""What stands before every question, from the page, the API or MCP: may it be taken now?"""

import re
from collections.abc import Awaitable, Callable, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from web.limits import asker_of
from web.refusal import Reason, Refusal, refusal_answer
from web.running import Running

Rule = Callable[[Scope], Awaitable[Refusal | None]]
_JOIN = re.compile(r"(?:/en)?/gradio_api/queue/join/?")
_API = re.compile(r"/api/v\d+/(?:ask|search)/?")
_CARRIES = re.compile(r"(?:/en)?/gradio_api/queue/data/?")


class TurnGate:
    """Lets a question through when every rule does, in their order; else says why not.

    A request of the API or MCP is a turn as long as it lasts. One of the page only joins the
    queue, whose answer another request carries.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        rules: Sequence[Rule],
        running: Running,
        refused: Callable[[Reason], None] = lambda _: None,
    ) -> None:
        self.app = app
        self.rules = tuple(rules)
        self.running = running
        self.refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not is_turn(scope):
            await self._pass(scope, receive, send)
            return
        for rule in self.rules:
            refusal = await rule(scope)
            if refusal:
                self.refused(refusal.reason)
                await refusal_answer(refusal, scope)(scope, receive, send)
                return
        if _JOIN.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        with self.running.counting(asker_of(scope)):
            await self.app(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _CARRIES.fullmatch(scope["path"]):
            with self.running.carrying():
                await self.app(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_turn(scope: Scope) -> bool:
    """Tell whether a request asks a question; MCP asks by POST alone."""
    path = scope["path"]
    if path == "/mcp" or path.startswith("/mcp/"):
        return bool(scope["method"] == "POST")
    return bool(_JOIN.fullmatch(path) or _API.fullmatch(path))
