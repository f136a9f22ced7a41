"""What stands before the addresses for programs: without a valid token nothing is behind it."""

import logging
from typing import Protocol

from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.errors import VagvisarenError
from kb.person import Person
from web.api.addresses import READABLE, is_for_programs
from web.api.patience import Patience
from web.api.problems import Problem, ProblemKind
from web.visitor import visitor_of, with_visitor

_LOG = logging.getLogger(__name__)
_SCHEME = b"bearer "
_LONGEST = 200  # bytes of the header; a token has 60
_CHALLENGE = 'Bearer realm="vagvisaren"'


class Tokens(Protocol):
    """Knows tokens; `kb.tokens.register.TokenRegister` is the one in production."""

    def person_of(self, text: str) -> Person | None:
        """Return who a token stands for; None unless it is valid at this moment."""
        ...


class Gate:
    """Put who a token stands for in the request, or refuse; other addresses pass untouched.

    A cookie counts for nothing here: a page of another site could have the browser send it. Only
    the documentation may be read by one who has signed in. Without `tokens` the API is closed.
    """

    def __init__(
        self, app: ASGIApp, *, tokens: Tokens | None, patience: Patience | None = None
    ) -> None:
        self.app = app
        self.tokens = tokens
        self.patience = patience or Patience()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not is_for_programs(scope["path"]):
            await self.app(scope, receive, send)
            return
        admitted = await self._admitted(scope)
        if isinstance(admitted, Problem):
            await admitted.response()(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
        await self.app({**with_visitor(scope, admitted), "headers": headers}, receive, send)

    async def _admitted(self, scope: Scope) -> Person | Problem:
        """Return who asks, or why nobody may."""
        if self.tokens is None:
            return Problem(ProblemKind.NOT_FOUND)
        shown = [value for name, value in scope["headers"] if name == b"authorization"]
        if not shown:
            reader = visitor_of(scope)
            if reader.user and scope["method"] == "GET" and scope["path"] in READABLE:
                return reader
            return await self._refusal(scope, _CHALLENGE)
        try:
            person = await _person(self.tokens, shown)
        except VagvisarenError as error:
            _LOG.error("The register of tokens could not be read: %s", error)
            return Problem(ProblemKind.UNAVAILABLE)
        # Wrong, expired and revoked are one and the same to the caller.
        return person or await self._refusal(scope, f'{_CHALLENGE}, error="invalid_token"')

    async def _refusal(self, scope: Scope, challenge: str) -> Problem:
        client = scope.get("client")
        if await self.patience.refuse(client[0] if client else ""):
            return Problem(ProblemKind.UNAUTHORIZED, headers={"www-authenticate": challenge})
        return Problem(ProblemKind.SLOW_DOWN)


async def _person(tokens: Tokens, shown: list[bytes]) -> Person | None:
    """Look a token up; two of them, or what cannot be one, is none."""
    (value, *more) = shown
    if more or len(value) > _LONGEST or value[: len(_SCHEME)].lower() != _SCHEME:
        return None
    text = value[len(_SCHEME) :].decode("latin-1").strip(" ")
    return await to_thread.run_sync(tokens.person_of, text)
