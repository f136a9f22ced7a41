"""The MCP server over HTTP at `/mcp`: one call, one JSON answer, no session kept."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from web.api.mcp_tools import TOOL_NAMES
from web.api.problems import Problem, ProblemKind
from web.guard import MAX_BODY


class McpEndpoint:
    """Serves MCP calls while `running`; who asks has been put in the request before.

    What is no proper call is answered here, before the SDK sees it: the SDK would write the
    message with all that it holds in a log.
    """

    def __init__(self, server: Server[Any, Any]) -> None:
        self._server = server
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take calls as long as the block lasts; may be entered again after it."""
        manager = StreamableHTTPSessionManager(
            self._server,
            json_response=True,
            stateless=True,
            max_request_body_size=MAX_BODY,
            # Hosts and origins are the guard's, which knows the names of this server.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with manager.run():
            self._manager = manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        refusal, body = await _read(request)
        if refusal is None and self._manager is None:
            refusal = Problem(ProblemKind.UNAVAILABLE).response()
        if refusal is not None or self._manager is None:
            await (refusal or Response(status_code=503))(scope, receive, send)
            return
        await self._manager.handle_request(scope, _replayed(body, receive), send)


async def _read(request: Request) -> tuple[Response | None, bytes]:
    """Return the body of a proper call, or the answer to one that is not."""
    if request.method != "POST":  # no stream to listen on, no session to end
        return Problem(ProblemKind.METHOD, headers={"allow": "POST"}).response(), b""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != "application/json":
        return Problem(ProblemKind.CONTENT_TYPE).response(), b""
    try:
        body = await request.body()
        message = json.loads(body)
        identity = message.get("id") if isinstance(message, dict) else None
    except ClientDisconnect:
        return Problem(ProblemKind.TOO_LARGE).response(), b""
    except (ValueError, RecursionError):
        return _error(None, types.PARSE_ERROR, "Parse error"), b""
    try:
        said = types.JSONRPCMessage.model_validate(message).root
        plain = said.model_dump(by_alias=True, mode="json", exclude_none=True)
        if isinstance(said, types.JSONRPCRequest):
            request_made = types.ClientRequest.model_validate(plain).root
            if (
                isinstance(request_made, types.CallToolRequest)
                and request_made.params.name not in TOOL_NAMES
            ):
                return _error(said.id, types.INVALID_PARAMS, "Unknown tool"), b""
        elif isinstance(said, types.JSONRPCNotification):
            types.ClientNotification.model_validate(plain)
        else:  # this server asks nothing, so there is nothing to reply to
            return _error(None, types.INVALID_REQUEST, "Invalid request"), b""
    except (ValidationError, ValueError, RecursionError):
        known = identity if isinstance(identity, int) else None
        return _error(known, types.INVALID_REQUEST, "Invalid request"), b""
    return None, body


def _error(identity: int | str | None, code: int, text: str) -> Response:
    error = {"code": code, "message": text}
    headers = {"cache-control": "no-store"}
    return JSONResponse(
        {"jsonrpc": "2.0", "id": identity, "error": error}, status_code=400, headers=headers
    )


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Hand a body that has been read on, then what comes after it."""
    left = [body]

    async def replay() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return replay
