"""The council's work on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from kb.cli import main
from tests.kb.council.test_desk import SOURCE


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "regler.md").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def run(place: Path, *arguments: str) -> int:
    library, data = str(place / "library"), str(place / "data")
    return main(["--library", library, "--data", data, "council", *arguments])


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_two_people_publish_a_document(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "submit", "regler", "--by", "u1001") == 0
    assert run(place, "approve", "regler", "--by", "u1001") == 2
    assert run(place, "approve", "regler", "--by", "u1002") == 0
    capsys.readouterr()
    options = ["--by", "u1002", "--valid-from", "2026-12-01", "--json"]
    assert run(place, "publish", "regler", *options) == 0
    moved = said(capsys)
    assert "inget vaktar" in moved.pop("verdict")["summary"]
    assert moved == {
        "move": "publish", "key": "regler@1", "before": "in_review", "after": "published",
        "valid_from": "2026-12-01",
    }  # fmt: skip


def test_a_personal_number_is_published_only_when_it_is_said_to_be_reviewed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = place / "library" / "regler.md"
    path.write_text(f"{SOURCE}\nGäller 19900101-2385.\n", encoding="utf-8")
    run(place, "submit", "regler", "--by", "u1001")
    run(place, "approve", "regler", "--by", "u1002")
    assert run(place, "publish", "regler", "--by", "u1002") == 2
    error = capsys.readouterr().err
    assert "kan inte publiceras" in error
    assert "2385" not in error
    reviewed = ["--by", "u1002", "--personal-data-reviewed"]
    assert run(place, "publish", "regler", *reviewed) == 0


def test_without_a_council_it_is_said_that_no_roles_are_tried(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(place, "submit", "regler")
    assert "VAGVISAREN_COUNCIL är inte satt" in capsys.readouterr().err


def test_a_council_in_the_settings_decides_who_may(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAGVISAREN_COUNCIL", '{"u1001": "author", "u1002": "reviewer"}')
    monkeypatch.setenv("VAGVISAREN_ACTOR", "u1001")
    assert run(place, "submit", "regler") == 0
    assert run(place, "approve", "regler") == 2
    assert run(place, "submit", "regler", "--by", "ingen") == 2
    assert "ingen har rollen läsare" in capsys.readouterr().err
    assert run(place, "approve", "regler", "--by", "u1002") == 0


def test_the_list_exits_1_when_a_review_is_overdue(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = place / "library" / "regler.md"
    path.write_text(SOURCE.replace("draft", "published"), encoding="utf-8")
    monkeypatch.setenv("VAGVISAREN_AS_OF", "2026-12-02")
    assert run(place, "list") == 1
    assert "ÖVERSYN FÖRSENAD sedan 2026-12-01" in capsys.readouterr().out
    assert run(place, "list", "--status", "draft") == 0
    assert "Inga dokument" in capsys.readouterr().out
    monkeypatch.setenv("VAGVISAREN_AS_OF", "2026-11-30")
    assert run(place, "list", "--json") == 0
    (edition,) = said(capsys)["editions"]
    assert (edition["key"], edition["is_overdue"]) == ("regler@1", False)


def test_a_difference_and_an_empty_inbox_are_shown(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, "diff", "regler", "--json") == 0
    assert said(capsys)["against"] is None
    assert run(place, "diff", "regler") == 0
    assert "allt är nytt" in capsys.readouterr().out
    assert run(place, "inbox") == 0
    assert "Inkorgen är tom" in capsys.readouterr().out
    assert run(place, "inbox", "--json") == 0
    assert said(capsys) == {"groups": []}
