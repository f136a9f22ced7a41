"""Whatever moment a sync is killed at, the index answers from one whole state of the library."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path
from threading import Event
from time import perf_counter

import numpy as np
import pytest

from ingest.document import Document
from ingest.library import passages
from kb.embedding.model import Matrix
from kb.index import derived
from kb.index.generations import active
from kb.index.manifest import connect_to_read
from kb.index.sealed import read
from kb.index.snapshot import Snapshot
from kb.index.storage import collection_place, manifest_path
from kb.index.vectors import Place, open_collection
from tests.kb.index.small_index import TODAY, document, forkserver, library, open_small, run_sync

PATIENCE = 60.0


@dataclass(frozen=True)
class States:
    """The two states of the library that syncs go to and fro between."""

    first: list[Document]
    second: list[Document]

    def names(self, which: bool) -> set[str]:
        documents = self.second if which else self.first
        return {passage.id for one in documents for passage in passages.split(one)}


def two_states() -> States:
    first = library(40)
    return States(first, [*library(38, edited=3), document("nytt", "Ett alldeles nytt dokument.")])


def proved_here(
    place: Place, ids: Sequence[str], vectors: Matrix, *, stop: Event | None = None
) -> str | None:
    """Prove a collection without a further process: this one may die, and starts at once."""
    collection = open_collection(place)
    try:
        sound = len(collection) == len(ids) and collection.holds(ids, vectors) == 1.0
        return None if sound else "vektorer saknas"
    finally:
        collection.close()


def sync_to(data: Path, which: bool) -> None:
    derived.probe = proved_here  # type: ignore[assignment, attr-defined]
    states = two_states()
    run_sync(data, states.second if which else states.first, use_chroma=True)


def check(data: Path) -> None:
    """End with an error unless the index is one whole state, in all three of its parts."""
    index = open_small(data)
    held = {p.id: p for key in index.documents for p in index.whole.passages_of(key)}
    second = is_second(data)
    assert held.keys() == two_states().names(second)
    assert ("nytt" in held["dok-3@1#undantag-3"].text) == second
    for name, passage in held.items():
        first = index.search(passage.index_text, as_of=TODAY, k=1)[0]
        assert (first.passage.id, first.lexical > 0) == (name, True)
    index.close()
    snapshot = snapshot_of(data)
    ids, rows = snapshot.collection()
    place = collection_place(data, snapshot.generation.id, None)
    assert proved_here(place, ids, np.asarray(snapshot.vectors[rows])) is None


def is_second(data: Path) -> bool:
    return "nytt@1" in snapshot_of(data).keys


def snapshot_of(data: Path) -> Snapshot:
    connection = connect_to_read(manifest_path(data))
    generation = active(connection)
    assert generation is not None
    snapshot = read(connection, generation)
    connection.close()
    return snapshot


def run(
    context: ForkServerContext, job: object, *args: object, kill_after: float = PATIENCE
) -> int:
    process = context.Process(target=job, args=args)  # type: ignore[arg-type]
    process.start()
    process.join(kill_after)
    process.kill()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


@pytest.mark.parametrize("kills", [10, pytest.param(30, marks=pytest.mark.slow)])
def test_a_killed_sync_leaves_a_whole_index(tmp_path: Path, kills: int) -> None:
    context = forkserver()
    moments = random.Random(kills)
    assert run(context, sync_to, tmp_path, False) == 0
    started = perf_counter()
    assert run(context, sync_to, tmp_path, True) == 0
    whole = perf_counter() - started

    killed = attempts = 0
    while killed < kills:
        attempts += 1
        assert attempts < 5 * kills, "too few syncs ran long enough to be killed"
        other = not is_second(tmp_path)
        started = perf_counter()
        ended = run(context, sync_to, tmp_path, other, kill_after=moments.uniform(0, whole))
        assert ended in (0, -9)
        killed += ended == -9
        if ended == 0:
            whole = min(whole, perf_counter() - started)
        assert run(context, check, tmp_path) == 0

    assert run(context, sync_to, tmp_path, True) == 0
    assert run(context, check, tmp_path) == 0
    assert is_second(tmp_path)
