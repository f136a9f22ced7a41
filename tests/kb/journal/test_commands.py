"""The whole way on the command line: ask, receipt, extract, gallring, erasure, check."""

import json
import sqlite3
import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from kb.cli import main
from tests.kb.journal.test_replay import git

RULES = """---
id: regler
title: Regler för AI-tjänster
status: published
questions:
  personnummer: ["Får jag klistra in personnummer i ChatGPT?"]
---

## Personnummer får inte matas in i öppna AI-tjänster {#personnummer norm="FÅR INTE" basis="lag"}

Du får inte mata in personnummer i en öppen AI-tjänst. Använd testnummer från Skatteverket.
"""
QUESTION = "Får jag klistra in personnummer i ChatGPT?"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Path:
    """A library under git and its index, made once."""
    folder = tmp_path_factory.mktemp("journal-cli")
    (folder / "library").mkdir()
    (folder / "library" / "regler.md").write_text(RULES, encoding="utf-8")
    git(folder / "library", "init", "-q")
    git(folder / "library", "add", ".")
    git(folder / "library", "commit", "-qm", "x")
    (folder / "data").mkdir()
    (folder / "data" / "models").symlink_to(models)
    assert run(folder, "sync") == 0
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A copy of the library and the index, with no journal yet."""
    copytree(built, tmp_path / "p", symlinks=True)
    return tmp_path / "p"


def run(place: Path, *arguments: str) -> int:
    return main(["--library", str(place / "library"), "--data", str(place / "data"), *arguments])


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def ask(place: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Ask the question; return the id of the answer."""
    assert run(place, "ask", "--json", QUESTION, *arguments) == 0
    return str(said(capsys)["id"])


def test_an_answer_has_a_receipt_that_is_replayed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = ask(place, capsys)
    assert run(place, "receipt", "--json", turn, "--again") == 0
    receipt = said(capsys)
    assert (receipt["id"], receipt["question"]) == (turn, QUESTION)
    assert receipt["replay"]["proved"]
    assert receipt["again"] == {
        "source": "indexet som gäller nu", "reason": "", "same_index": True,
        "same_answer": True, "differences": [],
    }  # fmt: skip


