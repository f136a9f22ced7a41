"""The outer edge of the web: a fault in a page becomes a plain answer, and a line in the log."""

import logging

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.logs import request_id
from web.refusal import language_of
from web.texts import wording

_LOG = logging.getLogger(__name__)


class Faults:
    """Stands inside the Guard, so that an answer about a fault has the security headers too.

    Of the fault the person is told nothing but the id to give to the support.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        has_begun = False

        async def noting(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except ClientDisconnect:
            return  # it broke off what it was sending: no fault of ours, and nobody to tell
        except Exception:  # whatever it is; its message may quote what was asked
            _LOG.exception("A request failed")
            if scope["type"] != "http":
                raise
            if not has_begun:
                text = wording(language_of(scope)).say("failed_page", id=request_id.get())
                await PlainTextResponse(text, status_code=500)(scope, receive, send)
