"""Keep documents, passages, vectors and generations in one SQLite file, the index's own truth."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from ingest.document import FrontMatter
from ingest.errors import IndexUnavailableError

SCHEMA = 2  # raise it when a table changes: another version is rebuilt, never guessed
MANIFEST = "manifest.sqlite3"
SPANS_SLOT = -1
BODY_SLOT = 0

DAMAGED = "Indexet är skadat. Kör vagvisaren sync, så byggs det om från biblioteket."

_BROKEN = frozenset(
    {
        sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_FORMAT,
    }
)  # fmt: skip
_SURROUNDINGS = frozenset(
    {
        sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH,
    }
)  # fmt: skip

Role = Literal["passage", "question", "spans"]

_TABLES = """
CREATE TABLE generation(
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK(state IN ('building', 'ready', 'active', 'retired')),
  identity TEXT NOT NULL,
  vector_cache TEXT NOT NULL,
  in_force_on TEXT NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0,
  passages INTEGER NOT NULL DEFAULT 0,
  vectors INTEGER NOT NULL DEFAULT 0,
  digest TEXT NOT NULL DEFAULT '');
CREATE UNIQUE INDEX one_active ON generation(state) WHERE state = 'active';
CREATE TABLE document(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, front TEXT NOT NULL, body_digest TEXT NOT NULL);
CREATE TABLE held(
  generation INTEGER NOT NULL REFERENCES generation ON DELETE CASCADE,
  document INTEGER NOT NULL REFERENCES document,
  in_force INTEGER NOT NULL,
  PRIMARY KEY(generation, document)) WITHOUT ROWID;
CREATE INDEX held_document ON held(document);
CREATE TABLE held_table(
  generation INTEGER NOT NULL REFERENCES generation ON DELETE CASCADE,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY(generation, name)) WITHOUT ROWID;
CREATE TABLE passage(
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  audience TEXT NOT NULL,
  content TEXT NOT NULL,
  UNIQUE(document, ordinal));
CREATE TABLE vector(
  id INTEGER PRIMARY KEY,
  cache TEXT NOT NULL,
  role TEXT NOT NULL CHECK(role IN ('passage', 'question', 'spans')),
  sha256 BLOB NOT NULL,
  data BLOB NOT NULL,
  crc INTEGER NOT NULL,
  UNIQUE(cache, role, sha256));
CREATE TABLE passage_vector(
  passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
  slot INTEGER NOT NULL,
  vector INTEGER NOT NULL REFERENCES vector,
  PRIMARY KEY(passage, slot)) WITHOUT ROWID;
CREATE INDEX passage_vector_vector ON passage_vector(vector);
"""


class DamagedManifestError(IndexUnavailableError):
    """The manifest holds something else than was written; only building it anew helps."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One build of the index; `digest` seals documents, passages and vectors together.

    `in_force_on` is the day its `held.in_force` was decided for.
    """

    id: int
    state: str
    identity: str
    vector_cache: str
    in_force_on: date
    documents: int
    passages: int
    vectors: int
    digest: str


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """An edition as a generation holds it; `row` is its number in the manifest."""

    row: int
    key: str
    front: FrontMatter
    body_digest: str
    in_force: bool


def is_damage(error: sqlite3.Error) -> bool:
    """Say whether SQLite itself found the file broken or inconsistent."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN


@contextmanager
def noticing_damage() -> Iterator[None]:
    """Tell damage by what it leads to when rows are read: anything but what was written.

    Raises:
        DamagedManifestError: the rows cannot be what was written.
        sqlite3.Error: the trouble lies outside the file.
    """
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _SURROUNDINGS:
            raise
        raise DamagedManifestError(DAMAGED) from error
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
        raise DamagedManifestError(DAMAGED) from error


def connect(path: Path) -> sqlite3.Connection:
    """Open the manifest for writing; make it, or make it anew if its schema is another.

    Raises:
        sqlite3.Error: it cannot be opened; `is_damage` tells whether removing it helps.
    """
    connection = _open(path)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, SCHEMA):
        connection.close()
        remove(path)
        connection, version = _open(path), 0
    if version == 0:
        with transaction(connection):
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA:d}")
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the manifest for reading, also in a folder that cannot be written to.

    The connection may be used from any thread, one at a time.

    Raises:
        sqlite3.Error: it is missing, damaged or of another schema.
    """
    try:
        return _open_to_read(path, "mode=ro")
    except sqlite3.OperationalError:
        # WAL wants to write beside the file; without a pending log it may be read as it stands.
        log = path.with_name(path.name + "-wal")
        if not path.exists() or (log.exists() and log.stat().st_size):
            raise
        return _open_to_read(path, "immutable=1")


def remove(path: Path) -> None:
    """Remove a manifest that cannot be used, with its log."""
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        path.with_name(name).unlink(missing_ok=True)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run statements as one write: all of them hold, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # SQLite itself has rolled back when the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _open_to_read(path: Path, option: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{option}",
        uri=True, timeout=10, isolation_level=None, check_same_thread=False,
    )  # fmt: skip
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA:
            raise sqlite3.DatabaseError(f"schema {version} instead of {SCHEMA}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
