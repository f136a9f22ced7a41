"""Start the double as an operator would, ask it as the page does, and stop it by a signal."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    """A running server; `errors` is the file of its standard error, `folder` what steers it."""

    process: subprocess.Popen[bytes]
    address: str
    folder: Path
    errors: Path

    @property
    def said(self) -> str:
        """Return what it has said so far."""
        return self.errors.read_text(encoding="utf-8")

    def terminate(self) -> None:
        """Ask it to stop, as systemd and Docker do."""
        self.process.send_signal(signal.SIGTERM)


@contextmanager
def operated(
    folder: Path, *, stop_seconds: float = 20, token: str = "", **limits: int
) -> Iterator[Server]:
    """Yield a running server; it is killed when the block ends, if it still runs."""
    errors = folder / "stderr"
    options = {"limits": limits, "stop_seconds": stop_seconds, "token": token}
    command = [sys.executable, "-m", "tests.web.serve_operated", str(folder), json.dumps(options)]
    with errors.open("wb") as stream, subprocess.Popen(command, cwd=ROOT, stderr=stream) as process:
        try:
            wait_for(lambda: "http://" in errors.read_text(encoding="utf-8"), process)
            found = re.search(r"http://\S+?(?=/ )", errors.read_text(encoding="utf-8"))
            assert found
            yield Server(process, found.group(), folder, errors)
        finally:
            process.kill()


def wait_for(
    happened: Callable[[], bool],
    process: subprocess.Popen[bytes] | None = None,
    *,
    most: float = 180,
) -> None:
    """Wait until something has happened, at most `most` seconds; a busy machine takes its time."""
    deadline = time.monotonic() + most
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        assert process is None or process.poll() is None, "the server ended"
        time.sleep(0.02)


def join(client: httpx.Client, question: str, session: str, *, page: str = "/") -> httpx.Response:
    """Join the queue with a question, as the page does."""
    config = client.get(page + "config").json()
    body = {
        "data": [question, None, None, None],
        "fn_index": config["dependencies"][0]["id"],
        "session_hash": session,
    }
    return client.post(page + "gradio_api/queue/join", json=body)


def answers(client: httpx.Client, session: str) -> Iterator[dict[str, Any]]:
    """Yield what the queue sends to a conversation."""
    query = {"session_hash": session}
    with client.stream("GET", "/gradio_api/queue/data", params=query) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))
