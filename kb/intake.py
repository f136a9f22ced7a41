"""Write Documents into a generation being built: passages, and vectors only for new text."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.document import Document, Passage
from ingest.errors import IndexUnavailableError
from ingest.library import passages, sentences
from kb.embedding.model import Embedder, Matrix, Span
from kb.index.generations import NewPassage, add_document, add_vector, cached_vectors, hold
from kb.index.manifest import BODY_SLOT, SPANS_SLOT, Role, transaction
from kb.index.stored import text_key

BATCH = 200  # passages embedded, then written in one transaction; a kill loses at most these

_Split = tuple[Document, tuple[Passage, ...]]
_Key = tuple[Role, bytes]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where Documents are written: an open manifest, a generation, the cache of its vectors."""

    connection: sqlite3.Connection
    generation: int
    vector_cache: str
    embedder: Embedder


def write_documents(
    desk: Desk,
    documents: Sequence[Document],
    *,
    in_force: frozenset[str],
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Split, embed and write Documents; return how many passages they have.

    `progress` is told how many Documents are done, of how many.

    Raises:
        IndexUnavailableError: the embedder gave something that is not a vector.
    """
    done = written = 0
    for batch in _batches(documents):
        _write_batch(desk, batch, in_force)
        done += len(batch)
        written += sum(len(parts) for _, parts in batch)
        if progress:
            progress(done, len(documents))
    return written


def sentence_spans(passage: Passage) -> list[Span]:
    """Return the sentences of a passage's text as offsets in its index text, in order."""
    offset = len(passage.index_text) - len(passage.text)
    return [(start + offset, end + offset) for start, end in sentences.spans(passage.text)]


def passages_of(document: Document) -> tuple[Passage, ...]:
    """Return the Passages of a Document as the index holds them."""
    return _with_own_anchors(passages.split(document))


def _batches(documents: Sequence[Document]) -> Iterator[list[_Split]]:
    batch: list[_Split] = []
    size = 0
    for document in documents:
        parts = passages_of(document)
        batch.append((document, parts))
        size += len(parts)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _with_own_anchors(parts: Sequence[Passage]) -> tuple[Passage, ...]:
    """Keep every passage addressable, should two headings come to the same anchor."""
    seen: Counter[str] = Counter()
    own = []
    for part in parts:
        seen[part.anchor] += 1
        again = seen[part.anchor]
        own.append(part if again == 1 else replace(part, anchor=f"{part.anchor}.{again}"))
    return tuple(own)


def _write_batch(desk: Desk, batch: Sequence[_Split], in_force: frozenset[str]) -> None:
    every = [passage for _, parts in batch for passage in parts]
    rows = _known(desk, every)
    fresh = _embed_bodies(desk, every, rows) | _embed_questions(desk, every, rows)
    with transaction(desk.connection):
        for (role, key), matrix in fresh.items():
            rows[role, key] = add_vector(desk.connection, desk.vector_cache, role, key, matrix)
        for document, parts in batch:
            new = [NewPassage(passage, _slots(passage, rows)) for passage in parts]
            row = add_document(desk.connection, document, new)
            hold(desk.connection, desk.generation, row, in_force=document.key in in_force)


def _known(desk: Desk, every: Sequence[Passage]) -> dict[_Key, int]:
    """Return the rows of the vectors that are in the manifest already."""
    wanted: dict[Role, list[bytes]] = {
        "passage": [_body_key(passage) for passage in every],
        "spans": [_spans_key(passage) for passage in every],
        "question": [text_key(text) for passage in every for text in passage.questions],
    }
    return {
        (role, key): row
        for role, keys in wanted.items()
        for key, row in cached_vectors(desk.connection, desk.vector_cache, role, keys).items()
    }


def _embed_bodies(
    desk: Desk, every: Sequence[Passage], rows: dict[_Key, int]
) -> dict[_Key, Matrix]:
    missing = {
        _spans_key(passage): passage
        for passage in every
        if ("passage", _body_key(passage)) not in rows or ("spans", _spans_key(passage)) not in rows
    }
    asked = [(passage.index_text, sentence_spans(passage)) for passage in missing.values()]
    answers = desk.embedder.embed_passages_with_spans(asked) if asked else []
    found: dict[_Key, Matrix] = {}
    for (key, passage), (_, spans), (body, parts) in zip(
        missing.items(), asked, answers, strict=True
    ):
        found["passage", _body_key(passage)] = _checked(desk, body[None], 1)
        found["spans", key] = _checked(desk, parts, len(spans))
    return found


def _embed_questions(
    desk: Desk, every: Sequence[Passage], rows: dict[_Key, int]
) -> dict[_Key, Matrix]:
    missing = {
        text_key(text): text
        for passage in every
        for text in passage.questions
        if ("question", text_key(text)) not in rows
    }
    if not missing:
        return {}
    answers = desk.embedder.embed_questions(list(missing.values()))
    return {
        ("question", key): _checked(desk, vector[None], 1)
        for key, vector in zip(missing, answers, strict=True)
    }


def _checked(desk: Desk, matrix: Matrix, rows: int) -> Matrix:
    """Return the vectors at length 1; refuse what no search could use."""
    expected = (rows, desk.embedder.dimensions)
    if not rows:
        return np.empty(expected, dtype=np.float32)
    if matrix.shape != expected or not np.isfinite(matrix).all():
        raise IndexUnavailableError(
            f"Språkmodellen {desk.embedder.identity} gav vektorer som inte går att använda "
            f"(form {matrix.shape}, väntat {expected}). Kontrollera inställningen "
            "VAGVISAREN_EMBEDDING och kör vagvisaren sync igen."
        )
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.maximum(lengths, 1e-12), dtype=np.float32)


def _slots(passage: Passage, rows: dict[_Key, int]) -> dict[int, int]:
    slots = {
        SPANS_SLOT: rows["spans", _spans_key(passage)],
        BODY_SLOT: rows["passage", _body_key(passage)],
    }
    for number, text in enumerate(passage.questions, start=1):
        slots[number] = rows["question", text_key(text)]
    return slots


def _body_key(passage: Passage) -> bytes:
    return text_key(passage.index_text)


def _spans_key(passage: Passage) -> bytes:
    return text_key(f"{sentence_spans(passage)}\0{passage.index_text}")
