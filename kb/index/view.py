"""An index as one audience sees it: what is not open to it does not exist."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from ingest.document import FrontMatter, Passage
from kb.embedding.model import Matrix
from kb.index.eligible import Eligible, decide_eligible
from kb.index.search import Query, Ranker, Weights
from kb.index.shelf import Shelf
from kb.index.snapshot import EVERYONE, Snapshot
from kb.index.words import Words
from kb.records import Hit
from kb.validity import Standing, standings

_REMEMBERED = 64  # days and years decided


class View:
    """One generation for one audience; reads are safe from several threads.

    Whatever answers a person asks this and never the whole index: documents, where they stand on
    a day, hits, words and passages are those of a library without all that is for others.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        shelf: Shelf,
        *,
        audience: frozenset[str],
        ranker: Ranker,
        prepare: Callable[[str], Query],
    ) -> None:
        self.audience = audience
        self.documents: Mapping[str, FrontMatter] = {
            key: front for key, front in snapshot.fronts.items() if front.audience in audience
        }
        self.words: Words | None = ranker.lexical
        self._snapshot = snapshot
        self._shelf = shelf
        self._ranker = ranker
        self._prepare = prepare
        self.standings = lru_cache(maxsize=_REMEMBERED)(self._standings)
        self._eligible = lru_cache(maxsize=_REMEMBERED)(self._decide)
        self.last_page = lru_cache(maxsize=len(self.documents) or 1)(self._last_page)

    def search(
        self,
        question: str | Query,
        *,
        as_of: date,
        years: frozenset[int] = frozenset(),
        k: int = 20,
        include_older: bool = False,
        weights: Weights | None = None,
    ) -> list[Hit]:
        """Return the `k` best Hits among what is in force on `as_of`.

        Editions for one of `years` may be found whatever their standing, and rank a little
        higher; `include_older` opens older editions too. A Hit says whether it is `current`.

        Raises:
            IndexUnavailableError: the manifest has gone or is damaged.
        """
        query = self._prepare(question) if isinstance(question, str) else question
        eligible = self._eligible(as_of, years, include_older)
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

    def passage(self, identifier: str) -> Passage | None:
        """Return a Passage by its id; None if there is none here."""
        place = self._place(identifier)
        return None if place is None else self._shelf.passages([place])[0]

    def passages_of(self, key: str) -> tuple[Passage, ...]:
        """Return the Passages of an edition (`id@edition`) in reading order."""
        if key not in self.documents:
            return ()
        return self._shelf.passages(self._snapshot.places_of(key))

    def neighbours(
        self, identifier: str, *, before: int = 1, after: int = 1
    ) -> tuple[Passage, ...]:
        """Return a Passage with those around it in its Document, in reading order."""
        place = self._place(identifier)
        if place is None:
            return ()
        return self._shelf.passages(self._snapshot.around(place, before=before, after=after))

    def span_vectors(self, identifier: str) -> Matrix:
        """Return the vectors of a Passage's sentences, one a row: `sentences.spans(text)`.

        Raises:
            KeyError: there is no such passage here.
        """
        return self._shelf.span_vectors(self._placed(identifier))

    def question_vectors(self, identifier: str) -> Matrix:
        """Return the vectors of the questions written for a Passage, one a row; often none.

        Raises:
            KeyError: there is no such passage here.
        """
        return self._snapshot.question_vectors(self._placed(identifier))

    def _last_page(self, key: str) -> int:
        pages = (passage.last_page for passage in self.passages_of(key))
        return max((page for page in pages if page), default=0)

    def _place(self, identifier: str) -> int | None:
        place = self._snapshot.position.get(identifier)
        if place is None or self._snapshot.key_at(place) not in self.documents:
            return None
        return place

    def _placed(self, identifier: str) -> int:
        place = self._place(identifier)
        if place is None:
            raise KeyError(identifier)
        return place

    def _standings(self, as_of: date) -> Mapping[str, Standing]:
        return standings(self.documents.values(), as_of=as_of)

    def _decide(self, as_of: date, years: frozenset[int], include_older: bool) -> Eligible:
        return decide_eligible(
            self._snapshot, self.documents, self.standings(as_of), as_of=as_of, years=years,
            include_older=include_older,
        )  # fmt: skip


def audience_of(groups: frozenset[str], snapshot: Snapshot) -> frozenset[str]:
    """Return the audiences of a library that are open to somebody of these groups."""
    return frozenset({EVERYONE} | (groups & set(snapshot.audiences)))
