"""Start a PostgreSQL of our own, for tests and measurements, where the server is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

SERVER_USER = "postgres"  # the server refuses to run as root


def server_programs() -> Path | None:
    """Return the folder of the newest server's programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def running_server(programs: Path, *, durable: bool = False) -> Iterator[str]:
    """Run a server that listens on a socket only; yield what comes after the database in a URL.

    Only a `durable` one waits for the disk, as a real one does.
    """
    folder = Path(mkdtemp(prefix="vagvisaren-pg-"))
    user = SERVER_USER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments], check=True, user=user, cwd=folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
        )  # fmt: skip

    try:
        run("initdb", "-D", str(data), "-U", "prov", "-A", "trust", "-N", "-E", "UTF8")
        options = f"-k {folder} -c listen_addresses= -c log_min_messages=fatal"
        options += "" if durable else " -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"?host={folder}"
        finally:
            run("pg_ctl", "-D", str(data), "-W", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
