"""Open the journal, by default SQLite in the data folder, and read and write in it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, insert, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ingest.errors import JournalError, SettingsError
from kb.data_folder import make_data_folder
from kb.explain import explain
from kb.journal.schema import bring_up_to_date
from kb.journal.tables import setup

FILE = "journal.sqlite3"
WAIT = 30  # seconds that a writer waits for its turn
_ROOM = 2**18  # bytes that must be free beside the file of the journal: some turns
_ONE_WRITER = 6_817_120_041  # the number of the lock that writers take in PostgreSQL


class Journal:
    """An opened journal; safe to share between threads, and between processes of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Run one write, alone: all of it holds, or nothing.

        Raises:
            JournalError: the database refused or could not be reached.
        """
        with _explained(self._engine), self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_WRITER:d})"))
            yield connection

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Run one look that sees a single moment; only what is nobody's is read without a trace.

        Raises:
            JournalError: the database could not be reached.
        """
        engine = self._engine
        level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
        look = engine.execution_options(
            only_look=True, **({"isolation_level": level} if level else {})
        )
        with _explained(engine), look.begin() as connection:
            yield connection

    def prove_writable(self) -> None:
        """Write a row and take it back, so that nothing is left but the knowledge that it can.

        Raises:
            JournalError: the database could not be reached, or refused.
        """
        proof = insert(setup).values(digest=f"proof:{uuid4().hex}", content="")
        with _explained(self._engine), self._engine.connect() as connection:
            connection.execute(proof)
            connection.rollback()
        _prove_room(self._engine.url)

    def wipe(self) -> None:
        """Let what was removed leave the disk too; PostgreSQL does so by its own vacuum."""
        if self._engine.dialect.name == "sqlite" and self._engine.url.database:
            # On a connection of its own: a checkpoint cannot run inside a transaction.
            with closing(sqlite3.connect(self._engine.url.database, timeout=WAIT)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def journal_path(data: Path) -> Path:
    """Return the file of the journal when no other database is named."""
    return data / FILE


def open_journal(data: Path, *, url: str | None = None) -> Journal:
    """Open the journal, made on first use and migrated to what this version writes.

    Raises:
        SettingsError: the URL names no database that can be used, or its driver is missing.
        JournalError: it cannot be opened, or a newer version has written it.
    """
    journal = Journal(open_engine(journal_path(data), url=url))
    try:
        with journal.writing() as connection:
            bring_up_to_date(connection)
    except BaseException:
        journal.close()
        raise
    return journal


def open_engine(path: Path, *, url: str | None = None) -> Engine:
    """Make the engine of the database that `url` names, else of a file that only its owner reads.

    Raises:
        SettingsError: the URL names no database that can be used, or its driver is missing.
    """
    if url:
        return _engine(_read_url(url))
    make_data_folder(path.parent)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return _engine(URL.create("sqlite", database=str(path)))


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": WAIT})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError as error:
        raise SettingsError(
            "Drivrutinen för PostgreSQL saknas. Kör pip install 'vagvisaren[postgres]'."
        ) from error


def _read_url(url: str) -> URL:
    """Read the address of a database; it may hold a password, so no message shows it."""
    try:
        read = make_url(url.strip())
        backend = read.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        backend = ""
    if backend in ("postgresql", "postgres"):
        return read.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and read.database:
        return read
    raise SettingsError(
        "VAGVISAREN_JOURNAL_URL går inte att använda. Skriv "
        "postgresql://användare:lösenord@värd/databas, eller lämna den tom för SQLite."
    )


def _prove_room(url: URL) -> None:
    """Write beside the file of the journal and take it back.

    SQLite writes nothing before a transaction is kept, so that the row alone proves neither that
    the disk has room nor that the folder is there still.
    """
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    try:
        with TemporaryFile(dir=Path(url.database).parent) as proof:
            proof.write(b"-" * _ROOM)
            proof.flush()
    except OSError as error:
        raise JournalError(explain(error)) from error


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    """Set up one connection: own transactions, a log that survives a kill, nothing left behind."""
    del record
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN" if options.get("only_look") else "BEGIN IMMEDIATE")


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Say in plain words what the database said, without what it was asked."""
    try:
        yield
    except DBAPIError as error:
        raise JournalError(
            f"Journalen kunde inte läsas eller skrivas ({_plain(error.orig)}). Kontrollera att "
            f"{_place(engine.url)} går att nå och skriva i, och kör vagvisaren doctor."
        ) from error
    except SQLAlchemyError as error:
        raise JournalError(
            f"Journalen kunde inte användas ({type(error).__name__}). Kör vagvisaren doctor."
        ) from error


def _plain(error: BaseException | None) -> str:
    """Return the first line of a driver's message: further lines may quote what was written."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _place(url: URL) -> str:
    """Name where the journal lies; never the user or the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return f"databasen på {url.host}" if url.host else "databasen"
