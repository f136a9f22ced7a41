"""Start `vagvisaren serve` over the small library, with sign-in and a token for programs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from kb.journal.store import open_journal
from kb.settings import Settings
from tests.web.served import ROOT, heard_address


class Served(NamedTuple):
    """A running server, a token that opens what is for everyone, the password of `prov`."""

    address: str
    token: str
    password: str


def command(settings: Settings, *arguments: str) -> list[str]:
    """Return the command line that does something with a library."""
    place = ["--library", str(settings.library), "--data", str(settings.data)]
    return [sys.executable, "-m", "kb", *place, *arguments]


@contextmanager
def served_api(settings: Settings) -> Iterator[Served]:
    """Yield a server; it is stopped when the block ends."""
    open_journal(settings.data).close()  # of a service that has run
    issue = command(settings, "token", "issue", "--name", "Provet", "--days", "1")
    issued = subprocess.run(issue, cwd=ROOT, capture_output=True, text=True, check=True)
    process = subprocess.Popen(
        command(settings, "serve", "--port", "0"),
        cwd=ROOT,
        env={
            **os.environ,
            "VAGVISAREN_AS_OF": "2026-11-22",
            "VAGVISAREN_TRIAL_ACCOUNTS": '{"prov": {}}',
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address, said = heard_address(process)
        password = re.search(r"prov \(reader\): (\S+)", said)
        assert password, f"the password was not printed: {said}"
        yield Served(address, issued.stdout.strip(), password[1])
    finally:
        process.terminate()
        process.communicate(timeout=20)
