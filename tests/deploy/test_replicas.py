"""Two replicas behind the shipped proxy: no turn fails, and a killed one loses no journal row."""

import asyncio
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from evals.load.asker import Asker, Heard
from kb.journal.store import open_journal
from kb.journal.verify import verify

ROOT = Path(__file__).parents[2]
PEOPLE, TURNS = 12, 3

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("nginx") and shutil.which("openssl")), reason="needs nginx and openssl"
    ),
]


@dataclass
class Site:
    """The proxy's address, its replicas by port, and the folder of their journal."""

    address: str
    replicas: dict[int, subprocess.Popen[str]]
    journal: Path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def start_replica(journal: Path, port: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.deploy.replica", str(journal), str(port)],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    said = ""
    while "http://" not in said:
        line = process.stderr.readline()
        assert line, f"the replica did not start: {said}"
        said += line
    return process


def shipped_proxy(folder: Path, *, port: int, replicas: tuple[int, int]) -> Path:
    """Return the shipped configuration with addresses of this machine in it."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for name, replica in zip(("app-1:7860", "app-2:7860"), replicas, strict=True):
        text = text.replace(name, f"127.0.0.1:{replica}")
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("/etc/nginx/tls", str(folder)).replace("/tmp/nginx.pid", f"{folder}/pid")
    text = re.sub(r"/dev/std(out|err)", rf"{folder}/\1.log", text)
    text = text.replace("  server_tokens off;", f"  client_body_temp_path {folder}/body;\n"
                        f"  proxy_temp_path {folder}/proxied;\n  server_tokens off;")  # fmt: skip
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    tmp_path = tmp_path_factory.mktemp("site")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=localhost", "-days", "2",
         "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    ports = free_port(), free_port()
    replicas = {port: start_replica(tmp_path / "journal", port) for port in ports}
    port = free_port()
    conf = shipped_proxy(tmp_path, port=port, replicas=ports)
    proxy = subprocess.Popen(["nginx", "-c", str(conf), "-g", "daemon off;"], cwd=tmp_path)
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Site(f"https://127.0.0.1:{port}", replicas, tmp_path / "journal")
    finally:
        proxy.terminate()
        proxy.wait(timeout=20)
        for process in replicas.values():
            process.kill()
            process.communicate()


def a_browser(site: Site) -> httpx.AsyncClient:
    anything = ssl.create_default_context()
    anything.check_hostname, anything.verify_mode = False, ssl.CERT_NONE
    return httpx.AsyncClient(base_url=site.address, verify=anything, timeout=60)


async def talk(site: Site, turns: int) -> tuple[list[Heard], str]:
    """Ask some questions in one browser; return what came, and the name of its replica."""
    async with a_browser(site) as client:
        asker = Asker(client)
        await asker.open()
        heard = [await asker.ask(f"Får jag? {turn}") for turn in range(turns)]
        return heard, client.cookies["vagvisaren_nod"]


def rows(site: Site) -> int:
    """Return how many turns the journal holds; every seal must be whole."""
    journal = open_journal(site.journal)
    with journal.looking() as connection:
        verdict = verify(connection)
    journal.close()
    assert verdict.faults == ()
    return verdict.records["turn"]


async def all_talk(site: Site) -> list[tuple[list[Heard], str]]:
    return await asyncio.gather(*(talk(site, TURNS) for _ in range(PEOPLE)))


def test_every_browser_stays_with_its_replica_and_no_turn_fails(site: Site) -> None:
    talks = asyncio.run(all_talk(site))
    assert [one.fault for heard, _ in talks for one in heard] == [""] * PEOPLE * TURNS
    assert len({nod for _, nod in talks}) == PEOPLE
    log = Path(site.journal.parent / "out.log").read_text(encoding="utf-8")
    served_by = set(re.findall(r"127\.0\.0\.1:(\d+)$", log, re.MULTILINE))
    assert served_by == {str(port) for port in site.replicas}
    assert "session_hash" not in log


def test_what_is_for_those_who_run_it_is_not_for_the_public(site: Site) -> None:
    async def look() -> list[int]:
        async with a_browser(site) as client:
            return [(await client.get(path)).status_code for path in ("/matvarden", "/redo")]

    assert asyncio.run(look()) == [404, 404]


def test_a_killed_replica_loses_no_row_and_the_other_takes_over(site: Site) -> None:
    """Comes last: the site has one replica less afterwards."""

    async def kill_in_the_middle() -> tuple[int, int]:
        asking = asyncio.create_task(all_talk(site))
        await asyncio.sleep(0.3)
        next(iter(site.replicas.values())).kill()
        first = await asking
        answered = sum(not one.fault for heard, _ in first for one in heard)
        again = await all_talk(site)
        assert [one.fault for heard, _ in again for one in heard] == [""] * PEOPLE * TURNS
        return answered, PEOPLE * TURNS

    earlier = rows(site)
    answered, afterwards = asyncio.run(kill_in_the_middle())
    assert answered + afterwards <= rows(site) - earlier <= 2 * PEOPLE * TURNS
