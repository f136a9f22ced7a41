"""`vagvisaren switch` turns the service off and on, for an administrator alone."""

import json
from pathlib import Path

import pytest

from kb import doctor
from kb.cli import main
from kb.settings import Settings

pytestmark = pytest.mark.usefixtures("file_journal")  # of a service that has run

SAID = "Stängt till klockan 13."


def run(place: Path, *arguments: str) -> int:
    return main(["--data", str(place), "switch", *arguments])


def test_off_status_and_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "status") == 0
    assert run(tmp_path, "off", "--message", SAID, "--message-en", "Closed.", "--by", "u1") == 0
    capsys.readouterr()
    assert run(tmp_path, "status", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["is_on"], found["message"], found["by"]) == (False, SAID, "u1")
    assert run(tmp_path, "on") == 0
    assert run(tmp_path, "status") == 0
    assert capsys.readouterr().out.startswith("På sedan ")


@pytest.mark.parametrize("arguments", [["off", "--message", "x"], ["on"]])
def test_only_an_administrator_may_turn_it(
    tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAGVISAREN_COUNCIL", '{"u1": "reviewer", "u2": "admin"}')
    assert run(tmp_path, *arguments, "--by", "u1") == 2
    assert run(tmp_path, *arguments, "--by", "u2") == 0


def test_doctor_says_that_it_is_off(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert list(doctor._switch(settings)) == []
    run(tmp_path, "off", "--message", SAID, "--by", "u1")
    (check,) = doctor._switch(settings)
    assert (check.level, check.remedy) == (doctor.Level.WARN, "Slå på med vagvisaren switch on.")
    assert "av u1" in check.found
    run(tmp_path, "on")
    assert list(doctor._switch(settings)) == []


def test_who_turned_it_comes_out_with_the_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "off", "--message", SAID, "--by", "u1")
    capsys.readouterr()
    assert main(["--data", str(tmp_path), "journal", "export", "--everything"]) == 0
    (event,) = json.loads(capsys.readouterr().out)["events"]["switch"]
    assert (event["actor"], event["message"], event["is_on"]) == ("u1", SAID, False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["switch", "off", "--message", SAID],
        ["switch", "status"],
        ["sign-out", "u1"],
        ["token", "issue", "--name", "x", "--days", "3"],
        ["backup", "--out", "kopia.tar.gz"],
    ],
)
def test_nothing_is_done_where_no_service_has_a_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    elsewhere = tmp_path / "annans"
    assert main(["--data", str(elsewhere), *arguments]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "finns ingen journal" in said.err
    assert not elsewhere.exists()
