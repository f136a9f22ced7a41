from pathlib import Path

import pytest

from ingest.errors import VagvisarenError
from kb.library import load_library

GOOD = "---\nid: {id}\ntitle: T\n---\nText."


def test_a_malformed_file_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD.format(id="a"), encoding="utf-8")
    (tmp_path / "b.md").write_text("ingen rubrik", encoding="utf-8")
    library = load_library(tmp_path)
    assert [document.front.id for document in library.documents] == ["a"]
    assert [name for name, _ in library.refused] == ["b.md"]


def test_the_same_edition_twice_is_refused_with_both_names(tmp_path: Path) -> None:
    for name in ("a.md", "kopia.md"):
        (tmp_path / name).write_text(GOOD.format(id="a"), encoding="utf-8")
    ((name, reason),) = load_library(tmp_path).refused
    assert (name, "a.md" in reason) == ("kopia.md", True)


def test_originals_tables_and_readme_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "x.md").write_text("x", encoding="utf-8")
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    library = load_library(tmp_path)
    assert not library.documents
    assert not library.refused


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(VagvisarenError, match="--library"):
        load_library(tmp_path / "saknas")
