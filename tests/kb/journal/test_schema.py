"""The migrations make the tables that the code writes in, in every database."""

from importlib.resources import files

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kb.journal.schema import HEAD, current_version
from kb.journal.store import Journal
from kb.journal.tables import metadata


def test_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("kb.journal") / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_new_journal_has_the_tables_of_the_code(journal: Journal) -> None:
    with journal.looking() as connection:
        assert current_version(connection) == HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
