"""Start `vagvisaren serve` over the small library, as a person does, with a token for programs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from kb.settings import Settings
from tests.web.served import ROOT


class Served(NamedTuple):
    """A running server and a token that opens what is for everyone."""

    address: str
    token: str


def command(settings: Settings, *arguments: str) -> list[str]:
    """Return the command line that does something with a library."""
    place = ["--library", str(settings.library), "--data", str(settings.data)]
    return [sys.executable, "-m", "kb", *place, *arguments]


@contextmanager
def served_api(settings: Settings) -> Iterator[Served]:
    """Yield a server; it is stopped when the block ends."""
    issue = command(settings, "token", "issue", "--name", "Provet", "--days", "1")
    issued = subprocess.run(issue, cwd=ROOT, capture_output=True, text=True, check=True)
    process = subprocess.Popen(
        command(settings, "serve", "--port", "0"),
        cwd=ROOT,
        env={**os.environ, "VAGVISAREN_AS_OF": "2026-11-22"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        said = ""
        while (found := re.search(r"http://\S+?(?=/ )", said)) is None:
            line = process.stderr.readline()
            assert line, f"the server did not start: {said}"
            said += line
        yield Served(found.group(), issued.stdout.strip())
    finally:
        process.terminate()
        process.communicate(timeout=20)
