"""MCP over a real server, with the SDK's own client, and what is sent past it."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

import httpx
import jsonschema
import pytest
import uvicorn
from fastapi import FastAPI
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from tests.web.api.made import (
    PERSONAL_NUMBER,
    QUESTION,
    SECRET,
    SECRET_QUESTION,
    Place,
    light_app,
)
from web.server import open_socket

_Result = TypeVar("_Result")
PLAIN = {"content-type": "application/json", "accept": "application/json, text/event-stream"}


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Run an app on a free port in a thread; yield its address."""
    with open_socket("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(place: Place) -> Iterator[str]:
    with running(light_app(place)) as address:
        yield address


def use(address: str, token: str, work: Callable[[ClientSession], Awaitable[_Result]]) -> _Result:
    """Open a session as a client of a language model does, and work in it."""

    async def session() -> _Result:
        headers = {"authorization": f"Bearer {token}"}
        async with (
            httpx.AsyncClient(headers=headers) as http,
            streamable_http_client(f"{address}/mcp", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await work(session)

    return asyncio.run(session())


def call(address: str, token: str, tool: str, **arguments: Any) -> CallToolResult:
    return use(address, token, lambda session: session.call_tool(tool, arguments))


def text_of(result: CallToolResult) -> str:
    return "\n".join(one.text for one in result.content if isinstance(one, TextContent))


def test_the_tools_say_what_they_do_take_and_give(address: str, place: Place) -> None:
    found = use(address, place.token(), lambda session: session.list_tools())
    assert [tool.name for tool in found.tools] == ["ask", "search", "read_passage"]
    for tool in found.tools:
        assert tool.description
        assert tool.outputSchema
        jsonschema.Draft202012Validator.check_schema(tool.inputSchema)
        assert tool.annotations is not None
        assert tool.annotations.readOnlyHint


def test_ask_gives_an_answer_as_text_and_data_and_journals_it(address: str, place: Place) -> None:
    result = call(address, place.token(), "ask", question=QUESTION)
    assert not result.isError
    answer = result.structuredContent
    assert answer is not None
    assert (answer["outcome"], answer["short"]) == ("answered", "Nej.")
    assert "[1] Lösenord" in text_of(result)
    kept = place.turns()[-1].row
    assert (kept["id"], kept["channel"]) == (answer["id"], "mcp")
    assert kept["actor"].startswith("token:")


def test_search_and_read_passage_give_what_the_api_gives(address: str, place: Place) -> None:
    token = place.token()
    found = call(address, token, "search", q="lösenord", k=1).structuredContent
    assert found is not None
    (hit,) = found["hits"]
    step = {name: hit[name] for name in ("document_id", "edition", "anchor")}
    passage = call(address, token, "read_passage", **step)
    headers = {"authorization": f"Bearer {token}"}
    way = "/".join(step.values())
    same = httpx.get(f"{address}/api/v1/passages/{way}", headers=headers)
    assert passage.structuredContent == same.json()


def test_the_data_of_every_tool_fits_what_it_promised(address: str, place: Place) -> None:
    token = place.token()
    step = {"document_id": "losenord", "edition": "1", "anchor": "dela"}
    calls: dict[str, dict[str, Any]] = {
        "ask": {"question": QUESTION}, "search": {"q": "lösenord"}, "read_passage": step
    }  # fmt: skip
    for tool in use(address, token, lambda session: session.list_tools()).tools:
        result = call(address, token, tool.name, **calls[tool.name])
        jsonschema.validate(result.structuredContent, tool.outputSchema or False)


def test_a_document_of_another_group_is_nowhere(address: str, place: Place) -> None:
    step = {"document_id": "skolsystemet", "edition": "1", "anchor": "elevlistor"}
    for token, is_open in ((place.token(), False), (place.token("skola"), True)):
        results = (
            call(address, token, "ask", question=SECRET_QUESTION),
            call(address, token, "search", q=SECRET_QUESTION, k=50),
            call(address, token, "read_passage", **step),
        )
        for result in results:
            assert (SECRET in result.model_dump_json()) is is_open
        assert results[2].isError is not is_open


def test_many_callers_at_once_are_each_themselves(address: str, place: Place) -> None:
    tokens = [place.token(*groups) for groups in ((), ("skola",)) * 4]
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    params = {"name": "ask", "arguments": {"question": SECRET_QUESTION}}

    async def all_of_them() -> list[bool]:
        async with httpx.AsyncClient(timeout=30) as client:
            replies = await asyncio.gather(
                *(
                    client.post(
                        f"{address}/mcp",
                        json=body | {"params": params},
                        headers={**PLAIN, "authorization": f"Bearer {token}"},
                    )
                    for token in tokens
                )
            )
        return [SECRET in reply.text for reply in replies]

    assert asyncio.run(all_of_them()) == [False, True] * 4


def test_a_call_that_cannot_be_used_says_why_and_nothing_back(
    address: str, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="web")
    token = place.token()
    for result in (
        call(address, token, "ask", question=""),
        call(address, token, "ask", question=["hemligt"]),
        call(address, token, "ask", question="hemligt", groups=["skola"]),
        call(address, token, "search", q=f"Vad gäller {PERSONAL_NUMBER}?"),
        call(address, token, "read_passage", document_id="hemligt", edition="1", anchor="x"),
    ):
        assert result.isError
        assert text_of(result)
        assert "hemligt" not in text_of(result)
        assert "2385" not in text_of(result)
    assert "hemligt" not in caplog.text


def test_personal_data_is_turned_back(address: str, place: Place) -> None:
    result = call(address, place.token(), "ask", question=f"Får {PERSONAL_NUMBER} matas in?")
    assert result.structuredContent is not None
    assert result.structuredContent["outcome"] == "redact_first"
    assert "2385" not in result.model_dump_json()
    assert "2385" not in str(place.turns()[-1])


def test_without_a_token_not_even_the_tools_are_told(address: str, place: Place) -> None:
    for headers in ({}, {"authorization": "Bearer vgv_x"}):
        for method in ("initialize", "tools/list", "ping"):
            body = {"jsonrpc": "2.0", "id": 1, "method": method}
            reply = httpx.post(f"{address}/mcp", json=body, headers=PLAIN | headers)
            assert reply.status_code == 401
            assert "ask" not in reply.text.replace("task", "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"hemligt"',
        b"[" * 50_000,
        b'{"hemligt": 1}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "hemligt"}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "hemligt"}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"hemligt": 1}}',
        b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": "hemligt"}',
        b'{"jsonrpc": "2.0", "id": "hemligt", "method": "tools/call"}',
        b'{"jsonrpc": "2.0", "method": "notifications/hemligt", "params": {"x": 1}}',
        b'{"jsonrpc": "2.0", "id": 1, "result": {"hemligt": 1}}',
        b'[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]',
    ],
)
def test_what_is_no_call_is_refused_without_saying_it_back(
    address: str, place: Place, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    headers = PLAIN | {"authorization": f"Bearer {place.token()}"}
    reply = httpx.post(f"{address}/mcp", content=body, headers=headers)
    assert reply.status_code == 400
    assert "error" in reply.json()
    assert "hemligt" not in reply.text
    assert "hemligt" not in caplog.text


def test_what_a_form_could_send_is_refused(address: str, place: Place) -> None:
    headers = {"content-type": "text/plain", "authorization": f"Bearer {place.token()}"}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"})
    reply = httpx.post(f"{address}/mcp", content=body, headers=headers)
    assert (reply.status_code, reply.json()["type"]) == (415, "/api/#content_type")


@pytest.mark.parametrize("path", ["/mcp", "/api/v1/ask"])
def test_a_body_that_turns_out_too_large_is_cut_off(address: str, place: Place, path: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b'{"question": "' + b"x" * 10_000

    headers = PLAIN | {"authorization": f"Bearer {place.token()}"}
    try:
        reply = httpx.post(f"{address}{path}", content=endless(), headers=headers)
    except httpx.TransportError:
        return
    assert reply.status_code in (400, 413)


def test_a_host_with_its_port_is_taken(address: str, place: Place) -> None:
    headers = PLAIN | {"authorization": f"Bearer {place.token()}", "origin": address}
    body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert httpx.post(f"{address}/mcp", json=body, headers=headers).json()["result"] == {}
