"""Kill intakes and syncs at random moments, with real Chroma, and look at what is left.

`python -m tests.kb.kill_cycle 200` kills 200 times and says what it found.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from multiprocessing.context import ForkServerContext
from pathlib import Path
from time import perf_counter

import numpy as np

from ingest.document import Document, Status
from ingest.files.convert import Conversion, convert
from ingest.files.kept import kept_original
from ingest.intake import reading
from ingest.intake.reading import find_files
from ingest.intake.take_in import intake
from ingest.intake.taken import Overrides, Terms
from ingest.library import passages
from kb.index import derived
from kb.index.storage import collection_place, manifest_path
from kb.library import load_library
from tests.kb.index.small_index import TODAY, forkserver, open_small, run_sync
from tests.kb.index.test_kill import proved_here, run, snapshot_of

FILES = 8
FRESH_AFTER = 25  # kills in one folder: editions pile up, and every run would take longer


def text(name: int, version: int) -> str:
    """Return what a source file says in one version; two of its three sections never change."""
    return (
        f"# Rutin {name} för staden\n\nInledningen till rutin{name} gäller alla.\n\n"
        f"## Regel\n\nRegeln i version{version} gäller sak{name}.\n\n"
        f"## Undantag\n\nUndantaget från rutin{name} gäller ingen.\n"
    )


def work(folder: Path) -> None:
    """Take the source files in as published, and sync: what is killed."""
    reading.convert_isolated = _convert_here  # type: ignore[assignment, attr-defined]
    derived.probe = proved_here  # type: ignore[assignment, attr-defined]
    terms = Terms(TODAY, Overrides(status=Status.PUBLISHED))
    files = find_files([folder / "in"], today=TODAY)
    for taken in intake(files, library=folder / "library", terms=terms):
        assert taken.file.outcome != "refused", taken.file.reason
    documents = load_library(folder / "library").documents
    run_sync(folder / "data", documents, use_chroma=True)


def check(folder: Path) -> None:
    """End with an error unless library and index are whole, whatever moment work was killed at."""
    library = load_library(folder / "library")
    assert library.refused == ()
    said = {}
    for document in library.documents:
        _check_original(document, folder / "library")
        assert sum(one.body == document.body for one in library.documents) == 1
        said[document.key] = document
    if not manifest_path(folder / "data").exists():
        return
    index = open_small(folder / "data")
    for key in index.documents:
        wanted = [passage.text for passage in passages.split(said[key])]
        assert [passage.text for passage in index.whole.passages_of(key)] == wanted
        for passage in index.whole.passages_of(key):
            first = index.search(passage.index_text, as_of=TODAY, k=1)[0]
            assert first.lexical > 0
    index.close()
    snapshot = snapshot_of(folder / "data")
    ids, rows = snapshot.collection()
    place = collection_place(folder / "data", snapshot.generation.id, None)
    assert proved_here(place, ids, np.asarray(snapshot.vectors[rows])) is None


def check_complete(folder: Path, versions: Sequence[int]) -> None:
    """End with an error unless everything the source files say is in library and index."""
    check(folder)
    library = load_library(folder / "library").documents
    bodies = {document.body for document in library if document.front.status is Status.PUBLISHED}
    assert {text(n, version).strip() for n, version in enumerate(versions)} <= bodies
    assert len({document.front.id for document in library}) == FILES
    report = run_sync(folder / "data", library, dry_run=True)
    assert (report.added, report.changed, report.dropped) == (0, 0, 0)


@dataclass
class Found:
    """What a cycle of kills came to."""

    kills: int = 0
    finished: int = 0
    broken: list[str] = field(default_factory=list)


def kill_cycle(kills: int, folder: Path, *, seed: int = 0) -> Found:
    """Kill `kills` times; after each kill look, now and then let one run end and look closer."""
    found, moments = Found(), random.Random(seed)
    while found.kills < kills:
        place = folder / str(found.kills)
        _kill_in(place, min(found.kills + FRESH_AFTER, kills), moments, found)
        shutil.rmtree(place)
    return found


def _kill_in(place: Path, until: int, moments: random.Random, found: Found) -> None:
    """Work in one folder until so many kills are reached."""
    context, versions = forkserver(), [0] * FILES
    whole = _finish(context, place, versions, found)
    while found.kills < until:
        for number in moments.sample(range(FILES), 2):
            versions[number] += 1
        _write(place / "in", versions)
        ended = run(context, work, place, kill_after=moments.uniform(0, whole))
        found.kills += ended == -9
        if ended not in (0, -9) or run(context, check, place) != 0:
            found.broken.append(f"kill {found.kills}, ended {ended}")
        if ended == 0 or found.kills % 10 == 0:
            whole = _finish(context, place, versions, found)
    _finish(context, place, versions, found)


def _finish(
    context: ForkServerContext, place: Path, versions: Sequence[int], found: Found
) -> float:
    """Let the work end, look that it is complete, and return how long it took."""
    _write(place / "in", versions)
    started = perf_counter()
    ended = run(context, work, place)
    seconds = perf_counter() - started
    found.finished += 1
    if ended != 0 or run(context, check_complete, place, tuple(versions)) != 0:
        found.broken.append(f"finished after kill {found.kills}, ended {ended}")
    return seconds


def _write(folder: Path, versions: Sequence[int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, version in enumerate(versions):
        (folder / f"rutin-{number}.md").write_text(text(number, version), encoding="utf-8")


def _check_original(document: Document, library: Path) -> None:
    digest = document.front.original_digest or ""
    path = kept_original(library, digest)
    assert path is not None, f"{document.key} has no original"
    assert f"sha256:{sha256(path.read_bytes()).hexdigest()}" == digest


def _convert_here(path: Path, *, max_bytes: int) -> Conversion:
    return convert(path)


def main(kills: int) -> int:
    """Kill so many times; print what was found."""
    started = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = kill_cycle(kills, Path(folder), seed=kills)
    minutes = (perf_counter() - started) / 60
    sys.stdout.write(
        f"{found.kills} kills, {found.finished} runs to the end, {minutes:.0f} minutes: "
        f"{len(found.broken)} broken {found.broken}\n"
    )
    return bool(found.broken)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
