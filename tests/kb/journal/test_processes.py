"""Several processes write at once, and one that is killed loses nothing it has committed."""

import random
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from kb.journal.queries import Wanted, find_turns
from kb.journal.store import open_journal
from kb.journal.verify import verify
from tests.kb.index.small_index import forkserver
from tests.kb.journal.made import add_turn

PATIENCE = 120
ENDLESS = 1_000_000


def write(data: Path, turns: int, url: str | None, said: Connection) -> None:
    """Write turns, and say the id of each once it is committed."""
    journal = open_journal(data, url=url)
    for _ in range(turns):
        said.send(add_turn(journal))
    journal.close()


@dataclass(frozen=True)
class Writer:
    """A process that writes, and what it says."""

    process: BaseProcess
    heard: Connection

    def hear(self, most: int = ENDLESS) -> set[str]:
        """Return the ids that it says, until it has said enough or is no more."""
        ids: set[str] = set()
        while len(ids) < most and self.heard.poll(PATIENCE):
            try:
                ids.add(self.heard.recv())
            except (EOFError, OSError):  # the last one may be half said
                break
        return ids

    def end(self) -> int | None:
        self.process.join(PATIENCE)
        self.heard.close()
        return self.process.exitcode


def start(data: Path, turns: int, url: str | None) -> Writer:
    context = forkserver()
    heard, said = context.Pipe(duplex=False)
    process = context.Process(target=write, args=(data, turns, url, said))
    process.start()
    said.close()
    return Writer(process, heard)


def written(data: Path, url: str | None) -> set[str]:
    """Return the turns there are, in a journal that is whole."""
    journal = open_journal(data, url=url)
    with journal.looking() as connection:
        assert verify(connection).faults == ()
        found = {kept.row["id"] for kept in find_turns(connection, Wanted())}
    journal.close()
    return found


def write_at_once(data: Path, url: str | None) -> None:
    writers = [start(data, 20, url) for _ in range(3)]
    said = set.union(*(writer.hear() for writer in writers))
    assert [writer.end() for writer in writers] == [0, 0, 0]
    assert len(said) == 60
    assert written(data, url) == said


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    write_at_once(tmp_path, None)


def test_several_processes_write_one_chain_in_postgresql(tmp_path: Path, postgres_url: str) -> None:
    write_at_once(tmp_path, postgres_url)


def kill_writers(data: Path, kills: int, url: str | None) -> None:
    """Kill writers in the middle of their work; each time all that was committed is there."""
    moments = random.Random(kills)
    known: set[str] = set()
    for _ in range(kills):
        writer = start(data, ENDLESS, url)
        said = writer.hear(moments.randint(1, 12))
        writer.process.kill()
        committed = known | said | writer.hear()
        assert writer.end() == -9
        known = written(data, url)
        assert committed <= known
        assert len(known) <= len(committed) + 1  # committed, and killed before it said so


@pytest.mark.slow
def test_thirty_kills_lose_nothing_that_was_committed(tmp_path: Path) -> None:
    kill_writers(tmp_path, 30, None)


@pytest.mark.slow
def test_kills_lose_nothing_in_postgresql(tmp_path: Path, postgres_url: str) -> None:
    kill_writers(tmp_path, 5, postgres_url)
