"""Files are read side by side, told in order, and a broken-off intake goes on where it was."""

from itertools import islice
from pathlib import Path
from threading import Barrier

import pytest

from ingest.files.convert import Conversion, convert
from ingest.intake.reading import find_files
from ingest.intake.take_in import intake
from ingest.intake.taken import Taken, Terms
from tests.ingest.taking_in import TODAY, convert_here, take


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        text = f"# Rutin {number}\n\nRutin{number} gäller sak{number} i hela staden, alla dagar.\n"
        (folder / f"{number}.txt").write_text(text)
    return folder


def names(taken: list[Taken]) -> list[tuple[str, str]]:
    return [(one.source.name, one.file.outcome) for one in taken]


def test_two_files_are_read_at_a_time_and_told_in_order(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Barrier(2, timeout=20)

    def together(path: Path, *, max_bytes: int) -> Conversion:
        both.wait()  # breaks, and fails the test, unless another file is read just now
        return convert(path)

    monkeypatch.setattr("ingest.intake.reading.convert_isolated", together)
    files = find_files([folder], today=TODAY)
    taken = list(intake(files, library=tmp_path / "b", terms=Terms(TODAY), workers=2))
    assert names(taken) == [(f"{number}.txt", "added") for number in range(6)]


def test_no_more_is_read_ahead_than_twice_the_workers(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noted(path: Path, *, max_bytes: int) -> Conversion:
        read.append(path.name)
        return convert(path)

    monkeypatch.setattr("ingest.intake.reading.convert_isolated", noted)
    files = find_files([folder], today=TODAY)
    running = intake(files, library=tmp_path / "b", terms=Terms(TODAY), workers=1)
    next(running)
    running.close()
    assert len(read) <= 3


def test_an_intake_that_was_broken_off_goes_on_where_it_was(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert_here(monkeypatch)
    files = find_files([folder], today=TODAY)
    running = intake(files, library=tmp_path / "b", terms=Terms(TODAY), workers=2)
    assert len(list(islice(running, 2))) == 2
    running.close()
    outcomes = [outcome.outcome for outcome in take(folder, library=tmp_path / "b")]
    assert outcomes == ["unchanged"] * 2 + ["added"] * 4


def test_a_file_that_fails_to_be_read_stops_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    convert_here(monkeypatch)
    (folder / "2.txt").write_bytes(b"\x89PNG")
    outcomes = [outcome.outcome for outcome in take(folder, library=tmp_path / "b")]
    assert outcomes == ["added", "added", "refused", "added", "added", "added"]
