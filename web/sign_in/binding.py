"""Keep Gradio's sessions apart: one belongs to the person and browser that used it first.

Gradio finds a conversation by an id that the browser sends, and asks no more. Whoever learnt
another person's id could read on in that conversation.
"""

import json
import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.sign_in.sessions import Session
from web.texts import wording

MOST = 50_000
"""Ids that are remembered in all; the ones that have not been used for longest go."""
EACH = 200
"""Ids that are remembered for one owner: nobody can push out others' by making many."""
_KEY = "vagvisaren.owner"
_ID = re.compile(r"\w{1,64}", re.ASCII)
_API = re.compile(r"(?:/en)?/gradio_api/([\w-]+)(?:/(\w+))?")
_NEEDED = frozenset({"queue/join", "queue/data", "cancel"})


def with_owner(scope: Scope, session: Session) -> Scope:
    """Return a request's scope that says whose conversations it may reach."""
    return {**scope, _KEY: f"{session.person.user}\0{session.thread}"}


class Owners:
    """Who used which id first, in memory of this process, as Gradio's own sessions are."""

    def __init__(self, *, most: int = MOST, each: int = EACH) -> None:
        self._most = most
        self._each = each
        self._owner: OrderedDict[str, str] = OrderedDict()
        self._ids: dict[str, OrderedDict[str, None]] = {}

    def is_own(self, identity: str, owner: str) -> bool:
        """Tell whether an id is the owner's; one that nobody has used becomes it."""
        if self._owner.setdefault(identity, owner) != owner:
            return False
        self._owner.move_to_end(identity)
        own = self._ids.setdefault(owner, OrderedDict())
        own[identity] = None
        own.move_to_end(identity)
        if len(own) > self._each:
            self._forget(next(iter(own)))
        if len(self._owner) > self._most:
            self._forget(next(iter(self._owner)))
        return True

    def __len__(self) -> int:
        return len(self._owner)

    def _forget(self, identity: str) -> None:
        owner = self._owner.pop(identity)
        own = self._ids[owner]
        del own[identity]
        if not own:
            del self._ids[owner]


class Binding:
    """Refuse a call that names another's Gradio session; stands behind the gate."""

    def __init__(self, app: ASGIApp, *, owners: Owners | None = None) -> None:
        self.app = app
        self.owners = owners or Owners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it without a word of why."""
        called = _API.match(scope["path"]) if scope["type"] == "http" else None
        if called is None:
            await self.app(scope, receive, send)
            return
        name, last = called.groups()
        ids: list[object] = [*_in_query(scope), *([last] if name == "heartbeat" else [])]
        if scope["method"] == "POST":
            body = await _whole(receive)
            if body is None:
                return  # the browser has gone, or the guard has cut it off
            said = _read(body)
            if said is None:
                await _refused(400)(scope, receive, send)
                return
            ids += [said["session_hash"]] if said.get("session_hash") is not None else []
            receive = _again(body, receive)
        needed = f"{name}/{last}" if last else name
        owner = scope.get(_KEY)
        if (not ids and needed in _NEEDED) or not self._are_own(ids, owner):
            await _refused(403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _are_own(self, ids: Sequence[object], owner: object) -> bool:
        if not isinstance(owner, str):
            return False
        return all(
            isinstance(one, str) and _ID.fullmatch(one) and self.owners.is_own(one, owner)
            for one in ids
        )


def _in_query(scope: Scope) -> Sequence[str]:
    query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return query.get("session_hash", [])


async def _whole(receive: Receive) -> bytes | None:
    """Return a body that the guard has bounded; None when it broke off."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return what gives a body that has been read once more."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _read(body: bytes) -> dict[str, Any] | None:
    """Return a JSON object; None for anything else, also for a name that stands twice."""
    try:
        said = json.loads(body or b"{}", object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) != len(pairs):
        raise ValueError
    return named


def _refused(status: int) -> PlainTextResponse:
    return PlainTextResponse(wording("sv").say("not_your_conversation"), status_code=status)
