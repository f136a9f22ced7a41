"""Read a generation out of the manifest and hold it against its seal."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.embedding.model import Matrix
from kb.index.generations import held, held_tables
from kb.index.manifest import (
    DAMAGED,
    SPANS_SLOT,
    DamagedManifestError,
    Generation,
    HeldDocument,
    noticing_damage,
)
from kb.index.snapshot import EVERYONE, Snapshot
from kb.index.stored import front_as_json


def read(connection: sqlite3.Connection, generation: Generation) -> Snapshot:
    """Read a generation and hold it against its seal.

    Raises:
        DamagedManifestError: what lies in the manifest is not what was sealed.
        sqlite3.Error: the manifest cannot be read.
    """
    snapshot, digest = measure(connection, generation)
    found = (len(snapshot.keys), len(snapshot.names), len(snapshot.vectors), digest)
    sealed = (generation.documents, generation.passages, generation.vectors, generation.digest)
    if found != sealed:
        raise DamagedManifestError(DAMAGED)
    return snapshot


@noticing_damage()
def check_spans(connection: sqlite3.Connection, generation: Generation) -> None:
    """Hold the sentence vectors, which `read` leaves where they lie, against their checksums.

    Raises:
        DamagedManifestError: one has changed since it was written, or has gone.
    """
    rows = connection.execute(
        "SELECT v.data, v.crc FROM held h JOIN passage p ON p.document = h.document "
        "JOIN passage_vector pv ON pv.passage = p.id JOIN vector v ON v.id = pv.vector "
        "WHERE h.generation = ? AND pv.slot = ?",
        (generation.id, SPANS_SLOT),
    )
    sound = [crc32(data) == crc for data, crc in rows]
    if len(sound) != generation.passages or not all(sound):
        raise DamagedManifestError(DAMAGED)


@noticing_damage()
def measure(connection: sqlite3.Connection, generation: Generation) -> tuple[Snapshot, str]:
    """Read a generation as it lies there, and the digest that seals it.

    Raises:
        DamagedManifestError: the parts do not fit together.
    """
    documents = held(connection, generation.id)
    seal = sha256()
    passages = list(_passages(connection, documents, seal))
    vectors, starts, slots = _vectors(connection, documents, len(passages), seal)
    tables = held_tables(connection, generation.id)
    for name, source in tables.items():
        seal.update(f"\0{name}\0{source}".encode("utf-8", "surrogatepass"))
    names = tuple(name for _, name, _ in passages)
    snapshot = Snapshot(
        generation=generation,
        keys=tuple(document.key for document in documents),
        fronts={document.key: document.front for document in documents},
        bodies={document.key: document.body_digest for document in documents},
        collected=frozenset(
            d.key for d in documents if d.in_force and d.front.audience == EVERYONE
        ),
        names=names,
        rows=np.array([row for row, _, _ in passages], dtype=np.int64),
        document_of=np.array([document for _, _, document in passages], dtype=np.intp),
        vectors=vectors,
        starts=starts,
        slots=slots,
        position={name: position for position, name in enumerate(names)},
        tables=tables,
    )
    return snapshot, "sha256:" + seal.hexdigest()


def _passages(
    connection: sqlite3.Connection, documents: list[HeldDocument], seal: Any
) -> Iterator[tuple[int, str, int]]:
    """Yield row, id and place of the edition for each passage, in order."""
    for place, document in enumerate(documents):
        kept = (document.key, front_as_json(document.front), document.body_digest)
        seal.update("\0".join((*kept, str(document.in_force))).encode("utf-8", "surrogatepass"))
        for row, name, content in connection.execute(
            "SELECT id, name, content FROM passage WHERE document = ? ORDER BY ordinal",
            (document.row,),
        ):
            seal.update(f"\0{name}\0{content}".encode("utf-8", "surrogatepass"))
            yield row, name, place


def _vectors(
    connection: sqlite3.Connection, documents: list[HeldDocument], passages: int, seal: Any
) -> tuple[Matrix, NDArray[np.intp], NDArray[np.intp]]:
    """Return all vectors with the first row of every passage and the slot of every row."""
    blobs: list[bytes] = []
    starts: list[int] = []
    slots: list[int] = []
    for document in documents:
        for slot, data in connection.execute(
            "SELECT pv.slot, v.data FROM passage p JOIN passage_vector pv ON pv.passage = p.id "
            "JOIN vector v ON v.id = pv.vector WHERE p.document = ? AND pv.slot > ? "
            "ORDER BY p.ordinal, pv.slot",
            (document.row, SPANS_SLOT),
        ):
            seal.update(data)
            if slot == 0:
                starts.append(len(blobs))
            slots.append(slot)
            blobs.append(data)
    if len(starts) != passages or len({len(blob) for blob in blobs}) > 1:
        raise DamagedManifestError(DAMAGED)
    vectors = np.empty((len(blobs), len(blobs[0]) // 4 if blobs else 0), dtype=np.float32)
    for row, blob in enumerate(blobs):
        vectors[row] = np.frombuffer(blob, dtype="<f4")
    return vectors, np.array(starts, dtype=np.intp), np.array(slots, dtype=np.intp)
