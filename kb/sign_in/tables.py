"""The tables of sessions: no record, so neither sealed nor migrated."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Engine, Index, MetaData, Table, Text, inspect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ingest.errors import SignInError

# A number in the names: a version that keeps other columns makes tables of its own, and all that
# happens is that everybody signs in once more.
metadata = MetaData()
sessions = Table(
    "web_session_1",
    metadata,
    Column("digest", Text, primary_key=True),
    *(Column(name, Text, nullable=False) for name in ("user", "name", "role", "groups")),
    *(Column(name, Text, nullable=False) for name in ("subject", "provider_session", "thread")),
    *(Column(name, Text, nullable=False) for name in ("started", "seen")),
    Index("web_session_1_subject", "subject"),
)
spent = Table(
    "web_sign_in_1",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("at", Text, nullable=False),
)


def make_tables(engine: Engine) -> None:
    """Make the tables that are missing; another process may make them at the same moment."""
    with answering():
        for table in metadata.sorted_tables:
            try:
                table.create(engine, checkfirst=True)
            except DBAPIError:
                if not inspect(engine).has_table(table.name):
                    raise


@contextmanager
def answering() -> Iterator[None]:
    """Say in plain words that the database of sessions does not answer."""
    try:
        yield
    except SQLAlchemyError as error:
        raise SignInError(
            "Inloggningarna kan inte läsas just nu. Försök igen om en stund.", reason="no_database"
        ) from error
