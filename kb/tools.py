"""What the steps of an answer work with: the index, the language, the model, the tables."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from ingest.document import FrontMatter, Passage
from ingest.library.alarm_table import AlarmTable
from ingest.library.decision_table import DecisionTable
from ingest.library.tables import parse_table
from kb.answer.alarm import Alarms, read_alarms
from kb.answer.decide import Vocabulary as TableWords
from kb.answer.decide import read_vocabulary as read_table_words
from kb.answer.follow_up import Part, read_parts
from kb.answer.scope import Scope
from kb.answer.scoring import Scorer, telling
from kb.answer.weights import load_weights
from kb.embedding.model import Embedder, Vector
from kb.index.reader import Index
from kb.index.view import View
from kb.language.spelling import Vocabulary, read_vocabulary
from kb.language.swedish import Analyser
from kb.records import Hit
from kb.validity import Standing

REMEMBERED = 20_000  # texts of the library whose terms are kept


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with; made once for an audience, shared by every turn.

    The steps ask `view`, which holds only what is open to whoever asks; `index` is all of it.
    """

    index: Index
    view: View
    analyser: Analyser
    vocabulary: Vocabulary
    embed: Callable[[str], Vector]
    scope: Scope
    scorer: Scorer
    tables: tuple[TableWords, ...] = ()
    parts: tuple[Part, ...] = ()
    alarms: tuple[Alarms, ...] = ()

    def open_to(self, groups: frozenset[str]) -> "Tools":
        """Return the tools for somebody of these groups."""
        view = self.index.seen_by(groups)
        if view.audience == self.view.audience:
            return self
        return replace(
            self,
            view=view,
            vocabulary=_vocabulary(view, self.analyser),
            scorer=_scorer_over(self.scorer, view),
        )

    def front(self, document_id: str, edition: str) -> FrontMatter:
        """Return the front matter of a document."""
        return self.view.documents[f"{document_id}@{edition}"]

    def year_of(self, hit: Hit) -> int | None:
        """Return the year that a hit's document is for; None for most."""
        return self.front(hit.passage.document_id, hit.passage.edition).year

    def section(self, name: str, *, as_of: date) -> Passage | None:
        """Return the passage `document#anchor` of the edition in force, if there is one."""
        document, _, anchor = name.partition("#")
        for key, standing in self.view.standings(as_of).items():
            if self.view.documents[key].id == document and standing is Standing.IN_FORCE:
                return self.view.passage(f"{key}#{anchor}")
        return None

    @property
    def plan_years(self) -> frozenset[int]:
        """Return the years that the library has a yearly document of."""
        return frozenset(front.year for front in self.view.documents.values() if front.year)

    def plan_in_force(self, as_of: date) -> int | None:
        """Return the year of the newest yearly document in force on a day, if any."""
        years = (
            self.view.documents[key].year
            for key, standing in self.view.standings(as_of).items()
            if standing is Standing.IN_FORCE
        )
        return max((year for year in years if year), default=None)

    def has_older(self, as_of: date) -> bool:
        """Say whether there are editions that are no longer in force."""
        return Standing.OLDER_EDITION in self.view.standings(as_of).values()

    def knows(self, term: str) -> bool:
        """Say whether the library uses a term at all."""
        return self.view.words is None or self.view.words.document_frequency(term) > 0


def tools_over(index: Index, embedder: Embedder, analyser: Analyser, scope: Scope) -> Tools:
    """Return the tools over an index for somebody of no group."""
    view = index.seen_by(frozenset())
    held = [parse_table(source, name=name) for name, source in index.tables.items()]
    decisions = [table for table in held if isinstance(table, DecisionTable)]
    scorer = Scorer(
        terms=lru_cache(maxsize=REMEMBERED)(analyser.terms),
        content_terms=lru_cache(maxsize=REMEMBERED)(analyser.content_terms),
        span_vectors=lambda passage: view.span_vectors(passage.id),
        question_vectors=lambda passage: view.question_vectors(passage.id),
        idf=telling(view.words),
        weights=load_weights(),
    )
    return Tools(
        index=index,
        view=view,
        analyser=analyser,
        vocabulary=_vocabulary(view, analyser),
        embed=embedder.embed_query,
        scope=scope,
        scorer=scorer,
        tables=tuple(read_table_words(table, analyser) for table in decisions),
        alarms=tuple(
            read_alarms(table, analyser) for table in held if isinstance(table, AlarmTable)
        ),
        parts=read_parts(decisions),
    )


def _vocabulary(view: View, analyser: Analyser) -> Vocabulary:
    return read_vocabulary(view.words.vocabulary() if view.words else {}, analyser=analyser)


def _scorer_over(scorer: Scorer, view: View) -> Scorer:
    """Return a scorer that weighs words as this view has them; analysed texts stay remembered."""
    return replace(
        scorer,
        span_vectors=lambda passage: view.span_vectors(passage.id),
        question_vectors=lambda passage: view.question_vectors(passage.id),
        idf=telling(view.words),
    )