def test_the_library_as_it_was_is_restored_from_git_and_asked_again(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = ask(place, capsys)
    changed = RULES.replace("Använd testnummer från Skatteverket.", "Fråga registratorn.")
    (place / "library" / "regler.md").write_text(changed, encoding="utf-8")
    assert run(place, "sync") == 0
    capsys.readouterr()
    assert run(place, "receipt", "--json", turn, "--again") == 0
    receipt = said(capsys)
    assert receipt["replay"]["citations"][0]["fate"] == "ändrat"
    assert receipt["replay"]["documents"]["changed"] == ["regler@1"]
    assert receipt["again"]["source"].startswith("git ")
    assert (receipt["again"]["same_index"], receipt["again"]["same_answer"]) == (True, True)


def test_what_cannot_be_restored_is_said(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uncommitted = RULES.replace("Skatteverket", "Skatteverkets lista")
    (place / "library" / "regler.md").write_text(uncommitted, encoding="utf-8")
    run(place, "sync")
    capsys.readouterr()
    turn = ask(place, capsys)
    (place / "library" / "regler.md").write_text(RULES, encoding="utf-8")
    run(place, "sync")
    capsys.readouterr()
    assert run(place, "receipt", turn, "--again") == 0
    text = capsys.readouterr().out
    assert "[-Skatteverkets lista-]{+Skatteverket+}" in text
    assert "går inte att återskapa" in text


def test_a_question_is_journalled_unless_told_not_to(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(place, capsys, "--no-journal")
    monkeypatch.setenv("VAGVISAREN_JOURNAL_ASK", "false")
    ask(place, capsys)
    assert not (place / "data" / "journal.sqlite3").exists()
    kept = ask(place, capsys, "--journal")
    run(place, "journal", "export")
    assert [turn["id"] for turn in said(capsys)["turns"]] == [kept]


def test_a_journal_that_cannot_be_written_is_a_warning_unless_it_is_insisted_on(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "data" / "journal.sqlite3").write_bytes(b"i vagen" * 500)
    assert run(place, "ask", QUESTION) == 0
    assert "inte journalfört" in capsys.readouterr().err
    assert run(place, "ask", QUESTION, "--journal") == 2


def test_a_batch_is_never_journalled(place: Path, tmp_path: Path) -> None:
    batch = tmp_path / "b.jsonl"
    batch.write_text(json.dumps({"id": "a", "question": QUESTION}), encoding="utf-8")
    assert run(place, "ask", "--batch", str(batch)) == 0
    assert not (place / "data" / "journal.sqlite3").exists()
    assert run(place, "ask", "--batch", str(batch), "--journal") == 2


def test_an_extract_is_written_for_its_owner_and_is_itself_journalled(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(place, capsys)
    out = place / "utdrag.html"
    options = ["--format", "html", "--search", "PERSONNUMMER", "--by", "registrator"]
    assert run(place, "journal", "export", *options, "--out", str(out)) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert QUESTION in out.read_text(encoding="utf-8")
    capsys.readouterr()
    run(place, "journal", "export", "--everything")
    (reading, *_) = said(capsys)["events"]["reading"]
    assert reading["actor"] == "registrator"
    assert reading["channel"].startswith("cli:")
    assert reading["filter"] == "sökord PERSONNUMMER"


def test_gallring_shows_first_and_removes_when_confirmed(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = ask(place, capsys)
    monkeypatch.setattr("kb.journal.commands.now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    monkeypatch.setenv("VAGVISAREN_RETENTION", '{"turn": 10}')
    assert run(place, "journal", "gallra") == 0
    assert "skulle gallras: 1 fråga, 1 källa\n" in capsys.readouterr().out
    assert run(place, "journal", "gallra", "--confirm") == 2
    assert "VAGVISAREN_RETENTION_DECISION" in capsys.readouterr().err
    monkeypatch.setenv("VAGVISAREN_RETENTION_DECISION", "KS 2027-01-20 § 12")
    assert run(place, "journal", "gallra", "--confirm", "--json") == 0
    assert said(capsys)["rules"][0]["counts"] == {"turn": 1, "citation": 1}
    assert run(place, "receipt", turn) == 2
    assert "KS 2027-01-20 § 12" in capsys.readouterr().err


def test_erasure_shows_first_and_erases_when_confirmed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = ask(place, capsys)
    assert run(place, "journal", "erase", "--turn", turn) == 0
    assert "Skulle raderas med --confirm: 1 fråga, 1 källa\n" in capsys.readouterr().out
    assert run(place, "journal", "erase", "--turn", turn, "--confirm") == 2
    confirmed = ["--confirm", "--reason", "begäran", "--json"]
    capsys.readouterr()
    assert run(place, "journal", "erase", "--turn", turn, *confirmed) == 0
    assert said(capsys) == {"removed": True, "counts": {"turn": 1, "citation": 1}}


def test_check_gives_a_seal_to_note_and_holds_it_later(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(place, capsys)
    assert run(place, "journal", "check", "--json") == 0
    head = said(capsys)["head"]
    noted = f"{head['n']}:{head['seal']}"
    ask(place, capsys)
    assert run(place, "journal", "check", "--noted", noted) == 0
    (place / "data" / "journal.sqlite3").unlink()
    capsys.readouterr()
    assert run(place, "journal", "check", "--noted", noted) == 1
    assert "men 2 har noterats" in capsys.readouterr().out


def test_doctor_finds_a_journal_that_was_tampered_with(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(place, capsys)
    connection = sqlite3.connect(place / "data" / "journal.sqlite3")
    connection.execute("DROP TRIGGER turn_no_update")
    connection.execute("UPDATE turn SET text = 'Ja.'")
    connection.commit()
    connection.close()
    assert run(place, "doctor", "--json") == 1
    (check,) = [one for one in said(capsys)["checks"] if one["name"] == "Journal"]
    assert check["level"] == "FAIL"


ROLES = '{"u1001": "reader", "u1002": "reviewer", "u1003": "admin"}'


@pytest.mark.parametrize(
    ("arguments", "by", "code"),
    [
        (["journal", "export"], "u1002", 2),
        (["journal", "export"], "u1003", 0),
        (["journal", "gallra"], "u1002", 2),
        (["journal", "erase", "--user", "x"], "u1002", 2),
        (["receipt", "x"], "u1001", 2),
        (["council", "inbox"], "u1001", 2),
        (["council", "inbox"], "u1002", 0),
        (["council", "inbox"], "u1009", 2),
    ],
)
def test_roles_are_held_where_a_council_is_set(
    place: Path, arguments: Sequence[str], by: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAGVISAREN_COUNCIL", ROLES)
    assert run(place, *arguments, "--by", by) == code


@pytest.mark.parametrize(
    "arguments",
    [
        ["journal", "export", "--from", "2026-11-02", "--to", "2026-11-01"],
        ["journal", "check", "--noted", "sju"],
        ["receipt", "borta"],
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    place: Path, arguments: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, *arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("seal", ["1:sha256:9f", "1:9f", "sha256:9f", "1:sha256:" + "g" * 64])
def test_half_a_seal_is_refused_and_not_called_a_change(
    place: Path, capsys: pytest.CaptureFixture[str], seal: str
) -> None:
    assert run(place, "journal", "check", "--noted", seal) == 2
    assert "hela sigillet" in capsys.readouterr().err
