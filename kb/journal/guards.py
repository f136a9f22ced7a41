"""Triggers that let the database itself refuse to change what has been written.

No row is ever updated or replaced. A row goes only if `removed` already names it, and `removed`
and `removal` lose nothing: so nothing leaves the journal without the journal saying so.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

from kb.journal.tables import metadata

REFUSED = "journal is append-only"
Keys = Sequence[tuple[str, str]]
"""Tables with their key columns."""


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """Return the triggers that somebody has taken away or switched off, by name."""
    if connection.dialect.name == "postgresql":
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(c.oid)"
        )
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    there = set(connection.scalars(text(query)))
    own = "truncate" if connection.dialect.name == "postgresql" else "replace"
    events, tables = ("update", "delete", own), metadata.sorted_tables
    wanted = {f"{table.name}_no_{event}" for table in tables for event in events}
    return tuple(sorted(wanted - there))


def sqlite_guards(going: Keys, staying: Keys) -> Iterator[str]:
    """Yield the triggers for tables whose rows may go when named, and for those that stay.

    The names come from the table definitions, never from a person.
    """
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    for table, key in (*going, *staying):
        named = f"(SELECT 1 FROM removed WHERE kind = '{table}' AND record = OLD.{key})"
        unless = f" WHEN NOT EXISTS {named}" if (table, key) in going else ""
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}{unless} {refuse}"
        # INSERT OR REPLACE removes the old row without asking the trigger on DELETE.
        same = "kind = NEW.kind AND record = NEW.record"
        same = same if table == "removed" else f"{key} = NEW.{key}"
        there = f"(SELECT 1 FROM {table} WHERE {same})"
        before = f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        yield f"{before} WHEN EXISTS {there} {refuse}"


def postgresql_guards(going: Keys, staying: Keys) -> Iterator[str]:
    """Yield functions and triggers as `sqlite_guards` does; TRUNCATE is refused too."""
    yield (
        "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{REFUSED}'; END$$"
    )
    yield (
        "CREATE FUNCTION journal_only_named() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
        "IF NOT EXISTS (SELECT 1 FROM removed "
        "WHERE kind = TG_TABLE_NAME::text AND record = OLD.id) "
        f"THEN RAISE EXCEPTION '{REFUSED}'; END IF; RETURN OLD; END$$"
    )
    yield from postgresql_triggers(going, staying)


def postgresql_triggers(going: Keys, staying: Keys) -> Iterator[str]:
    """Yield the triggers alone, for tables that come after the functions are there."""
    for table, key in (*going, *staying):
        on_delete = "journal_only_named" if (table, key) in going else "journal_refuse"
        for event, each, function in (
            ("UPDATE", "ROW", "journal_refuse"),
            ("DELETE", "ROW", on_delete),
            ("TRUNCATE", "STATEMENT", "journal_refuse"),
        ):
            yield (
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {function}()"
            )
