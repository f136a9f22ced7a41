"""Requests as they come in on a connection: whole within a time, their heads within a size.

The server itself has no such bounds, and none may rest on what stands before it: without them
anybody who reaches the port fills memory with one endless header, or holds connections for ever.
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD = 64 * 1024  # bytes of a request's first line and headers
SLOWEST = 30.0  # seconds from the first byte of a request to the last


class BoundedProtocol(HttpToolsProtocol):
    """Closes a connection whose request is too large in the head, or too slow in coming."""

    slowest: float = SLOWEST
    _timer: asyncio.TimerHandle | None = None
    _head: int | None = None  # bytes of a head that has begun and not ended

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what has come; refuse a head that goes on and on."""
        self._wait()
        super().data_received(data)
        if self._head is None:
            return
        self._head += len(data)
        if self._head > MOST_HEAD and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """Note that a head has begun."""
        super().on_message_begin()
        self._head = 0
        self._wait()

    def on_headers_complete(self) -> None:
        """Note that it has ended."""
        self._head = None
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait no more: the request is whole."""
        self._wait_no_more()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more: nothing will come."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.slowest, self._give_up)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        if self.flow.read_paused:  # it is we who do not read on
            self._wait()
        else:
            self.transport.close()
