"""The database itself refuses to change what has been written."""

import pytest
from sqlalchemy import Connection, text

from ingest.errors import JournalError
from kb.journal.guards import missing_guards
from kb.journal.store import Journal
from kb.journal.tables import metadata
from tests.kb.journal.made import add_turn

TABLES = [table.name for table in metadata.sorted_tables]


def fill(journal: Journal) -> None:
    """Write a row in every table."""
    add_turn(journal)
    with journal.writing() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(table.select()).first() is None:
                row = {c.name: 0 if "INT" in str(c.type) else "x" for c in table.columns}
                row |= {c.name: True for c in table.columns if str(c.type) == "BOOLEAN"}
                connection.execute(table.insert(), row)


def attempt(journal: Journal, statement: str) -> None:
    with pytest.raises(JournalError, match="append-only"), journal.writing() as connection:
        connection.execute(text(statement))


def column_of(table: str) -> str:
    return next(iter(metadata.tables[table].primary_key)).name


def test_no_row_can_be_updated_or_deleted(journal: Journal) -> None:
    fill(journal)
    for table in TABLES:
        column = column_of(table)
        attempt(journal, f"UPDATE {table} SET {column} = {column}")
        attempt(journal, f"DELETE FROM {table}")


def test_a_row_cannot_be_replaced_in_sqlite(file_journal: Journal) -> None:
    fill(file_journal)
    for table in TABLES:
        attempt(file_journal, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_a_table_cannot_be_emptied_in_postgresql(journal: Journal) -> None:
    with journal.looking() as connection:
        if connection.dialect.name != "postgresql":
            pytest.skip("SQLite has no TRUNCATE")
    for table in TABLES:
        attempt(journal, f"TRUNCATE {table}")


def test_a_row_goes_when_the_log_names_it_and_only_that(journal: Journal) -> None:
    kept, gone = add_turn(journal), add_turn(journal)
    with journal.writing() as connection:
        connection.execute(text(f"INSERT INTO removed VALUES ('turn', '{gone}', 'r')"))
        connection.execute(text(f"DELETE FROM turn WHERE id = '{gone}'"))
    attempt(journal, f"DELETE FROM turn WHERE id = '{kept}'")


def drop(connection: Connection, name: str, table: str) -> None:
    on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
    connection.execute(text(f"DROP TRIGGER {name}{on}"))


def test_a_guard_that_is_taken_away_is_missed(journal: Journal) -> None:
    with journal.writing() as connection:
        assert missing_guards(connection) == ()
        drop(connection, "turn_no_update", "turn")
        assert missing_guards(connection) == ("turn_no_update",)
