"""The journal opens where it is told, for its owner only, and tells no secret in an error."""

import errno
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.errors import JournalError, SettingsError
from kb.backup.rows import count_rows
from kb.index.storage import owner
from kb.journal import store
from kb.journal.store import Journal, journal_path, open_journal
from kb.journal.verify import verify
from tests.kb.journal.made import add_turn


def test_the_file_is_for_its_owner_only(file_journal: Journal, tmp_path: Path) -> None:
    add_turn(file_journal)
    for path in tmp_path.glob("journal.sqlite3*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_new_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    open_journal(tmp_path / "ny").close()
    with owner(tmp_path / "annan"):
        pass
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ny", "annan")]
    assert modes == [0o700, 0o700]


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    first = open_journal(tmp_path)
    add_turn(first)
    first.close()
    again = open_journal(tmp_path)
    with again.looking() as connection:
        assert verify(connection).records["turn"] == 1
    again.close()


def test_a_write_that_breaks_off_leaves_nothing(journal: Journal) -> None:
    def break_off() -> None:
        with journal.writing() as connection:
            connection.execute(text("INSERT INTO setup(digest, content) VALUES('a', 'b')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with journal.looking() as connection:
        assert connection.scalar(text("SELECT count(*) FROM setup")) == 0


def test_a_journal_of_a_newer_version_is_refused_unchanged(tmp_path: Path) -> None:
    first = open_journal(tmp_path)
    with first.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    first.close()
    before = journal_path(tmp_path).read_bytes()
    with pytest.raises(JournalError, match="nyare Vägvisaren"):
        open_journal(tmp_path)
    assert journal_path(tmp_path).read_bytes() == before


@pytest.mark.parametrize(
    "url", ["mysql://u:hemligt@h/d", "hemligt", "sqlite://", "oracle+x://u:hemligt@h/d", "://"]
)
def test_a_url_that_cannot_be_used_is_refused_without_showing_it(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="VAGVISAREN_JOURNAL_URL") as refused:
        open_journal(tmp_path, url=url)
    assert "hemligt" not in str(refused.value)


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(JournalError, match="doctor") as refused:
        open_journal(tmp_path, url="postgresql://u:hemligt@127.0.0.1:1/d")
    assert "hemligt" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_a_file_that_is_no_database_says_so_in_one_line(tmp_path: Path) -> None:
    journal_path(tmp_path).write_text("inte en databas, bara text i vägen" * 50)
    with pytest.raises(JournalError, match="doctor") as refused:
        open_journal(tmp_path)
    assert len(str(refused.value).splitlines()) == 1


def test_what_proves_that_it_can_be_written_leaves_nothing(journal: Journal) -> None:
    journal.prove_writable()
    with journal.looking() as connection:
        assert count_rows(connection) == 0


def test_a_full_disk_is_seen_before_anybody_asks(
    file_journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "TemporaryFile", full)
    with pytest.raises(JournalError, match="Disken är full"):
        file_journal.prove_writable()


def test_a_folder_that_is_gone_is_seen_although_the_file_is_open(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "data")
    journal.prove_writable()
    (tmp_path / "data").rename(tmp_path / "borta")
    with pytest.raises(JournalError):
        journal.prove_writable()
    journal.close()
