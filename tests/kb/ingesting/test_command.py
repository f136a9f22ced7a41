"""The command line of ingest: its outcomes, its preview, its report, what goes to which stream."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kb.cli import main
from tests.ingest.taking_in import PLAN, PLAN_ID, convert_here

MINUTES = "# Protokoll\n\nÄrendet gäller 19900101-2385 och nagon.annan@example.se.\n"
KEYS = "path outcome document_id reason warnings pages seconds".split()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    convert_here(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN)
    (folder / "protokoll.md").write_text(MINUTES)
    return folder


def run(tmp_path: Path, *arguments: str) -> int:
    return main(["--library", str(tmp_path / "bibliotek"), "ingest", *arguments])


def lines(capsys: pytest.CaptureFixture[str]) -> Sequence[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_json_has_the_keys_of_the_contract_and_standard_output_nothing_else(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, str(folder), "--json") == 0
    plan, minutes = lines(capsys)
    assert list(plan) == list(minutes) == KEYS
    assert (plan["outcome"], plan["document_id"]) == ("added", PLAN_ID)


def test_a_summary_and_the_missing_go_to_standard_error(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, str(folder))
    assert "2 tillagda (" in capsys.readouterr().err
    (folder / "plan.txt").unlink()
    (folder / "ny.md").write_text("# Ny\n\nHelt ny text.\n")
    run(tmp_path, str(folder), "--json")
    captured = capsys.readouterr()
    assert f"plan.txt finns inte kvar i mappen; dokumentet {PLAN_ID}@1" in captured.err
    assert "1 tillagd, 1 oförändrad (" in captured.err
    assert len(captured.out.splitlines()) == 2


def test_publishing_is_held_back_by_a_personal_number_until_it_is_reviewed(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, str(folder), "--publish") == 1
    out = capsys.readouterr().out
    assert "avvisad" in out
    assert "2385" not in out
    reviewed = ["--personal-data-reviewed", "protokoll.md"]
    assert run(tmp_path, str(folder), "--publish", *reviewed) == 0
    text = (tmp_path / "bibliotek" / "protokoll.md").read_text()
    assert "status: published" in text


def test_public_contacts_are_a_setting(
    tmp_path: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VAGVISAREN_PUBLIC_CONTACTS", "malmo.se, example.se,040-34*")
    run(tmp_path, str(folder))
    assert "e-postadress" not in capsys.readouterr().out
    monkeypatch.setenv("VAGVISAREN_PUBLIC_CONTACTS", "malmö stad")
    assert run(tmp_path, str(folder)) == 2
    assert "VAGVISAREN_PUBLIC_CONTACTS" in capsys.readouterr().err


def test_a_preview_shows_text_proposals_and_warnings_and_writes_nothing(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, str(folder), "--preview") == 0
    out = capsys.readouterr().out
    assert f"dokument: {PLAN_ID}@1 (draft)" in out
    assert "förslag: år = 2026 (årtalet sist i titeln, rad" in out
    assert "varning: 1 personnummer" in out
    assert "Ärendet gäller ••••••••-•••• och" in out
    assert not (tmp_path / "bibliotek").exists()


def test_a_previews_lines_are_those_of_the_file_that_is_written(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, str(folder / "plan.txt"), "--preview", "--json")
    (preview,) = lines(capsys)
    assert list(preview)[:7] == KEYS
    run(tmp_path, str(folder / "plan.txt"))
    written = (tmp_path / "bibliotek" / f"{PLAN_ID}.md").read_text()
    assert preview["text"] == written
    title = preview["proposals"][0]
    assert written.splitlines()[title["line"] - 1] == f"# {title['value']}"


def test_a_preview_of_a_changed_file_tells_the_changes(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, str(folder))
    (folder / "plan.txt").write_text(PLAN.replace("hela staden", "alla nämnder"))
    capsys.readouterr()
    run(tmp_path, str(folder), "--preview")
    out = capsys.readouterr().out
    assert "skulle bli ändrad" in out
    assert "~~hela staden~~ **alla nämnder**" in out
    run(tmp_path, str(folder), "--preview", "--json")
    changed, same = lines(capsys)
    assert changed["changes"] == {"new": 0, "changed": 1, "dropped": 0, "unchanged": 0}
    assert (same["outcome"], same["changes"]) == ("unchanged", None)


def test_a_report_is_written_beside_the_work(tmp_path: Path, folder: Path) -> None:
    report = tmp_path / "rapport.html"
    assert run(tmp_path, str(folder), "--report", str(report)) == 0
    assert "protokoll.md" in report.read_text()


def test_a_report_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, str(folder / "plan.txt"), "--report", str(tmp_path)) == 2
    error = capsys.readouterr().err
    assert "är en mapp" in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "bibliotek").exists()
