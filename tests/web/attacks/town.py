"""The real app over the hostile library, as `vagvisaren serve` runs it, and people who sign in."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from kb.settings import Settings
from tests.web.operated import wait_for
from tests.web.served import ROOT

PAGES = ("/", "/en/")
ANNA, BO, SKOLA = "prov1", "prov2", "prov3"
"""Two ordinary readers without groups, and one of the group `skola`."""
METRICS_TOKEN = "ett-langt-ord-for-matvarden"
COOKIE = "vagvisaren-lokal-session"
_ACCOUNTS = {ANNA: {}, BO: {}, SKOLA: {"groups": ["skola"]}}
_ENVIRONMENT = {
    "VAGVISAREN_AS_OF": "2026-11-22",
    "VAGVISAREN_TRIAL_ACCOUNTS": json.dumps(_ACCOUNTS),
    "VAGVISAREN_METRICS_TOKEN": METRICS_TOKEN,
    "VAGVISAREN_QUESTIONS_PER_MINUTE": "100000",
    "VAGVISAREN_QUESTIONS_AT_ONCE": "1000",
}


@dataclass(frozen=True)
class Town:
    """A running server; `errors` is the file of its standard error, which holds the log."""

    address: str
    settings: Settings
    errors: Path
    stack: ExitStack

    @cached_property
    def passwords(self) -> dict[str, str]:
        """Return the password of each account, as the console says it."""
        said = self.errors.read_text(encoding="utf-8")
        return dict(re.findall(r"^  (\w+) \(\w+\): (\S+)$", said, re.MULTILINE))

    @cached_property
    def token(self) -> str:
        """Issue a token that opens what is for everyone; return its text."""
        return self.command("token", "issue", "--name", "Provet", "--days", "1").strip()

    def command(self, *arguments: str) -> str:
        """Run `vagvisaren` beside the server; return what it wrote."""
        done = subprocess.run(
            command(self.settings, *arguments), cwd=ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout

    def log(self) -> str:
        """Return what the server has written of its work so far."""
        return self.errors.read_text(encoding="utf-8")

    def anybody(self) -> httpx.Client:
        """Open a browser with an empty jar, that sends what a page of ours would send."""
        # Let go of a connection before the server does, which happens after five seconds.
        client = httpx.Client(
            base_url=self.address,
            timeout=60,
            headers={"origin": self.address},
            limits=httpx.Limits(keepalive_expiry=2),
        )
        return self.stack.enter_context(client)

    def signed_in(self, user: str) -> httpx.Client:
        """Open a browser and sign in."""
        browser = self.anybody()
        form = {"namn": user, "losenord": self.passwords[user]}
        assert browser.post("/logga-in", data=form).status_code == 303
        return browser


def command(settings: Settings, *arguments: str) -> list[str]:
    """Return the command line that does something with the library."""
    place = ["--library", str(settings.library), "--data", str(settings.data)]
    return [sys.executable, "-m", "kb", *place, *arguments]


@contextmanager
def opened_town(settings: Settings, folder: Path) -> Iterator[Town]:
    """Start the server; it and every browser are closed when the block ends."""
    errors = folder / "stderr"
    environment = {**os.environ, **_ENVIRONMENT}
    started = command(settings, "serve", "--port", "0")
    with errors.open("wb") as stream, ExitStack() as stack:
        process = subprocess.Popen(started, cwd=ROOT, env=environment, stderr=stream)
        try:
            wait_for(lambda: "http://" in errors.read_text(encoding="utf-8"), process)
            found = re.search(r"http://\S+?(?=/ )", errors.read_text(encoding="utf-8"))
            assert found
            yield Town(found.group(), settings, errors, stack)
        finally:
            process.terminate()
            process.wait(timeout=30)


def a_session() -> str:
    """Return the id of a conversation that nobody has used."""
    return uuid4().hex


def functions(client: httpx.Client, page: str = "/") -> list[dict[str, Any]]:
    """Return every function of a page, as anybody who has signed in can read of them."""
    found: list[dict[str, Any]] = client.get(page + "config").json()["dependencies"]
    return found


def join(client: httpx.Client, body: object, *, page: str = "/") -> httpx.Response:
    """Join the queue with any body at all; text and bytes go as they are."""
    content = body if isinstance(body, (str, bytes)) else json.dumps(body)
    headers = {"content-type": "application/json"}
    return client.post(page + "gradio_api/queue/join", content=content, headers=headers)


def call(
    client: httpx.Client, function: dict[str, Any], data: list[Any], *, page: str = "/", **more: Any
) -> list[dict[str, Any]]:
    """Call a function as the page does; return every message that comes back."""
    body = {"data": data, "fn_index": function["id"], "session_hash": a_session(), **more}
    joined = join(client, body, page=page)
    assert joined.status_code == 200, joined.text
    return messages(client, body["session_hash"], page=page)


def messages(client: httpx.Client, session: str, *, page: str = "/") -> list[dict[str, Any]]:
    """Return everything that the queue sends to a conversation."""
    query = {"session_hash": session}
    with client.stream("GET", page + "gradio_api/queue/data", params=query) as stream:
        assert stream.status_code == 200, stream.read()
        lines = [line for line in stream.iter_lines() if line.startswith("data: ")]
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def ask(client: httpx.Client, question: str, *, session: str = "", page: str = "/") -> str:
    """Ask a question; return all that was sent back, as text."""
    known = {"session_hash": session} if session else {}
    function = functions(client, page)[0]
    found = call(client, function, [question, None, None, None], page=page, **known)
    return json.dumps(found, ensure_ascii=False)
