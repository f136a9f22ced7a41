"""Open the index, whole, and hand out the views of it that answer people."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from ingest.document import FrontMatter
from ingest.errors import IndexUnavailableError
from kb.embedding.model import Embedder
from kb.index.derived import open_lexical
from kb.index.eligible import in_force_for_everyone
from kb.index.generations import active
from kb.index.keeper import CollectionKeeper, KeeperState
from kb.index.lexical import weigh
from kb.index.manifest import DAMAGED, connect_to_read
from kb.index.sealed import read
from kb.index.search import Query, Ranker, Weights, collection_depth
from kb.index.shelf import Shelf
from kb.index.snapshot import EVERYONE, Snapshot
from kb.index.storage import collection_place, index_identity, manifest_path
from kb.index.view import View, audience_of
from kb.index.words import Words
from kb.language.swedish import Analyser
from kb.records import Hit
from kb.validity import Standing, standings

_REMEMBERED = 64  # audiences


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the index holds; `in_force` counts Documents on the day it was built."""

    documents: int
    passages: int
    vectors: int
    in_force: int


class Index:
    """One opened generation; reads are safe from several threads."""

    def __init__(
        self,
        snapshot: Snapshot,
        shelf: Shelf,
        *,
        embedder: Embedder,
        analyser: Analyser,
        ranker: Ranker,
    ) -> None:
        self.identity = snapshot.generation.identity
        self.generation = snapshot.generation.id
        self.made = snapshot.generation
        self.documents: Mapping[str, FrontMatter] = snapshot.fronts
        self.bodies = snapshot.bodies
        self.tables: Mapping[str, str] = snapshot.tables
        self.lexical = ranker.lexical
        self._snapshot = snapshot
        self._shelf = shelf
        self._embedder = embedder
        self._analyser = analyser
        self._keeper = ranker.keeper
        self._ranker = ranker
        self._seen_by = lru_cache(maxsize=_REMEMBERED)(self._open_view)

    def seen_by(self, groups: frozenset[str]) -> View:
        """Return the index as somebody of these groups sees it, besides what is for everyone."""
        return self._seen_by(audience_of(groups, self._snapshot))

    @property
    def whole(self) -> View:
        """Return the index with what is for every audience: for upkeep, not for answers."""
        return self.seen_by(frozenset(self._snapshot.audiences))

    def _open_view(self, audience: frozenset[str]) -> View:
        lexical = self._ranker.lexical
        parts = lexical.parts if lexical else {}
        open_parts = {name: part for name, part in parts.items() if name in audience}
        return View(
            self._snapshot,
            self._shelf,
            audience=audience,
            ranker=replace(self._ranker, lexical=Words(open_parts) if lexical else None),
            prepare=self.prepare,
        )

    def prepare(self, question: str) -> Query:
        """Turn a question into its vector and terms."""
        terms = weigh(self._analyser.content_terms(question))
        return Query(self._embedder.embed_query(question), tuple(terms))

    def search(
        self,
        question: str | Query,
        *,
        as_of: date,
        audience: frozenset[str] = frozenset({EVERYONE}),
        years: frozenset[int] = frozenset(),
        k: int = 20,
        include_older: bool = False,
        weights: Weights | None = None,
    ) -> list[Hit]:
        """Return the `k` best Hits open to `audience`, as `View.search`."""
        return self.seen_by(audience).search(
            question, as_of=as_of, years=years, k=k, include_older=include_older, weights=weights
        )

    @property
    def counts(self) -> Counts:
        """Return how much the index holds."""
        made = self._snapshot.generation
        standing = standings(self.documents.values(), as_of=made.in_force_on).values()
        in_force = sum(value is Standing.IN_FORCE for value in standing)
        return Counts(made.documents, made.passages, made.vectors, in_force)

    @property
    def is_stale(self) -> bool:
        """Say whether a newer generation answers now: open the index again."""
        return self._shelf.is_stale()

    @property
    def collection_state(self) -> KeeperState:
        """Say what the Chroma collection is doing; exact search answers unless it is healthy."""
        return self._keeper.state if self._keeper else KeeperState.UNUSED

    def wait_for_collection(self, seconds: float) -> KeeperState:
        """Wait until the collection is proved or rebuilt, at most so long."""
        return self._keeper.wait(seconds) if self._keeper else KeeperState.UNUSED

    def close(self) -> None:
        """Let go of files and threads; nothing may be asked afterwards."""
        if self._keeper:
            self._keeper.close()
        self._shelf.close()


def open_index(
    data: Path,
    *,
    embedder: Embedder,
    analyser: Analyser,
    today: date,
    chroma_url: str | None = None,
    use_chroma: bool = True,
) -> Index:
    """Open the generation that answers; exact search answers until its collection is proved.

    A damaged lexical index is rebuilt here, a damaged collection in the background. The
    collection is used only if it holds what is in force `today`. `use_chroma=False` spares a
    single question the proof.

    Raises:
        IndexUnavailableError: there is no index, it is damaged, or it was built with another
            embedding or analysis; `vagvisaren sync` mends all three.
    """
    path = manifest_path(data)
    if not path.exists():
        raise IndexUnavailableError(f"Det finns inget index i {data}. Kör vagvisaren sync.")
    try:
        connection = connect_to_read(path)
    except sqlite3.Error as error:
        raise IndexUnavailableError(f"{DAMAGED} ({error})") from error
    try:
        snapshot = _read_active(connection, index_identity(embedder, analyser))
        lexical = open_lexical(data, connection, snapshot, analyser)
        shelf = Shelf(connection, snapshot, path)
    except (sqlite3.Error, OSError) as error:
        connection.close()
        raise IndexUnavailableError(f"{DAMAGED} ({error})") from error
    except IndexUnavailableError:
        connection.close()
        raise
    keeper, depth = None, 0
    if use_chroma and snapshot.collected and _is_in_force(snapshot, today):
        place = collection_place(data, snapshot.generation.id, chroma_url)
        keeper, depth = CollectionKeeper(snapshot, place, data), collection_depth(snapshot)
    ranker = Ranker(snapshot, lexical, keeper, depth)
    return Index(snapshot, shelf, embedder=embedder, analyser=analyser, ranker=ranker)


def _is_in_force(snapshot: Snapshot, today: date) -> bool:
    """Say whether the collection holds exactly what is in force today for everyone."""
    return in_force_for_everyone(snapshot.fronts.values(), today) == snapshot.collected


def _read_active(connection: sqlite3.Connection, identity: str) -> Snapshot:
    generation = active(connection)
    if generation is None:
        raise IndexUnavailableError("Indexet är inte färdigbyggt. Kör vagvisaren sync.")
    if generation.identity != identity:
        raise IndexUnavailableError(
            "Indexet är byggt med en annan språkmodell eller språkanalys. Kör vagvisaren sync."
        )
    return read(connection, generation)
