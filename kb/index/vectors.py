"""Keep the vectors in force in Chroma, embedded or a server: a nominator that may be doubted.

The only module that knows Chroma. A collection is written once, for one generation, and never
changed; embedded, it has a folder of its own, so that a half-written one is thrown away whole.
That is why Chroma's own `sync_threshold` stays at its default: a kill during the flush can only
hurt a folder that nobody answers from, and opening stays fast (10,000 vectors: 0.03 s against
2.8 s when nothing is flushed before 100,000).
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from ingest.errors import IndexUnavailableError
from kb.embedding.model import Matrix, Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client

BATCH = 200
EF_SEARCH = 400  # the default of 100 loses a third of the true top ten at a million vectors
_THEIRS = frozenset({"chromadb", "chromadb_rust_bindings", "httpx", "pyo3_runtime"})
_ORDINARY = (ValueError, TypeError, RuntimeError, KeyError, OSError)
_SAME = 1e-5  # cosine distance under which two vectors are the same text


class CollectionError(IndexUnavailableError):
    """A collection cannot be trusted; it is rebuilt from the manifest."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a collection lies: in a folder of its own, or on a server."""

    name: str
    folder: Path
    url: str | None = None


class Collection:
    """An opened collection; safe to ask from several threads."""

    def __init__(self, client: "Client", name: str) -> None:
        self._client = client
        self._collection = client.get_collection(name, embedding_function=None)

    def __len__(self) -> int:
        """Count the vectors Chroma says it has."""
        with _plainly():
            return self._collection.count()

    def nearest(self, query: Vector, k: int) -> list[str]:
        """Return the ids of the `k` nearest vectors, nearest first.

        Raises:
            CollectionError: Chroma failed; ask the manifest's vectors instead and rebuild.
        """
        with _plainly():
            found = self._collection.query(query_embeddings=query[None], n_results=k, include=[])
            return found["ids"][0]

    def holds(self, ids: Sequence[str], vectors: Matrix) -> float:
        """Return the share of stored vectors that find themselves, in [0, 1]."""
        with _plainly():
            found = self._collection.query(
                query_embeddings=vectors, n_results=10, include=["distances"]
            )
        distances = found["distances"] or [[] for _ in ids]
        hits = sum(
            own in near or bool(far and min(far) < _SAME)
            for own, near, far in zip(ids, found["ids"], distances, strict=True)
        )
        return hits / max(1, len(ids))

    def close(self) -> None:
        """Let go of the client."""
        _release(self._client)


def build(
    place: Place,
    ids: Sequence[str],
    vectors: Matrix,
    passages: Sequence[str],
    *,
    stop: Event | None = None,
) -> None:
    """Write a collection anew: `vectors` (n, d) under `ids`, each with its passage's id.

    Raises:
        CollectionError: Chroma failed or `stop` was set; what is written must not be used. It is
            never retried in place: an add that fails once and then succeeds loses vectors.
    """
    drop(place)
    with _plainly():
        if place.url is None:
            place.folder.mkdir(parents=True, exist_ok=True)
        client = _client(place)
        try:
            collection = client.create_collection(
                place.name,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": EF_SEARCH}},
            )
            for start in range(0, len(ids), BATCH):
                if stop is not None and stop.is_set():
                    raise CollectionError("Vektorindexet blev inte färdigt: det avbröts.")
                part = slice(start, start + BATCH)
                collection.add(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"passage": passage} for passage in passages[part]],
                )
        finally:
            _release(client)


def open_collection(place: Place) -> Collection:
    """Open a collection that `probe` found healthy.

    Raises:
        CollectionError: it is missing or broken.
    """
    with _plainly():
        if place.url is None and not place.folder.is_dir():
            raise CollectionError(f"Vektorindexet saknas: {place.folder}. Det byggs om.")
        client = _client(place)
        try:
            return Collection(client, place.name)
        except BaseException:
            _release(client)
            raise


def drop(place: Place) -> None:
    """Remove a collection, whatever state it is in.

    Raises:
        CollectionError: it cannot be removed.
    """
    with _plainly():
        if place.url is None:
            shutil.rmtree(place.folder, ignore_errors=True)
            return
        client = _client(place)
        try:
            if place.name in {collection.name for collection in client.list_collections()}:
                client.delete_collection(place.name)
        finally:
            _release(client)


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn whatever Chroma fails with into a CollectionError."""
    try:
        yield
    except CollectionError:
        raise
    except BaseException as error:  # a panic of its Rust core is no Exception
        library = type(error).__module__.partition(".")[0]
        if library not in _THEIRS and not isinstance(error, _ORDINARY):
            raise
        kind = type(error).__name__
        raise CollectionError(f"Vektorindexet går inte att använda ({kind}). Det byggs om.") from (
            error
        )


def _client(place: Place) -> "Client":
    import chromadb  # 0.8 s: paid only by those who ask Chroma
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if place.url is None:
        client = chromadb.PersistentClient(path=str(place.folder), settings=settings)
        return cast("Client", client)
    server = urlsplit(place.url)
    secure = server.scheme == "https"
    client = chromadb.HttpClient(
        host=server.hostname or "localhost", port=server.port or (443 if secure else 8000),
        ssl=secure, settings=settings,
    )  # fmt: skip
    return cast("Client", client)


def _release(client: "Client") -> None:
    """Close a client, and the two HTTP sessions that Chroma leaves open until the process ends."""
    askers = (client, getattr(client, "_admin_client", None))
    sessions = [getattr(getattr(asker, "_server", None), "_session", None) for asker in askers]
    client.close()
    for session in sessions:
        if session is not None:
            session.close()
