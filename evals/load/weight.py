"""Weigh the page in Chromium with a new profile: bytes and answers, first paint, usable."""

import asyncio
import shutil
import statistics
import time
from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, sync_playwright

from evals.load.crowd import a_browser, sign_in
from evals.load.plan import Plan
from evals.load.serving import Served, copied, serving
from evals.load.written import table
from ingest.errors import VagvisarenError

_QUIET = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_ROUNDS = 5
_PAINTED = "performance.getEntriesByName('first-contentful-paint').map(one => one.startTime)"


@dataclass(frozen=True, slots=True)
class Opened:
    """One opening of the page: bytes that came, answers, seconds to first paint and to usable."""

    bytes: int
    answers: int
    painted: float
    usable: float


def page(plan: Plan) -> str:
    """Open the page again and again, each time cold in a new profile and then warm in the same.

    Raises:
        VagvisarenError: Chromium is not installed.
    """
    program = shutil.which("chromium")
    if program is None:
        raise VagvisarenError("Chromium saknas. Installera det: apt-get install chromium.")
    data = copied(plan.data, plan.folder("page"))
    with serving(data, accounts=1, settings={}) as served:
        cookies = asyncio.run(_cookies(served))
        cold, warm = _openings(program, served, cookies)
    head = ["", "bytes", "answers", "first paint, s", "usable, s"]
    return (
        f"## The page\n\nSigned in, medians of {_ROUNDS} openings in Chromium; usable means that "
        f"the question can be written.\n\n{table(head, [_line('cold', cold), _line('warm', warm)])}"
    )


def _openings(
    program: str, served: Served, cookies: httpx.Cookies
) -> tuple[list[Opened], list[Opened]]:
    cold, warm = [], []
    with sync_playwright() as playwright:
        for _ in range(_ROUNDS):
            browser = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
            context = browser.new_context(base_url=served.address)
            for name, value in cookies.items():
                context.add_cookies([{"name": name, "value": value, "url": served.address}])
            cold.append(_open(context))
            warm.append(_open(context))
            browser.close()
    return cold, warm


def _line(name: str, opened: list[Opened]) -> list[str]:
    def middle(values: list[float]) -> float:
        return statistics.median(values)

    return [
        name,
        f"{middle([one.bytes for one in opened]) / 1000:.0f} kB",
        f"{middle([one.answers for one in opened]):.0f}",
        f"{middle([one.painted for one in opened]):.2f}",
        f"{middle([one.usable for one in opened]):.2f}",
    ]


async def _cookies(served: Served) -> httpx.Cookies:
    async with a_browser(served.address) as client:
        name, password = next(iter(served.passwords.items()))
        await sign_in(client, name, password)
        return client.cookies


def _open(context: BrowserContext) -> Opened:
    tab = context.new_page()
    watch = context.new_cdp_session(tab)
    came: list[float] = []
    answered: list[str] = []

    def note(event: dict[str, Any]) -> None:
        if not event["response"].get("fromDiskCache"):
            answered.append(event["response"]["url"])

    watch.on("Network.responseReceived", note)
    watch.on("Network.dataReceived", lambda event: came.append(event["encodedDataLength"]))
    watch.send("Network.enable")
    started = time.perf_counter()
    tab.goto("/", wait_until="commit")
    box = tab.locator("#fraga textarea")
    box.wait_for(state="visible")
    box.fill("Får jag")
    usable = time.perf_counter() - started
    tab.wait_for_timeout(1_500)  # what comes after: fonts, the connection that stays open
    painted = tab.evaluate(_PAINTED)
    opened = Opened(int(sum(came)), len(answered), (painted or [0])[0] / 1000, usable)
    tab.close()
    return opened
