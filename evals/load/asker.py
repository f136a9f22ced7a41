"""One person's browser as the server sees it: an open page that asks and hears the answer come."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

_EVENTS = "gradio_api/queue"


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a question: seconds to the first text of the answer and to the whole.

    `fault` is empty when it was answered.
    """

    first: float
    whole: float
    fault: str = ""


class Asker:
    """Asks in one open page; keeps its conversation's name, as a browser does."""

    def __init__(self, client: httpx.AsyncClient, *, page: str = "/") -> None:
        self._client = client
        self._page = page
        self._session = uuid4().hex[:11]
        self._event = -1

    async def open(self) -> None:
        """Open the page: read what the browser reads to know how to ask.

        Raises:
            httpx.HTTPError: it could not be opened.
        """
        answer = await self._client.get(f"{self._page}config")
        answer.raise_for_status()
        self._event = next(
            one["id"] for one in answer.json()["dependencies"] if len(one["inputs"]) == 2
        )

    async def ask(self, question: str) -> Heard:
        """Ask and listen until the answer has come."""
        started = time.perf_counter()
        first = 0.0
        body = {
            "data": [question, None],
            "fn_index": self._event,
            "session_hash": self._session,
        }
        try:
            joined = await self._client.post(f"{self._page}{_EVENTS}/join", json=body)
            if joined.status_code != httpx.codes.OK:
                return Heard(0, time.perf_counter() - started, f"join {joined.status_code}")
            async for message in self._messages():
                if message["msg"] == "process_generating" and not first:
                    first = time.perf_counter() - started
                if message["msg"] == "process_completed":
                    fault = "" if message["success"] else "the event failed"
                    return Heard(first, time.perf_counter() - started, fault)
        except httpx.HTTPError as error:
            return Heard(first, time.perf_counter() - started, type(error).__name__)
        return Heard(first, time.perf_counter() - started, "the stream ended")

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        address = f"{self._page}{_EVENTS}/data"
        asked = {"session_hash": self._session}
        async with self._client.stream("GET", address, params=asked) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])
