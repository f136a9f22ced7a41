"""`backup` and `restore` as an operator runs them."""

import json
from pathlib import Path

import pytest

from kb.cli import main
from kb.journal.store import open_journal
from tests.kb.test_cli import RULES


def test_a_backup_is_made_checked_and_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, out = tmp_path / "library", tmp_path / "kopia.tar.gz"
    library.mkdir()
    (library / "regler.md").write_text(RULES, encoding="utf-8")
    here = ["--library", str(library), "--data", str(tmp_path / "data")]
    open_journal(tmp_path / "data").close()
    assert main([*here, "--json", "backup", "--out", str(out)]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["files"] >= 1
    assert made["head"][0] == 1  # that the journal was read
    assert main([*here, "restore", "--check", str(out)]) == 0
    assert "är hel" in capsys.readouterr().out

    there = ["--library", str(tmp_path / "l2"), "--data", str(tmp_path / "d2")]
    assert main([*there, "restore", str(out)]) == 0
    said = capsys.readouterr().out
    assert "vagvisaren sync" in said
    assert f"{made['head'][0]}:{made['head'][1]}" in said
    assert sorted(path.name for path in (tmp_path / "l2").glob("*.md")) == sorted(
        path.name for path in library.glob("*.md")
    )
    assert main([*there, "restore", str(out)]) == 2
    assert "inte tom" in capsys.readouterr().err


def test_a_file_that_is_no_backup_or_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--library", str(tmp_path / "l"), "--data", str(tmp_path / "d")]
    text = tmp_path / "text.tar.gz"
    text.write_text("hej", encoding="utf-8")
    for file in (text, tmp_path / "saknas.tar.gz"):
        assert main([*here, "restore", str(file)]) == 2
        assert file.name in capsys.readouterr().err
    assert not (tmp_path / "l").exists()
