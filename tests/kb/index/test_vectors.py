import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import numpy as np
import pytest

from kb.embedding.model import Matrix
from kb.index.probe import probe, sample
from kb.index.storage import collection_place
from kb.index.vectors import CollectionError, Place, build, drop, open_collection


def unit_vectors(count: int, *, seed: int = 0) -> Matrix:
    vectors = np.random.default_rng(seed).standard_normal((count, 16)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def names(count: int) -> list[str]:
    return [f"dok@1#a{number}" for number in range(count)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A healthy collection of more vectors than Chroma keeps before it writes them to its files."""
    place = Place("in_force_g1", tmp_path_factory.mktemp("chroma") / "g1")
    build(place, names(1500), unit_vectors(1500), names(1500))
    return place


@pytest.fixture
def copied(built: Place, tmp_path: Path) -> Place:
    shutil.copytree(built.folder, tmp_path / "g1")
    return Place(built.name, tmp_path / "g1")


def test_every_vector_finds_itself(built: Place) -> None:
    vectors = unit_vectors(1500)
    collection = open_collection(built)

    assert len(collection) == 1500
    assert collection.holds(names(1500), vectors) == 1.0
    assert collection.nearest(vectors[7], 3)[0] == "dok@1#a7"
    collection.close()


def test_the_nearest_are_those_of_exact_search(built: Place) -> None:
    vectors, questions = unit_vectors(1500), unit_vectors(20, seed=1)
    collection = open_collection(built)

    for question in questions:
        exact = np.argsort(-(vectors @ question))[:10]
        found = collection.nearest(question, 10)
        assert len(set(found) & {f"dok@1#a{place}" for place in exact}) >= 9
    collection.close()


def test_building_again_replaces_what_was_there(copied: Place) -> None:
    build(copied, names(3), unit_vectors(3, seed=5), names(3))

    collection = open_collection(copied)
    assert len(collection) == 3
    assert collection.holds(names(3), unit_vectors(3, seed=5)) == 1.0
    collection.close()


def test_a_build_that_is_stopped_says_so(tmp_path: Path) -> None:
    stop = Event()
    stop.set()

    with pytest.raises(CollectionError, match="avbröts"):
        build(Place("in_force_g1", tmp_path / "g1"), names(2), unit_vectors(2), names(2), stop=stop)


def test_a_missing_collection_is_an_error_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(CollectionError):
        open_collection(Place("in_force_g1", tmp_path / "g1"))


def test_a_folder_that_cannot_be_made_is_a_collection_error(tmp_path: Path) -> None:
    (tmp_path / "g1").write_text("en fil i vägen")

    with pytest.raises(CollectionError):
        build(Place("in_force_g1", tmp_path / "g1" / "g1"), names(1), unit_vectors(1), names(1))


def test_the_probe_passes_a_healthy_collection(built: Place) -> None:
    assert probe(built, names(1500), unit_vectors(1500)) is None


def test_the_probe_notices_missing_and_other_vectors(built: Place) -> None:
    assert "1500 vektorer" in (probe(built, names(1501), unit_vectors(1501)) or "")
    assert "hittade" in (probe(built, names(1500), unit_vectors(1500, seed=9)) or "")


def truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(10)


def overwrite(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


@pytest.mark.parametrize(
    ("damage", "pattern"),
    [
        (overwrite, "chroma.sqlite3"),
        (truncate, "*/data_level0.bin"),
        (overwrite, "*/data_level0.bin"),
        (Path.unlink, "*/header.bin"),
    ],
)
def test_the_probe_survives_damaged_files(
    copied: Place, damage: Callable[[Path], None], pattern: str
) -> None:
    for path in list(copied.folder.glob(pattern)):
        damage(path)

    assert probe(copied, names(1500), unit_vectors(1500)) is not None


def test_the_probe_gives_up_in_time(built: Place) -> None:
    assert "för lång tid" in (probe(built, names(1500), unit_vectors(1500), seconds=0.2) or "")


def test_the_probe_can_be_called_off(built: Place) -> None:
    stop = Event()
    stop.set()
    started = monotonic()

    assert "avbröts" in (probe(built, names(1500), unit_vectors(1500), stop=stop) or "")
    assert monotonic() - started < 5


@pytest.mark.parametrize("count", [0, 1, 50, 5000])
def test_the_sample_has_the_newest_and_fits_the_collection(count: int) -> None:
    chosen, vectors = sample(names(count), unit_vectors(count))

    assert len(chosen) == len(vectors) == len(set(chosen))
    assert set(names(count)[-50:]) <= set(chosen)
    assert len(chosen) <= 250


def test_threads_may_ask_at_the_same_time(built: Place) -> None:
    vectors = unit_vectors(1500)
    collection = open_collection(built)
    wrong: list[int] = []

    def ask(start: int) -> None:
        for place in range(start, start + 100):
            if collection.nearest(vectors[place], 1) != [f"dok@1#a{place}"]:
                wrong.append(place)

    threads = [Thread(target=ask, args=(start,)) for start in range(0, 800, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    collection.close()

    assert wrong == []


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(tmp_path / "server"), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for _ in range(100):
            with socket.socket() as knock:
                knock.settimeout(1)
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            Event().wait(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_a_server_is_the_same_to_us(server: str, tmp_path: Path) -> None:
    place = Place("in_force_g1", tmp_path / "unused", server)
    vectors = unit_vectors(300)

    for _ in range(2):
        build(place, names(300), vectors, names(300))
    collection = open_collection(place)
    assert collection.nearest(vectors[7], 1) == ["dok@1#a7"]
    collection.close()
    assert probe(place, names(300), vectors) is None
    drop(place)
    drop(place)
    with pytest.raises(CollectionError):
        open_collection(place)
    assert not place.folder.exists()


def test_a_server_that_is_away_is_a_collection_error(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        place = Place("g", tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}")

        with pytest.raises(CollectionError):
            open_collection(place)


def test_data_folders_that_share_a_server_have_collections_of_their_own(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    url = "http://127.0.0.1:8000"
    assert collection_place(first, 1, url).name == collection_place(first, 1, url).name
    assert collection_place(first, 1, url).name != collection_place(first, 2, url).name
    assert collection_place(first, 1, url).name != collection_place(second, 1, url).name
    assert collection_place(first, 1, None).name == collection_place(second, 1, None).name
