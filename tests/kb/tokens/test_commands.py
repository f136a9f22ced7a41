"""Tokens on the command line: issued once, listed without the secret, revoked; roles held."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.cli import main
from kb.tokens.token import read_token

pytestmark = pytest.mark.usefixtures("file_journal")  # of a service that has run

ISSUE = ("token", "issue", "--name", "Intranätets sök", "--days", "90")


def run(data: Path, *arguments: str) -> int:
    return main(["--data", str(data), *arguments])


def test_the_token_stands_alone_on_stdout_and_nowhere_afterwards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *ISSUE, "--group", "skola") == 0
    shown = capsys.readouterr()
    text = shown.out.strip()
    assert read_token(text)
    assert "visas bara nu" in shown.err
    run(tmp_path, "token", "list")
    listed = capsys.readouterr().out
    assert listed.startswith(f"vgv_{text.split('_')[1]}: giltig; Intranätets sök")
    assert "grupper skola" in listed
    run(tmp_path, "journal", "export", "--everything")
    kept = capsys.readouterr().out
    assert "Intranätets sök" in kept
    secret = text.split("_", 2)[2]
    files = b"".join(path.read_bytes() for path in tmp_path.glob("journal*"))
    assert secret not in shown.err + listed + kept
    assert secret.encode() not in files
    parts = read_token(text)
    assert parts is not None
    assert parts.digest not in kept


def test_a_revoked_token_is_listed_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, *ISSUE, "--json")
    issued = json.loads(capsys.readouterr().out)
    assert issued["state"] == "giltig"
    assert run(tmp_path, "token", "revoke", issued["id"]) == 0
    capsys.readouterr()
    run(tmp_path, "token", "list", "--json")
    (listed,) = json.loads(capsys.readouterr().out)["tokens"]
    assert listed["state"] == "återkallad"
    assert "token" not in listed


@pytest.mark.parametrize(
    "arguments",
    [
        (*ISSUE[:3], "rad\nrad", *ISSUE[4:]),
        (*ISSUE[:-1], "400"),
        (*ISSUE, "--group", " "),
        ("token", "revoke", "finns-inte"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    tmp_path: Path, arguments: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, *arguments) == 2
    assert re.fullmatch(r"vagvisaren: .+\.\n", capsys.readouterr().err)


@pytest.mark.parametrize("missing", ["--name", "--days"])
def test_a_token_without_name_or_end_is_not_issued(tmp_path: Path, missing: str) -> None:
    place = ISSUE.index(missing)
    with pytest.raises(SystemExit):
        run(tmp_path, *ISSUE[:place], *ISSUE[place + 2 :])


@pytest.mark.parametrize("by", ["u1001", "u1002", "u1009"])
@pytest.mark.parametrize("verb", [ISSUE, ("token", "list"), ("token", "revoke", "x")])
def test_only_an_admin_may(
    tmp_path: Path,
    verb: Sequence[str],
    by: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(
        "VAGVISAREN_COUNCIL", '{"u1001": "reader", "u1002": "reviewer", "u1003": "admin"}'
    )
    assert run(tmp_path, *verb, "--by", by) == 2
    assert "kräver administratör" in capsys.readouterr().err


def test_one_who_issues_is_told_when_the_api_is_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAGVISAREN_API", "false")
    assert run(tmp_path, *ISSUE) == 0
    assert "VAGVISAREN_API" in capsys.readouterr().err
