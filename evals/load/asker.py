"""One person's browser as the server sees it: an open page that asks and hears the answer come."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

_EVENTS = "gradio_api/queue"
_BOX = "fraga"
"""The name in the page of the box that a question is written in."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a question: seconds to the first text of the answer and to the whole.

    `steps` is how often the page changed: the question shown, then each block of the answer.
    `fault` is empty when it was answered.
    """

    first: float
    whole: float
    fault: str = ""
    steps: int = 0


class Asker:
    """Asks in one open page; keeps its conversation's name, as a browser does."""

    def __init__(self, client: httpx.AsyncClient, *, page: str = "/") -> None:
        self._client = client
        self._page = page
        self._session = uuid4().hex[:11]
        self._event = -1
        self._empty: list[None] = []
        self._beat: asyncio.Task[None] | None = None

    async def open(self, *, stay: bool = False) -> None:
        """Open the page: read what the browser reads to know how to ask.

        With `stay` the connection is held that tells the server that the page is open.

        Raises:
            httpx.HTTPError: it could not be opened.
        """
        answer = await self._client.get(f"{self._page}config")
        answer.raise_for_status()
        self._event, inputs = event_of(answer.json())
        self._empty = [None] * (inputs - 1)
        if stay:
            self._beat = asyncio.create_task(self._stay())

    async def leave(self) -> None:
        """Close the page, as one closes a tab."""
        if self._beat is not None:
            self._beat.cancel()
            with suppress(asyncio.CancelledError):
                await self._beat

    async def ask(self, question: str) -> Heard:
        """Ask and listen until the answer has come."""
        started = time.perf_counter()
        first, steps = 0.0, 0
        body = {
            "data": [question, *self._empty],
            "fn_index": self._event,
            "session_hash": self._session,
        }
        try:
            joined = await self._client.post(f"{self._page}{_EVENTS}/join", json=body)
            if joined.status_code != httpx.codes.OK:
                return Heard(0, time.perf_counter() - started, f"join {joined.status_code}")
            async for message in self._messages():
                since = time.perf_counter() - started
                if message["msg"] == "process_generating":
                    steps += 1
                    # The first step only repeats the question.
                    first = since if steps == 2 else first
                if message["msg"] == "process_completed":
                    fault = "" if message["success"] else "the event failed"
                    return Heard(first or since, since, fault, steps)
        except httpx.HTTPError as error:
            return Heard(first, time.perf_counter() - started, type(error).__name__, steps)
        return Heard(first, time.perf_counter() - started, "the stream ended", steps)

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        address = f"{self._page}{_EVENTS}/data"
        asked = {"session_hash": self._session}
        async with self._client.stream("GET", address, params=asked) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])

    async def _stay(self) -> None:
        address = f"{self._page}gradio_api/heartbeat/{self._session}"
        with suppress(httpx.HTTPError):
            async with self._client.stream("GET", address, timeout=None) as stream:
                async for _ in stream.aiter_raw():
                    pass


def event_of(config: dict[str, Any]) -> tuple[int, int]:
    """Return the number of the event that asks, and how many inputs it takes.

    Raises:
        StopIteration: the page has no box for questions.
    """
    parts = config["components"]
    box = next(one["id"] for one in parts if one["props"].get("elem_id") == _BOX)
    event = next(one for one in config["dependencies"] if one["inputs"][:1] == [box])
    return event["id"], len(event["inputs"])
