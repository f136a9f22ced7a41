"""Bring the tables of a journal to what this version writes."""

from importlib.resources import files

from sqlalchemy import Connection, inspect, text

from ingest.errors import JournalError

HEAD = "0003"
"""The last migration; a test holds it against the migrations' folder."""


def bring_up_to_date(connection: Connection) -> None:
    """Run the migrations that are missing, within the caller's transaction.

    Raises:
        JournalError: a newer version has written the journal, or it is no journal.
    """
    version = current_version(connection)
    if version == HEAD:
        return
    # Here and not at the top: most of the time nothing is to be done, and the import is slow.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(files("kb.journal") / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise JournalError(
            f"Journalen är skriven av en nyare Vägvisaren (version {version}, den här kan {HEAD}). "
            "Uppgradera programmet; journalen är inte ändrad."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def current_version(connection: Connection) -> str | None:
    """Return the last migration that the journal has seen; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)
