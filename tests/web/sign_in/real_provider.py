"""Start a certified provider and the chat that signs in at it, each a process of its own."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = Path(sys.prefix) / "oidc"
"""Where `make test` installs the provider with npm."""


@dataclass(frozen=True)
class Town:
    """A service and the provider that its people sign in at; `events` is what was written."""

    service: str
    provider: str
    events: Path

    @property
    def lines(self) -> list[str]:
        if not self.events.exists():
            return []
        return self.events.read_text(encoding="utf-8").splitlines()


def free_port(host: str) -> int:
    """Return a port that nobody has."""
    with socket.create_server((host, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def town(data: Path, **settings: str) -> Iterator[Town]:
    """Run provider and service; skipped, saying so, where the provider is not installed."""
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules/oidc-provider").is_dir():
        pytest.skip("oidc-provider is not installed: run `make test`, which fetches it with npm")
    service = f"http://127.0.0.1:{free_port('127.0.0.1')}"
    port = free_port("localhost")
    script = Path(__file__).with_name("provider.mjs")
    chosen = {
        "OIDC_ISSUER": f"http://localhost:{port}",
        "OIDC_CLIENT_ID": "vagvisaren",
        "OIDC_CLIENT_SECRET": "prov-hemlighet-som-bara-finns-i-proven",
        "OIDC_ROLES": json.dumps({"ai-rad": "reviewer"}),
        "OIDC_GROUPS": json.dumps({"g-chef": "chefer"}),
        "OIDC_REQUIRED": "organisation=staden",
        "PUBLIC_URL": service,
        "PORT": service.rpartition(":")[2],
        "DATA": str(data),
    } | settings
    with ExitStack() as stack:
        command = [node, str(script), str(FOLDER), str(port), service]
        stack.enter_context(running(command, "stdout", r"ready"))
        environment = {f"VAGVISAREN_{name}": value for name, value in chosen.items()}
        command = [sys.executable, "-m", "tests.web.sign_in.serve_signed_in", str(data / "events")]
        stack.enter_context(running(command, "stderr", r"svarar på", environment))
        yield Town(service, chosen["OIDC_ISSUER"], data / "events")


@contextmanager
def running(
    command: list[str], stream: str, until: str, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a program from when it has said `until`; yield what it said; stop it afterwards."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | (environment or {}),
        text=True,
        stdout=subprocess.PIPE if stream == "stdout" else subprocess.DEVNULL,
        stderr=subprocess.PIPE if stream == "stderr" else subprocess.DEVNULL,
    )
    said = ""
    try:
        pipe = process.stdout if stream == "stdout" else process.stderr
        assert pipe is not None
        while not re.search(until, said):
            line = pipe.readline()
            assert line, f"it did not start: {said}"
            said += line
        yield said
    finally:
        process.terminate()
        process.communicate(timeout=20)
