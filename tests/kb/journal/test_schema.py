"""The migrations make the tables that the code writes in, in every database."""

from importlib.resources import files
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kb.journal.chain import head
from kb.journal.schema import HEAD, current_version
from kb.journal.store import Journal, open_journal
from kb.journal.tables import metadata
from kb.journal.verify import verify
from tests.kb.journal.made import add_turn


def test_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("kb.journal") / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_new_journal_has_the_tables_of_the_code(journal: Journal) -> None:
    with journal.looking() as connection:
        assert current_version(connection) == HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_journal_of_the_first_version_keeps_its_rows_and_its_seals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    with monkeypatch.context() as then:
        then.setattr(command, "upgrade", lambda config, _: upgrade(config, "0001"))
        journal = open_journal(tmp_path)
    add_turn(journal)
    with journal.looking() as connection:
        assert current_version(connection) == "0001"
        before = head(connection)
    journal.close()

    journal = open_journal(tmp_path)
    add_turn(journal)
    with journal.looking() as connection:
        assert current_version(connection) == HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        verdict = verify(connection, noted=before)
    assert (verdict.faults, verdict.records["turn"]) == ((), 2)
    journal.close()
