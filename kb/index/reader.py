"""Open the index and find Passages: what is eligible first, then by meaning and words."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.document import FrontMatter, Passage
from ingest.errors import IndexUnavailableError
from kb.embedding.model import Embedder, Matrix
from kb.index.derived import open_lexical
from kb.index.eligible import Eligible, decide_eligible
from kb.index.generations import active
from kb.index.keeper import CollectionKeeper, KeeperState
from kb.index.lexical import weigh
from kb.index.manifest import DAMAGED, connect_to_read
from kb.index.search import Query, Ranker, Weights
from kb.index.shelf import Shelf
from kb.index.snapshot import EVERYONE, Snapshot, read
from kb.index.storage import collection_place, index_identity, manifest_path
from kb.language.swedish import Analyser
from kb.records import Hit
from kb.validity import Standing, standings

_REMEMBERED = 64  # days, audiences and years decided


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
        self.standings = lru_cache(maxsize=_REMEMBERED)(self._standings)
        self._eligible = lru_cache(maxsize=_REMEMBERED)(self._decide)

    # Searching

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
        """Return the `k` best Hits among what is in force on `as_of` and open to `audience`.

        Editions for one of `years` may be found whatever their standing, and rank a little
        higher; `include_older` opens older editions too. A Hit says whether it is `current`.

        Raises:
            IndexUnavailableError: the manifest has gone or is damaged.
        """
        query = self.prepare(question) if isinstance(question, str) else question
        eligible = self._eligible(as_of, audience, years, include_older)
        found = self._ranker.rank(query, eligible, weights or Weights(), k)
        passages = self._shelf.passages(one.place for one in found)
        return [
            Hit(
                rank=rank,
                score=one.score,
                dense=one.dense,
                lexical=one.lexical,
                passage=passage,
                current=bool(eligible.current[one.place]),
            )
            for rank, (one, passage) in enumerate(zip(found, passages, strict=True), start=1)
        ]

    def _standings(self, as_of: date) -> Mapping[str, Standing]:
        return standings(self.documents.values(), as_of=as_of)

    def _decide(
        self, as_of: date, audience: frozenset[str], years: frozenset[int], include_older: bool
    ) -> Eligible:
        return decide_eligible(
            self._snapshot, self.standings(as_of), as_of=as_of, audience=audience, years=years,
            include_older=include_older,
        )  # fmt: skip

    # Looking up

    @property
    def counts(self) -> Counts:
        """Return how much the index holds."""
        made = self._snapshot.generation
        standing = self.standings(made.in_force_on).values()
        in_force = sum(value is Standing.IN_FORCE for value in standing)
        return Counts(made.documents, made.passages, made.vectors, in_force)

    def passage(self, identifier: str) -> Passage | None:
        """Return a Passage by its id; None if the index does not hold it."""
        place = self._snapshot.position.get(identifier)
        return None if place is None else self._shelf.passages([place])[0]

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """Return the Passages of an edition (`id@edition`) in reading order."""
        if key not in self.documents:
            return ()
        document = self._snapshot.keys.index(key)
        return self._shelf.passages(np.flatnonzero(self._snapshot.document_of == document))

    def neighbours(
        self, identifier: str, *, before: int = 1, after: int = 1
    ) -> tuple[Passage, ...]:
        """Return a Passage with those around it in its Document, in reading order."""
        place = self._snapshot.position.get(identifier)
        if place is None:
            return ()
        last = len(self._snapshot.names) - 1
        around = np.arange(max(0, place - before), min(last, place + after) + 1)
        same = self._snapshot.document_of[around] == self._snapshot.document_of[place]
        return self._shelf.passages(around[same])

    def span_vectors(self, identifier: str) -> Matrix:
        """Return the vectors of a Passage's sentences, one a row: `sentences.spans(text)`.

        Raises:
            KeyError: the index does not hold the passage.
        """
        return self._shelf.span_vectors(self._snapshot.position[identifier])

    def question_vectors(self, identifier: str) -> Matrix:
        """Return the vectors of the questions written for a Passage, one a row; often none.

        Raises:
            KeyError: the index does not hold the passage.
        """
        return self._snapshot.question_vectors(self._snapshot.position[identifier])

    # Living on

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
    keeper = None
    if use_chroma and snapshot.collected and _is_in_force(snapshot, today):
        place = collection_place(data, snapshot.generation.id, chroma_url)
        keeper = CollectionKeeper(snapshot, place, data)
    ranker = Ranker(snapshot, lexical, keeper)
    return Index(snapshot, shelf, embedder=embedder, analyser=analyser, ranker=ranker)


def _is_in_force(snapshot: Snapshot, today: date) -> bool:
    """Say whether the collection holds exactly what is in force today."""
    eligible = decide_eligible(
        snapshot, standings(snapshot.fronts.values(), as_of=today), as_of=today,
        audience=frozenset(), years=frozenset(), include_older=False,
    )  # fmt: skip
    return eligible.is_collected


def _read_active(connection: sqlite3.Connection, identity: str) -> Snapshot:
    generation = active(connection)
    if generation is None:
        raise IndexUnavailableError("Indexet är inte färdigbyggt. Kör vagvisaren sync.")
    if generation.identity != identity:
        raise IndexUnavailableError(
            "Indexet är byggt med en annan språkmodell eller språkanalys. Kör vagvisaren sync."
        )
    return read(connection, generation)
