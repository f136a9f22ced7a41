"""`sign-out` ends every session of a person, needs the highest role, and is written down."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kb.cli import main
from kb.journal.store import open_journal
from kb.journal.tables import sign_in
from kb.person import Person
from kb.sign_in.sessions import open_sessions
from tests.kb.sign_in.conftest import LIMITS

pytestmark = pytest.mark.usefixtures("file_journal")  # of a service that has run


def test_every_session_of_the_person_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sessions = open_sessions(tmp_path, url=None, limits=LIMITS, now=lambda: datetime.now(UTC))
    own = [sessions.begin(Person("u1001")) for _ in range(2)]
    other = sessions.begin(Person("u1002"))
    assert main(["--data", str(tmp_path), "--json", "sign-out", "u1001", "--by", "u9"]) == 0
    assert json.loads(capsys.readouterr().out) == {"user": "u1001", "ended": 2}
    assert [sessions.find(identity) for identity in own] == [None, None]
    assert sessions.find(other)
    sessions.close()
    journal = open_journal(tmp_path)
    with journal.looking() as connection:
        (row,) = connection.execute(sign_in.select()).mappings()
    journal.close()
    assert (row["event"], row["actor"]) == ("out", "u9")
    assert row["detail"] == "by_admin; user=u1001; sessions=2"


def test_a_lesser_role_ends_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAGVISAREN_COUNCIL", '{"u9": "reviewer"}')
    sessions = open_sessions(tmp_path, url=None, limits=LIMITS, now=lambda: datetime.now(UTC))
    identity = sessions.begin(Person("u1001"))
    assert main(["--data", str(tmp_path), "sign-out", "u1001", "--by", "u9"]) == 2
    assert "kräver administratör" in capsys.readouterr().err
    assert sessions.find(identity)
    sessions.close()
