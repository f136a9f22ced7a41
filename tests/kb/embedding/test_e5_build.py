"""Building the model folder: once, whole or not at all, whoever else is building."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from ingest.errors import IndexUnavailableError
from kb.embedding import e5_build
from kb.embedding.e5_build import FILES, MODEL, RECORD, TABLE, build, find_damage, read_record
from kb.embedding.e5_encoder import open_e5
from tests.kb.embedding.e5_files import write_tiny_weights


@pytest.fixture(autouse=True)
def _tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tiny_weights(tmp_path / "tiny.bin")
    monkeypatch.setattr(e5_build, "find_weights", lambda: tmp_path / "tiny.bin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models" / "e5"


def test_a_built_folder_holds_what_its_record_says(folder: Path) -> None:
    record = build(folder)
    assert {path.name for path in folder.iterdir()} == {*FILES, RECORD}
    assert read_record(folder) == record
    assert find_damage(folder, record, full=True) is None


def test_nothing_is_left_beside_the_folder(folder: Path) -> None:
    build(folder)
    assert {path.name for path in folder.parent.iterdir()} <= {"e5", "e5.lock"}


def test_the_files_can_be_read_by_whoever_may_read_the_folder(folder: Path) -> None:
    build(folder)
    modes = {(folder / name).stat().st_mode for name in (*FILES, RECORD)}
    assert len(modes) == 1


def test_a_sound_folder_is_not_built_again(folder: Path) -> None:
    build(folder)
    told: list[str] = []
    before = (folder / MODEL).stat().st_ino
    build(folder, progress=told.append)
    assert (folder / MODEL).stat().st_ino == before
    assert told == []


def test_the_same_weights_make_the_same_files(folder: Path) -> None:
    assert build(folder) == build(folder.with_name("again"))


@pytest.mark.parametrize("name", [*FILES, RECORD])
def test_a_truncated_file_is_found_and_built_again(name: str, folder: Path) -> None:
    sound = build(folder)
    (folder / name).write_bytes((folder / name).read_bytes()[:-10])
    record = read_record(folder)
    assert record is None or name in (find_damage(folder, record) or "")
    open_e5(folder)
    assert read_record(folder) == sound
    assert find_damage(folder, sound, full=True) is None


def test_a_changed_byte_in_the_table_is_found_by_the_full_check(folder: Path) -> None:
    record = build(folder)
    with (folder / TABLE).open("r+b") as file:
        file.seek(7)
        file.write(b"\x55")
    assert find_damage(folder, record) is None
    assert TABLE in (find_damage(folder, record, full=True) or "")


def test_a_folder_of_another_recipe_is_built_again(folder: Path) -> None:
    build(folder)
    values = json.loads((folder / RECORD).read_text())
    (folder / RECORD).write_text(json.dumps(values | {"build": 0}))
    told: list[str] = []
    open_e5(folder, progress=told.append)
    assert len(told) == 1
    record = read_record(folder)
    assert record is not None
    assert record.build == e5_build.BUILD


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"build": 1, "source": "", "files": []}'])
def test_a_record_that_makes_no_sense_counts_as_none(text: str, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / RECORD).write_text(text)
    assert read_record(folder) is None


def test_two_that_build_at_once_get_the_same_folder(folder: Path) -> None:
    told: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        records = list(pool.map(lambda _: build(folder, progress=told.append), range(2)))
    assert records[0] == records[1]
    assert len(told) == 1


def test_a_killed_build_is_done_again(folder: Path, tmp_path: Path) -> None:
    """Kill a real process while it writes; what it left is swept away by the next build."""
    code = (
        "import sys, time; from pathlib import Path; from kb.embedding import e5_build\n"
        "e5_build.find_weights = lambda: Path(sys.argv[2])\n"
        "e5_build._digest = lambda path: time.sleep(60)\n"
        "e5_build.build(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", code, str(folder), str(tmp_path / "tiny.bin")]
    with subprocess.Popen(command, cwd=Path(__file__).parents[3]) as process:
        _wait_for(folder.with_name(".e5.new") / TABLE)
        os.kill(process.pid, signal.SIGKILL)
    assert folder.with_name(".e5.new").exists()
    assert not folder.exists()
    record = build(folder)
    assert find_damage(folder, record, full=True) is None
    assert not folder.with_name(".e5.new").exists()


def test_a_failed_build_leaves_the_old_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder)
    (folder / RECORD).unlink()
    monkeypatch.setattr(e5_build, "_quantise", _no_space)
    with pytest.raises(IndexUnavailableError, match="300 MB"):
        build(folder)
    assert {path.name for path in folder.iterdir()} == set(FILES)
    assert not folder.with_name(".e5.new").exists()


def test_a_place_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(IndexUnavailableError, match="skrivrättighet"):
        build(tmp_path / "file" / "e5")


def test_a_sound_folder_opens_while_another_process_builds(folder: Path) -> None:
    build(folder)
    with FileLock(folder.with_name("e5.lock")):
        encoder = open_e5(folder)
    assert np.isfinite(encoder.embed_query("hej")).all()


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} was never written"
        time.sleep(0.01)
