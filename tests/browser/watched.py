"""Run `vagvisaren serve` itself with all that it asks the network for written down."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.web.operated import ROOT, wait_for

_HOOK = Path(__file__).parent / "watching"
_INTERNET = re.compile(r"sa_family=AF_INET6?,.*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"([^\"]+)\"")
_OWN = re.compile(r"127\.\d+\.\d+\.\d+|::1|::ffff:127\..*|localhost|0\.0\.0\.0|::")


@dataclass(frozen=True)
class Watched:
    """A running server, and the files of what it asked for."""

    process: subprocess.Popen[bytes]
    address: str
    errors: Path
    connects: Path
    calls: Path

    @property
    def names_and_addresses(self) -> list[str]:
        """Return whom Python asked for, by name or address; sockets in the file system left out."""
        whom = []
        for line in self.connects.read_text(encoding="utf-8").splitlines():
            event, _, said = line.partition("\t")
            if event == "watching":
                continue
            asked = ast.literal_eval(said) if said[0] in "('\"bN" else said
            asked = asked[0] if isinstance(asked, tuple) else asked
            if event.startswith("socket.get") or not str(asked).startswith("/"):
                whom.append(
                    asked.decode() if isinstance(asked, bytes) else str(asked or "localhost")
                )
        return whom

    @property
    def called(self) -> list[str]:
        """Return the internet addresses of every system call that reaches for one."""
        return _INTERNET.findall(self.calls.read_text(encoding="utf-8", errors="replace"))


def outside(addresses: list[str]) -> list[str]:
    """Return those that are not this machine's own."""
    return [one for one in addresses if not _OWN.fullmatch(one)]


def can_trace() -> bool:
    """Tell whether this machine has strace and lets it look at a process."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-qq", "-e", "trace=connect", "true"], capture_output=True)
    return tried.returncode == 0


@contextmanager
def watched(place: Path, *, traced: bool, **settings: str) -> Iterator[Watched]:
    """Serve the library in `place` and yield the server; it is killed when the block ends."""
    errors, connects, calls = (place / name for name in ("stderr", "connects", "calls"))
    trace = [
        "strace",
        "-D",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-s",
        "64",
        "-e",
        "trace=connect,sendto,sendmsg",
    ]
    command = [sys.executable, "-m", "kb", "--library", str(place / "library"), "--data"]
    command += [str(place / "data"), "serve", "--port", "0"]
    calls.touch()
    environment = os.environ | settings
    environment |= {
        "PYTHONPATH": os.pathsep.join((str(_HOOK), str(ROOT))),
        "CONNECTS_FILE": str(connects),
    }
    environment.pop("ORT_DISABLE_TELEMETRY", None)  # the product itself must see to that
    with (
        errors.open("wb") as stream,
        subprocess.Popen(
            [*(trace if traced else ()), *(("-o", str(calls)) if traced else ()), *command],
            cwd=ROOT,
            stderr=stream,
            env=environment,
        ) as process,
    ):
        try:
            wait_for(lambda: "http://" in errors.read_text(encoding="utf-8"), process, most=600)
            found = re.search(r"http://\S+?(?=/ )", errors.read_text(encoding="utf-8"))
            assert found
            yield Watched(process, found.group(), errors, connects, calls)
        finally:
            process.kill()
