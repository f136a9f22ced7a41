"""A session holds for its time and ends at once when told to; only the browser has its id."""

from datetime import timedelta
from pathlib import Path

import pytest

from ingest.errors import SignInError
from kb.journal.records import Role
from kb.journal.store import open_engine
from kb.person import Person
from kb.sign_in.sessions import FILE, Sessions, open_sessions
from tests.kb.sign_in.conftest import LIMITS
from tests.kb.sign_in.fake_provider import Clock

READER = Person("u1001", "Prov Ett", Role.AUTHOR, frozenset({"chefer", "hr"}))
OTHER = Person("u1002", "Prov Två")
HOLDS = timedelta(minutes=10)


def test_a_session_gives_back_the_person(sessions: Sessions) -> None:
    found = sessions.find(sessions.begin(READER))
    assert found is not None
    assert found.person == READER


@pytest.mark.parametrize("identity", ["", "x", "' OR 1=1 --", "\udcff", "x" * 10_000])
def test_an_id_that_nobody_was_given_is_nobody(sessions: Sessions, identity: str) -> None:
    sessions.begin(READER)
    assert sessions.find(identity) is None


def test_every_id_is_new_and_long(sessions: Sessions) -> None:
    ids = {sessions.begin(READER) for _ in range(20)}
    assert len(ids) == 20
    assert min(map(len, ids)) >= 43


def test_a_session_without_calls_runs_out(sessions: Sessions, clock: Clock) -> None:
    identity = sessions.begin(READER)
    clock.move(minutes=29)
    assert sessions.find(identity)
    clock.move(minutes=29)
    assert sessions.find(identity)
    clock.move(minutes=31)
    assert sessions.find(identity) is None


def test_a_session_in_use_runs_out_too(sessions: Sessions, clock: Clock) -> None:
    identity = sessions.begin(READER)
    for _ in range(5):
        clock.move(minutes=11)
        assert sessions.find(identity)
    clock.move(minutes=6)
    assert sessions.find(identity) is None


def test_an_ended_session_is_over_at_once(sessions: Sessions) -> None:
    identity = sessions.begin(READER)
    sessions.end(identity)
    assert sessions.find(identity) is None


def test_all_sessions_of_a_user_end_and_no_others(sessions: Sessions) -> None:
    own, again, other = sessions.begin(READER), sessions.begin(READER), sessions.begin(OTHER)
    assert len(sessions.end_all(user="u1001")) >= 2
    assert sessions.find(own) is sessions.find(again) is None
    assert sessions.find(other)


def test_one_session_at_the_provider_ends(sessions: Sessions) -> None:
    one = sessions.begin(READER, subject="s", provider_session="p1")
    two = sessions.begin(READER, subject="s", provider_session="p2")
    assert sessions.end_all(subject="s", provider_session="p1") == ("u1001",)
    assert sessions.find(one) is None
    assert sessions.find(two)


def test_nothing_named_ends_nothing(sessions: Sessions) -> None:
    identity = sessions.begin(READER)
    assert sessions.end_all() == ()
    assert sessions.find(identity)


def test_signing_in_again_ends_the_session_before(sessions: Sessions) -> None:
    first = sessions.begin(READER)
    second = sessions.begin(READER, before=first)
    assert sessions.find(first) is None
    assert sessions.find(second)


def test_the_same_person_goes_on_in_the_browser_and_another_does_not(
    sessions: Sessions, clock: Clock
) -> None:
    first = sessions.begin(READER)
    before = sessions.find(first)
    clock.move(hours=2)
    second = sessions.begin(READER, before=first)
    after = sessions.find(second)
    third = sessions.find(sessions.begin(OTHER, before=second))
    assert before and after and third  # noqa: PT018
    assert before.thread == after.thread != third.thread


def test_after_signing_out_nothing_goes_on(sessions: Sessions) -> None:
    first = sessions.begin(READER)
    before = sessions.find(first)
    sessions.end(first)
    after = sessions.find(sessions.begin(READER, before=first))
    assert before and after  # noqa: PT018
    assert before.thread != after.thread


def test_an_attempt_is_used_once(sessions: Sessions, clock: Clock) -> None:
    secret = f"hemlig-{id(clock)}"
    assert sessions.spend(secret, holds=HOLDS)
    assert not sessions.spend(secret, holds=HOLDS)
    clock.move(minutes=10)
    assert not sessions.spend(secret, holds=HOLDS)


def test_another_process_sees_the_same(tmp_path: Path, clock: Clock) -> None:
    one, two = (open_sessions(tmp_path, url=None, limits=LIMITS, now=clock) for _ in range(2))
    identity = one.begin(READER)
    assert two.find(identity)
    two.end(identity)
    assert one.find(identity) is None
    assert one.spend("a", holds=HOLDS)
    assert not two.spend("a", holds=HOLDS)
    one.close()
    two.close()


def test_the_id_is_not_on_the_disk_and_only_the_owner_reads_the_file(
    tmp_path: Path, clock: Clock
) -> None:
    opened = open_sessions(tmp_path, url=None, limits=LIMITS, now=clock)
    identity = opened.begin(READER)
    opened.close()
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"u1001" in kept
    assert identity.encode() not in kept


def test_old_sessions_leave_the_database(tmp_path: Path, clock: Clock) -> None:
    opened = open_sessions(tmp_path, url=None, limits=LIMITS, now=clock)
    for _ in range(5):
        opened.begin(READER)
    clock.move(days=2)
    opened.begin(OTHER)
    opened.close()
    engine = open_engine(tmp_path / FILE)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT user FROM web_session_1").fetchall()
    engine.dispose()
    assert [row[0] for row in rows] == ["u1002"]


def test_a_database_that_is_gone_lets_nobody_in(tmp_path: Path, clock: Clock) -> None:
    opened = open_sessions(tmp_path, url=None, limits=LIMITS, now=clock)
    identity = opened.begin(READER)
    opened.close()
    for path in tmp_path.iterdir():
        path.write_bytes(b"no database" * 1000)
    with pytest.raises(SignInError) as refused:
        opened.find(identity)
    assert refused.value.reason == "no_database"
    opened.close()
