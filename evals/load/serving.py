"""Start `vagvisaren serve` as an operator would, over a copy of the index, with many accounts."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from evals.load.process import Taken, taken_by
from ingest.errors import VagvisarenError

_ADDRESS = re.compile(r"http://\S+?(?=/ )")
_ACCOUNT = re.compile(r"^  (\S+) \(\w+\): (\S+)$", re.MULTILINE)
_OWN = ("journal.sqlite3*", "sessions.sqlite3*", "lock")
_MOST = 600.0  # seconds to wait; the first start builds the model and the index


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address, its accounts by name, and the seconds until it was ready."""

    process: subprocess.Popen[bytes]
    address: str
    passwords: Mapping[str, str]
    started_in: float
    data: Path

    @property
    def taken(self) -> Taken:
        """Return what it takes of the machine now."""
        return taken_by(self.process.pid)


def copied(data: Path, place: Path) -> Path:
    """Copy the index in `data`, without journal and sessions; an empty folder without one."""
    copy = place / "data"
    if data.is_dir():
        shutil.copytree(data, copy, ignore=shutil.ignore_patterns(*_OWN))
    return copy


@contextmanager
def serving(data: Path, *, accounts: int, settings: Mapping[str, str]) -> Iterator[Served]:
    """Yield a server that is ready; it is asked to stop when the block ends.

    `settings` are those of the environment, without their prefix.

    Raises:
        VagvisarenError: it ended, or was not ready in time.
    """
    errors = data.parent / f"stderr-{time.monotonic_ns()}"
    named: dict[str, dict[str, str]] = {f"p{number:04d}": {} for number in range(accounts)}
    chosen = {**settings, **({"TRIAL_ACCOUNTS": json.dumps(named)} if accounts else {})}
    environment = os.environ | {f"VAGVISAREN_{name}": value for name, value in chosen.items()}
    command = [sys.executable, "-m", "kb", "--data", str(data), "serve", "--port", "0"]
    started = time.perf_counter()
    with (
        errors.open("wb") as stream,
        subprocess.Popen(command, stderr=stream, env=environment) as process,
    ):
        try:
            address = _ready(process, errors, until=started + _MOST)
            seconds = time.perf_counter() - started
            passwords = passwords_in(errors.read_text(encoding="utf-8"))
            yield Served(process, address, passwords, seconds, data)
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def passwords_in(said: str) -> dict[str, str]:
    """Return the accounts that a server printed as it started, with their passwords."""
    return dict(_ACCOUNT.findall(said))


def _ready(process: subprocess.Popen[bytes], errors: Path, *, until: float) -> str:
    """Wait until the server says where it is and that it can answer; return its address."""
    while time.perf_counter() < until and process.poll() is None:
        found = _ADDRESS.search(errors.read_text(encoding="utf-8"))
        if found and _answers(found.group()):
            return found.group()
        time.sleep(0.02)
    raise VagvisarenError(f"Servern kom inte i gång. Läs {errors}.")


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/redo", timeout=10).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
