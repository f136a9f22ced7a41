"""Two replicas behind the shipped proxy: no turn fails, and a killed one loses no journal row."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from evals.load.asker import Asker, Heard
from evals.load.crowd import a_browser
from evals.load.proxy import can_proxy, free_port, proxied
from kb.journal.store import open_journal
from kb.journal.verify import verify

ROOT = Path(__file__).parents[2]
PEOPLE, TURNS = 12, 3

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_proxy(), reason="needs nginx and openssl"),
]


@dataclass
class Site:
    """The proxy's address, its replicas by port, and the folder of their journal."""

    address: str
    replicas: dict[int, subprocess.Popen[str]]
    journal: Path


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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    ports = free_port(), free_port()
    replicas = {port: start_replica(folder / "journal", port) for port in ports}
    try:
        with proxied(folder, replicas=ports) as address:
            yield Site(address, replicas, folder / "journal")
    finally:
        for process in replicas.values():
            process.kill()
            process.communicate()


async def talk(site: Site, turns: int) -> tuple[list[Heard], str]:
    """Ask some questions in one browser; return what came, and the name of its replica."""
    async with a_browser(site.address) as client:
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
        async with a_browser(site.address) as client:
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
