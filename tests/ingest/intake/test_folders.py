from pathlib import Path

import pytest

from ingest.intake.folders import Missing, find_missing, remember
from ingest.intake.reading import find_files
from tests.ingest.taking_in import PLAN, PLAN_ID, TODAY, take


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "inre").mkdir(parents=True)
    (folder / "plan.txt").write_text(PLAN)
    (folder / "inre" / "rutin.md").write_text("# Rutin\n\nSå gör vi.\n")
    return folder


def run(folder: Path, library: Path) -> tuple[Missing, ...]:
    """Take a folder in as the command does."""
    files = find_files([folder], today=TODAY)
    take(folder, library=library)
    missing = find_missing([folder], files, library=library)
    remember([folder], files, library=library, missing=missing)
    return missing


def test_a_removed_original_is_told_until_its_document_is_withdrawn(
    folder: Path, library: Path
) -> None:
    assert run(folder, library) == ()
    (folder / "plan.txt").unlink()
    for _ in range(2):
        (missing,) = run(folder, library)
        assert (missing.label, missing.document.front.id) == ("plan.txt", PLAN_ID)
    path = library / f"{PLAN_ID}.md"
    path.write_text(path.read_text().replace("status: draft", "status: withdrawn"))
    assert run(folder, library) == ()


def test_a_renamed_original_is_not_missing(folder: Path, library: Path) -> None:
    run(folder, library)
    (folder / "plan.txt").rename(folder / "inre" / "plan-2026.txt")
    assert run(folder, library) == ()


def test_a_changed_original_is_not_missing(folder: Path, library: Path) -> None:
    run(folder, library)
    (folder / "plan.txt").write_text(PLAN.replace("hela staden", "alla nämnder"))
    assert run(folder, library) == ()


def test_a_document_taken_away_by_hand_is_not_told(folder: Path, library: Path) -> None:
    run(folder, library)
    (folder / "plan.txt").unlink()
    (library / f"{PLAN_ID}.md").unlink()
    assert run(folder, library) == ()


def test_another_folder_misses_nothing(folder: Path, library: Path, tmp_path: Path) -> None:
    run(folder, library)
    (tmp_path / "annan").mkdir()
    assert run(tmp_path / "annan", library) == ()


def test_the_place_of_a_folder_is_not_written_down(folder: Path, library: Path) -> None:
    run(folder, library)
    text = (library / "originals" / "folders.json").read_text()
    assert str(folder.parent) not in text
    assert "inre/rutin.md" in text


def test_a_damaged_record_is_begun_anew(folder: Path, library: Path) -> None:
    run(folder, library)
    (library / "originals" / "folders.json").write_text("[1, {")
    assert run(folder, library) == ()
    (folder / "plan.txt").unlink()
    assert len(run(folder, library)) == 1
