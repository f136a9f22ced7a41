"""A connection is closed when what it sends is endless or slow, and kept when it is neither."""

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from web.wire import MOST_HEAD, BoundedProtocol

HEAD = b"POST / HTTP/1.1\r\nhost: x\r\n"


class Hasty(BoundedProtocol):
    slowest = 0.3


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"got {len(body)}")(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            echo, http=Hasty, lifespan="off", log_config=None, timeout_keep_alive=60
        )
        server = uvicorn.Server(config)
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        running.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        running.join(timeout=10)


@pytest.fixture
def connection(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        yield connection


def rest(connection: socket.socket) -> bytes:
    """Return all that comes until the server closes; TimeoutError when it never does."""
    found = b""
    try:
        while piece := connection.recv(65_536):
            found += piece
    except ConnectionError:
        pass  # closed before it had read everything
    return found


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\r\n",
        b"GET",
        b"GET / HTTP/1.1\r\nhost: x\r\nx: ",
        HEAD + b"content-length: 9\r\n\r\nhalf",
        HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\nhe",
    ],
)
def test_a_request_that_never_ends_is_given_up(connection: socket.socket, sent: bytes) -> None:
    connection.sendall(sent)
    assert b"got" not in rest(connection)


def test_the_second_request_of_a_connection_may_not_linger_either(
    connection: socket.socket,
) -> None:
    connection.sendall(HEAD + b"content-length: 2\r\n\r\nab")
    assert b"got 2" in connection.recv(65_536)
    connection.sendall(b"\r\n")
    assert rest(connection) == b""


@pytest.mark.parametrize("line", [b"x: y\r\n", b"x" * 100_000])
def test_a_head_without_end_is_refused(connection: socket.socket, line: bytes) -> None:
    connection.sendall(HEAD)
    try:
        for _ in range(10 * MOST_HEAD // len(line)):
            connection.sendall(line)
    except ConnectionError:
        return  # refused while it was being sent
    assert b"got" not in rest(connection)


def test_an_honest_large_head_and_body_are_taken(connection: socket.socket) -> None:
    body = b"x" * 200_000
    head = HEAD + b"cookie: " + b"c" * 30_000 + b"\r\nconnection: close\r\n"
    connection.sendall(head + b"content-length: %d\r\n\r\n" % len(body) + body)
    assert b"got 200000" in rest(connection)
