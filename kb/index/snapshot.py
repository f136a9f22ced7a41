"""Hold one generation in memory: which passages there are, and exact search over their vectors."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingest.document import FrontMatter
from kb.embedding.model import Matrix, Vector
from kb.index.generations import held, held_tables
from kb.index.manifest import (
    DAMAGED,
    SPANS_SLOT,
    DamagedManifestError,
    Generation,
    HeldDocument,
    noticing_damage,
)
from kb.index.stored import front_as_json

Mask: TypeAlias = NDArray[np.bool_]
"""True for the passages that may be found: bool (passages,)."""
Positions: TypeAlias = NDArray[np.intp]
"""Places in `Snapshot.names`: (n,)."""

EVERYONE = "alla"
_FEW = 0.25  # below this share of passages, gathering their rows beats scanning all


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One generation, checked against its seal; passages in document and reading order.

    `names` are passage ids, `rows` their rows in the manifest, `document_of` points into `keys`.
    `vectors` is float32 (m, dimensions), unit length; those of passage `i` (its body, then its
    questions) begin at `starts[i]`; `slots` says which is which. `collected` are the editions
    that the Chroma collection holds: in force on the generation's day and open to everyone.
    `bodies` are digests of the editions' texts; `tables` the tables, YAML by file name.
    """

    generation: Generation
    keys: tuple[str, ...]
    fronts: Mapping[str, FrontMatter]
    bodies: Mapping[str, str]
    collected: frozenset[str]
    names: tuple[str, ...]
    rows: NDArray[np.int64]
    document_of: NDArray[np.intp]
    vectors: Matrix
    starts: NDArray[np.intp]
    slots: NDArray[np.intp]
    position: Mapping[str, int]
    tables: Mapping[str, str]

    @property
    def audiences(self) -> tuple[str, ...]:
        """Return the audiences that the editions are for: everyone first, then the others."""
        named = {front.audience for front in self.fronts.values()} - {EVERYONE}
        return (EVERYONE, *sorted(named))

    def keys_for(self, audience: str) -> frozenset[str]:
        """Return the editions that are for just this audience."""
        return frozenset(key for key, front in self.fronts.items() if front.audience == audience)

    def mask(self, keys: frozenset[str]) -> Mask:
        """Return which passages belong to the given editions."""
        chosen = np.fromiter((key in keys for key in self.keys), dtype=bool, count=len(self.keys))
        return np.asarray(chosen[self.document_of], dtype=bool)

    def key_at(self, place: int) -> str:
        """Return the edition that the passage at a place belongs to."""
        return self.keys[int(self.document_of[place])]

    def places_of(self, key: str) -> Positions:
        """Return the places of an edition's passages, in reading order."""
        return np.flatnonzero(self.document_of == self.keys.index(key))

    def around(self, place: int, *, before: int, after: int) -> Positions:
        """Return the places around one in its edition, itself among them, in reading order."""
        near = np.arange(max(0, place - before), min(len(self.names) - 1, place + after) + 1)
        same = self.document_of[near] == self.document_of[place]
        return np.asarray(near[same], dtype=np.intp)

    def nearest(self, query: Vector, mask: Mask, k: int) -> Positions:
        """Return the `k` eligible passages nearest to the query, exactly; in no order."""
        eligible = np.flatnonzero(mask)
        if k >= len(eligible):
            return eligible
        if len(eligible) < _FEW * len(mask):
            scores = self.dense(query, eligible)
        else:
            scores = self.vectors @ query
            if len(scores) > len(mask):
                scores = np.maximum.reduceat(scores, self.starts)
            if len(eligible) < len(mask):
                scores = scores[eligible]
        # Partition the values, then look up who reaches the k-th: 3x faster than argpartition.
        reached = np.flatnonzero(scores >= np.partition(scores, -k)[-k])
        return eligible[reached[np.argsort(-scores[reached], kind="stable")[:k]]]

    def dense(self, query: Vector, positions: Positions) -> NDArray[np.float32]:
        """Return each passage's cosine with the query: the best of its body and its questions."""
        if not len(positions):
            return np.empty(0, dtype=np.float32)
        firsts = self.starts[positions]
        counts = np.append(self.starts, len(self.vectors))[positions + 1] - firsts
        begins = np.cumsum(counts) - counts
        which = np.arange(counts.sum()) + np.repeat(firsts - begins, counts)
        scores = np.clip(self.vectors[which] @ query, -1.0, 1.0)
        return np.asarray(np.maximum.reduceat(scores, begins), dtype=np.float32)

    def question_vectors(self, position: int) -> Matrix:
        """Return the vectors of a passage's questions, (n, dimensions); n may be 0."""
        first = int(self.starts[position])
        last = int(np.append(self.starts[position + 1 : position + 2], len(self.vectors))[0])
        return self.vectors[first + 1 : last]

    def collection(self) -> tuple[list[str], NDArray[np.intp]]:
        """Return the ids of the vectors that the Chroma collection holds, and their rows."""
        owner = np.repeat(
            np.arange(len(self.names)), np.diff(np.append(self.starts, len(self.vectors)))
        )
        chosen = np.flatnonzero(self.mask(self.collected)[owner]) if len(owner) else owner
        ids = [vector_id(self.names[owner[row]], int(self.slots[row])) for row in chosen]
        return ids, chosen


def vector_id(name: str, slot: int) -> str:
    """Name a vector in the collection: the passage's id, for its third question with `|q3`."""
    return f"{name}|q{slot}" if slot else name


def passage_of(identifier: str) -> str:
    """Return the passage id within a vector's name."""
    name, mark, number = identifier.rpartition("|q")
    return name if mark and number.isdecimal() else identifier


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
