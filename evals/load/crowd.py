"""Many people at once: each signs in, opens the page, asks, reads, asks again."""

import asyncio
import random
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle

import httpx

from evals.load.asker import Asker, Heard
from evals.load.serving import Served
from ingest.errors import VagvisarenError

_TRUST = ssl.create_default_context()
_TRUST.check_hostname, _TRUST.verify_mode = False, ssl.CERT_NONE  # the proxy of a replica run


@dataclass(frozen=True, slots=True)
class Thinking:
    """Seconds between an answer and the next question, drawn evenly; the first waits as long."""

    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.least:g}-{self.most:g} s" if self.most else "none: all at once"


AT_ONCE = Thinking(0, 0)


@dataclass(frozen=True, slots=True)
class Talked:
    """What a crowd heard, and the seconds that it took."""

    heard: tuple[Heard, ...]
    seconds: float

    @property
    def faults(self) -> tuple[str, ...]:
        """Return why questions were not answered."""
        return tuple(one.fault for one in self.heard if one.fault)


def a_browser(address: str, cookies: httpx.Cookies | None = None) -> httpx.AsyncClient:
    """Open a browser with connections of its own; it trusts any certificate."""
    return httpx.AsyncClient(base_url=address, verify=_TRUST, timeout=300, cookies=cookies)


async def sign_in(client: httpx.AsyncClient, name: str, password: str) -> None:
    """Sign in by the form for trying out.

    Raises:
        VagvisarenError: the server would not have it.
    """
    form = {"namn": name, "losenord": password, "till": "/"}
    answer = await client.post("/logga-in", data=form)
    if answer.status_code != httpx.codes.SEE_OTHER:
        raise VagvisarenError(f"Inloggningen besvarades med {answer.status_code}.")


@asynccontextmanager
async def open_pages(
    served: Served, names: Sequence[str], *, address: str = ""
) -> AsyncIterator[list[Asker]]:
    """Sign people in and open a page for each, at `address` where it is not the server's own."""
    async with AsyncExitStack() as stack:
        askers = []
        for name in names:
            client = await stack.enter_async_context(a_browser(served.address))
            await sign_in(client, name, served.passwords[name])
            if address:
                client = await stack.enter_async_context(a_browser(address, client.cookies))
            asker = Asker(client)
            await asker.open(stay=True)
            stack.push_async_callback(asker.leave)
            askers.append(asker)
        yield askers


async def talk(
    askers: Sequence[Asker],
    questions: Sequence[str],
    *,
    turns: int,
    thinking: Thinking,
    seed: int = 0,
) -> Talked:
    """Let every page ask `turns` questions; the same seed asks the same at the same times.

    No question comes again before all have been asked.
    """
    drawn = random.Random(seed)  # noqa: S311  no secret
    coming = cycle(drawn.sample(questions, len(questions)))
    plans = [
        [(drawn.uniform(thinking.least, thinking.most), next(coming)) for _ in askers]
        for _ in range(turns)
    ]
    started = time.perf_counter()
    talks = await asyncio.gather(
        *(_ask(asker, plan) for asker, plan in zip(askers, zip(*plans, strict=True), strict=True))
    )
    seconds = time.perf_counter() - started
    return Talked(tuple(one for heard in talks for one in heard), seconds)


async def _ask(asker: Asker, plan: Sequence[tuple[float, str]]) -> list[Heard]:
    heard = []
    for seconds, question in plan:
        await asyncio.sleep(seconds)
        heard.append(await asker.ask(question))
    return heard
