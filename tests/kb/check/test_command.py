import json
from pathlib import Path

import pytest

from kb.cli import main
from tests.kb.check.made_library import RULE, asked, write


def check(library: Path, *options: str) -> int:
    return main(["--library", str(library), "check", "--as-of", "2026-11-22", *options])


def test_a_library_in_order_passes_with_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}", more=asked("a"))
    assert check(tmp_path) == 0
    assert capsys.readouterr().out == "1 dokument, 0 fel, 0 varningar\n"


def test_a_warning_is_a_line_and_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, f"## Ett {{#a}}\n\n{RULE}")
    assert check(tmp_path) == 0
    line, summary = capsys.readouterr().out.splitlines()
    assert line.startswith("regler.md:11: varning: avsnittet #a har 0 frågor (3–8 behövs). Skriv")
    assert summary == "1 dokument, 0 fel, 1 varning"


def test_an_error_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, f"## Ett {{#a norm='BÖR'}}\n\n{RULE}", more=asked("a"))
    assert check(tmp_path) == 1
    assert "regler.md:13: fel: regeln #a" in capsys.readouterr().out


def test_json_holds_counts_and_every_part_of_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, f"## Ett {{#a norm='BÖR'}}\n\n{RULE}")
    assert check(tmp_path, "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["documents"], report["errors"], report["warnings"]) == (1, 1, 1)
    keys = "file line severity check what remedy"
    assert all(list(finding) == keys.split() for finding in report["findings"])
    assert {finding["severity"] for finding in report["findings"]} == {"error", "warning"}


def test_a_missing_library_could_not_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path / "saknas") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
