"""Fetch the passages of an opened generation from the manifest, as they are asked for."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import crc32

import numpy as np

from ingest.document import Passage
from ingest.errors import IndexUnavailableError
from kb.embedding.model import Matrix
from kb.index.manifest import DAMAGED, SPANS_SLOT, DamagedManifestError, noticing_damage
from kb.index.snapshot import Snapshot
from kb.index.stored import passage_from_json

_REMEMBERED = 4_096
_AT_ONCE = 500  # rows in one question to SQLite
_GONE = "Indexet har bytts ut medan frågan besvarades. Ställ frågan igen."


class Shelf:
    """The passages of one generation by their place in its Snapshot; safe from any thread."""

    def __init__(self, connection: sqlite3.Connection, snapshot: Snapshot, path: Path) -> None:
        self._connection = connection
        self._snapshot = snapshot
        self._path = path
        self._inode = path.stat().st_ino
        self._lock = Lock()
        self._known: dict[int, Passage] = {}  # replaced, never changed: readers need no lock

    def passages(self, places: Iterable[int]) -> tuple[Passage, ...]:
        """Return the passages at some places, in that order.

        Raises:
            IndexUnavailableError: the generation is no longer in the manifest, or is damaged.
        """
        wanted = [int(self._snapshot.rows[place]) for place in places]
        known = self._known
        missing = [row for row in wanted if row not in known]
        if missing:
            if len(known) + len(missing) > _REMEMBERED:
                known = {row: known[row] for row in wanted if row in known}
            self._known = known = known | self._read(missing)
        return tuple(known[row] for row in wanted)

    def span_vectors(self, place: int) -> Matrix:
        """Return the sentence vectors of a passage: float32 (sentences, dimensions)."""
        data, crc = self._row(
            "SELECT v.data, v.crc FROM passage_vector pv JOIN vector v ON v.id = pv.vector "
            "WHERE pv.passage = ? AND pv.slot = ?",
            (int(self._snapshot.rows[place]), SPANS_SLOT),
        )
        with noticing_damage():
            if crc32(data) != crc:
                raise DamagedManifestError(DAMAGED)
            vectors: Matrix = np.frombuffer(data, dtype="<f4")
            return vectors.reshape(-1, self._snapshot.vectors.shape[1])

    def is_stale(self) -> bool:
        """Say whether another generation answers now, or the manifest was made anew."""
        try:
            if self._path.stat().st_ino != self._inode:
                return True
            with self._lock:
                row = self._connection.execute(
                    "SELECT id FROM generation WHERE state = 'active'"
                ).fetchone()
        except (OSError, sqlite3.Error):
            return True
        return row is None or row[0] != self._snapshot.generation.id

    def close(self) -> None:
        """Let go of the manifest."""
        with self._lock:
            self._connection.close()

    def _read(self, rows: Sequence[int]) -> dict[int, Passage]:
        found: dict[int, Passage] = {}
        for start in range(0, len(rows), _AT_ONCE):
            part = rows[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            sql = f"SELECT id, content FROM passage WHERE id IN ({marks})"  # noqa: S608 - marks only
            with noticing_damage(), self._lock:
                found |= {
                    row: passage_from_json(content)
                    for row, content in self._connection.execute(sql, part)
                }
        if len(found) < len(set(rows)):
            raise IndexUnavailableError(_GONE)
        return found

    def _row(self, sql: str, values: tuple[int, ...]) -> tuple[Any, ...]:
        with noticing_damage(), self._lock:
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
        if row is None:
            raise IndexUnavailableError(_GONE)
        return row
