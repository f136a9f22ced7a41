"""Write and read the generations of the manifest: one built beside the old, then swapped in."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from ingest.document import Document, Passage
from kb.embedding.model import Matrix
from kb.index.manifest import (
    DAMAGED,
    DamagedManifestError,
    Generation,
    HeldDocument,
    Role,
    noticing_damage,
    transaction,
)
from kb.index.stored import body_digest, front_as_json, front_from_json, passage_as_json

_COLUMNS = "id, state, identity, vector_cache, in_force_on, documents, passages, vectors, digest"
_AT_ONCE = 500  # keys in one question to SQLite


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A Passage to write, with the manifest rows of its vectors by slot (−1, 0, 1 …)."""

    passage: Passage
    vectors: dict[int, int]


# Reading


def active(connection: sqlite3.Connection) -> Generation | None:
    """Return the generation that answers, if any."""
    return next((g for g in generations(connection) if g.state == "active"), None)


@noticing_damage()
def generations(connection: sqlite3.Connection) -> list[Generation]:
    """Return every generation, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM generation ORDER BY id")  # noqa: S608
    return [
        Generation(
            id=row[0], state=row[1], identity=row[2], vector_cache=row[3],
            in_force_on=date.fromisoformat(row[4]), documents=row[5], passages=row[6],
            vectors=row[7], digest=row[8],
        )
        for row in rows
    ]  # fmt: skip


@noticing_damage()
def held(connection: sqlite3.Connection, generation: int) -> list[HeldDocument]:
    """Return the editions a generation holds, by key."""
    rows = connection.execute(
        "SELECT d.id, d.key, d.front, d.body_digest, h.in_force FROM held h "
        "JOIN document d ON d.id = h.document WHERE h.generation = ? ORDER BY d.key",
        (generation,),
    )
    return [HeldDocument(r[0], r[1], front_from_json(r[2]), r[3], bool(r[4])) for r in rows]


@noticing_damage()
def held_tables(connection: sqlite3.Connection, generation: int) -> dict[str, str]:
    """Return the tables a generation holds: YAML by file name."""
    rows = connection.execute(
        "SELECT name, source FROM held_table WHERE generation = ? ORDER BY name", (generation,)
    )
    return {str(name): str(source) for name, source in rows}


def count_passages(connection: sqlite3.Connection, generation: int) -> int:
    """Count the passages of a generation."""
    row = connection.execute(
        "SELECT count(*) FROM held h JOIN passage p ON p.document = h.document "
        "WHERE h.generation = ?",
        (generation,),
    ).fetchone()
    return int(row[0])


@noticing_damage()
def cached_vectors(
    connection: sqlite3.Connection, cache: str, role: Role, keys: Iterable[bytes]
) -> dict[bytes, int]:
    """Return the rows of the vectors that need not be computed again, by text key.

    Raises:
        DamagedManifestError: one has changed since it was written.
    """
    wanted = list(dict.fromkeys(keys))
    found: dict[bytes, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        sql = (
            "SELECT sha256, id, data, crc FROM vector "  # noqa: S608 - question marks only
            f"WHERE cache = ? AND role = ? AND sha256 IN ({marks})"
        )
        for key, row, data, crc in connection.execute(sql, (cache, role, *part)):
            if crc32(data) != crc:
                raise DamagedManifestError(DAMAGED)
            found[key] = row
    return found


# Writing, each within the caller's transaction unless it says otherwise


def begin(
    connection: sqlite3.Connection,
    generation: int,
    *,
    identity: str,
    vector_cache: str,
    in_force_on: date,
) -> None:
    """Open a new generation in state `building`."""
    connection.execute(
        "INSERT INTO generation(id, state, identity, vector_cache, in_force_on) "
        "VALUES(?, 'building', ?, ?, ?)",
        (generation, identity, vector_cache, in_force_on.isoformat()),
    )


def add_vector(
    connection: sqlite3.Connection, cache: str, role: Role, key: bytes, vectors: Matrix
) -> int:
    """Keep a text's vector, or its spans' vectors row after row; return the row it lies in."""
    data = vectors.astype("<f4").tobytes()
    connection.execute(
        "INSERT INTO vector(cache, role, sha256, data, crc) VALUES(?, ?, ?, ?, ?) "
        "ON CONFLICT(cache, role, sha256) DO NOTHING",
        (cache, role, key, data, crc32(data)),
    )
    row = connection.execute(
        "SELECT id FROM vector WHERE cache = ? AND role = ? AND sha256 = ?", (cache, role, key)
    ).fetchone()
    return int(row[0])


def add_document(
    connection: sqlite3.Connection, document: Document, passages: Sequence[NewPassage]
) -> int:
    """Write an edition with its passages; return its row."""
    cursor = connection.execute(
        "INSERT INTO document(key, front, body_digest) VALUES(?, ?, ?)",
        (document.key, front_as_json(document.front), body_digest(document)),
    )
    row = int(cursor.lastrowid or 0)
    for ordinal, new in enumerate(passages):
        cursor = connection.execute(
            "INSERT INTO passage(document, ordinal, name, audience, content) VALUES(?, ?, ?, ?, ?)",
            (
                row, ordinal, new.passage.id, document.front.audience,
                passage_as_json(new.passage),
            ),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO passage_vector(passage, slot, vector) VALUES(?, ?, ?)",
            [(cursor.lastrowid, slot, vector) for slot, vector in new.vectors.items()],
        )
    return row


def hold(connection: sqlite3.Connection, generation: int, document: int, *, in_force: bool) -> None:
    """Make an edition part of a generation."""
    connection.execute(
        "INSERT INTO held(generation, document, in_force) VALUES(?, ?, ?)",
        (generation, document, in_force),
    )


def hold_table(connection: sqlite3.Connection, generation: int, *, name: str, source: str) -> None:
    """Make a table part of a generation."""
    connection.execute(
        "INSERT INTO held_table(generation, name, source) VALUES(?, ?, ?)",
        (generation, name, source),
    )


def seal(
    connection: sqlite3.Connection,
    generation: int,
    *,
    documents: int,
    passages: int,
    vectors: int,
    digest: str,
) -> None:
    """Note that a generation is complete and checked, with what it holds."""
    connection.execute(
        "UPDATE generation SET state = 'ready', documents = ?, passages = ?, vectors = ?, "
        "digest = ? WHERE id = ?",
        (documents, passages, vectors, digest, generation),
    )


def swap_in(connection: sqlite3.Connection, generation: int) -> None:
    """Let a sealed generation answer from now on, in one transaction of its own."""
    with transaction(connection):
        connection.execute("UPDATE generation SET state = 'retired' WHERE state = 'active'")
        changed = connection.execute(
            "UPDATE generation SET state = 'active' WHERE id = ? AND state = 'ready'", (generation,)
        ).rowcount
        if changed != 1:
            raise sqlite3.IntegrityError(f"generation {generation} is not sealed")


def forget(connection: sqlite3.Connection, forgotten: Sequence[int]) -> None:
    """Remove generations and the editions only they held, in one transaction of its own."""
    with transaction(connection):
        connection.executemany("DELETE FROM generation WHERE id = ?", [(g,) for g in forgotten])
        connection.execute("DELETE FROM document WHERE id NOT IN (SELECT document FROM held)")


def forget_unused_vectors(connection: sqlite3.Connection) -> None:
    """Remove the vectors that no passage has any more, in one transaction of its own."""
    with transaction(connection):
        connection.execute("DELETE FROM vector WHERE id NOT IN (SELECT vector FROM passage_vector)")
