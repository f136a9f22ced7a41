"""Rank eligible passages: by meaning, by words, and by the year a question names."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from kb.embedding.model import Vector
from kb.index.eligible import Eligible
from kb.index.keeper import CollectionKeeper
from kb.index.lexical import WeightedTerm
from kb.index.snapshot import Positions, Snapshot, passage_of
from kb.index.vectors import EF_SEARCH
from kb.index.words import Words

EACH_LIST = 100  # candidates taken from the vectors, and from the words
_LEXICAL_DEPTH = 2_000  # words looked through when most passages are not eligible


@dataclass(frozen=True, slots=True)
class Weights:
    """What is added to a passage's cosine: BM25 in [0, 1] times `lexical`; `year` if named.

    Measured: 0.10 is best on municipal documents and costs nothing elsewhere; equal-rank fusion
    lowers quality.
    """

    lexical: float = 0.10
    year: float = 0.05


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: its vector (dimensions,) of length 1 and its weighted terms."""

    vector: Vector
    terms: tuple[WeightedTerm, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage by its place in the Snapshot, with the scores that put it there."""

    place: int
    score: float
    dense: float
    lexical: float


@dataclass(frozen=True, slots=True, eq=False)
class Ranker:
    """What passages are ranked with; without `lexical` or `keeper` answers stay right.

    `lexical` holds the audiences of whoever asks and no others; `depth` is how many vectors to
    ask Chroma for.
    """

    snapshot: Snapshot
    lexical: Words | None
    keeper: CollectionKeeper | None
    depth: int = 0

    def rank(self, query: Query, eligible: Eligible, weights: Weights, k: int) -> list[Found]:
        """Return the `k` best eligible passages, best first; equals in reading order.

        The best of either list are candidates; each gets its exact cosine.
        """
        lexical = self._lexical_scores(query, eligible)
        nearest = self._nearest(query.vector, eligible)
        places = np.union1d(nearest, np.fromiter(lexical, np.intp, len(lexical))).astype(np.intp)
        dense = self.snapshot.dense(query.vector, places)
        return fuse(places, dense, lexical, eligible.named[places], weights=weights, k=k)

    def _nearest(self, vector: Vector, eligible: Eligible) -> Positions:
        """Return the nearest passages: from Chroma if it holds just those, else exactly."""
        if self.keeper is not None and eligible.is_collected:
            names = self.keeper.nearest(vector, self.depth)
            if names is not None:
                places = [self.snapshot.position.get(passage_of(name), -1) for name in names]
                if places and min(places) >= 0 and eligible.mask[places].all():
                    return np.array(list(dict.fromkeys(places))[:EACH_LIST], dtype=np.intp)
                self.keeper.doubt("det svarar med annat än vad som gäller")
        return self.snapshot.nearest(vector, eligible.mask, EACH_LIST)

    def _lexical_scores(self, query: Query, eligible: Eligible) -> dict[int, float]:
        """Return the best eligible passages by words: place → BM25 over its bound, in [0, 1]."""
        if self.lexical is None or not query.terms:
            return {}
        found: dict[int, float] = {}
        for audience, part in self.lexical.parts.items():
            count = eligible.counts.get(audience, 0)
            depth = ceil(EACH_LIST * part.size / count) if count else 0
            for name, score in part.search(query.terms, k=min(depth, _LEXICAL_DEPTH)):
                place = self.snapshot.position.get(name)
                if place is not None and eligible.mask[place]:
                    found[place] = score
        best = sorted(found.items(), key=lambda one: -one[1])
        return dict(best[:EACH_LIST])


def collection_depth(snapshot: Snapshot) -> int:
    """Return how many vectors to ask Chroma for: a passage may have many questions."""
    passages = int(snapshot.mask(snapshot.collected).sum())
    vectors = len(snapshot.collection()[0])
    return min(EF_SEARCH, vectors, ceil(2 * EACH_LIST * vectors / passages)) if passages else 0


def fuse(
    places: Positions,
    dense: Vector,
    lexical: Mapping[int, float],
    named: "np.typing.NDArray[np.bool_]",
    *,
    weights: Weights,
    k: int,
) -> list[Found]:
    """Add up the scores of passages and return the `k` best, best first; equals by place.

    `dense` (n,) and `named` (n,) run along `places` (n,); what `lexical` lacks has 0.
    """
    words = np.array([lexical.get(int(place), 0.0) for place in places])
    score = dense.astype(np.float64) + weights.lexical * words + weights.year * named
    return [
        Found(int(places[i]), float(score[i]), float(dense[i]), float(words[i]))
        for i in np.lexsort((places, -score))[:k]
    ]
