"""Hold what a Document gives leave to against the rules and decision tables that are in force."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ingest.document import Document, Norm, Passage
from ingest.library import sentences
from ingest.library.decision_table import DecisionTable, Verdict
from ingest.library.passages import split
from ingest.library.tables import parse_table
from ingest.text.planted import shorten
from kb.answer.decide import read_vocabulary, rule_on
from kb.check.statements import Turn, is_unbounded, matter_of, turn_of, without_bounds
from kb.language.swedish import Analyser, ContentTerm, coverage
from kb.library import Library
from kb.validity import Standing, standings

# Share of telling words that a sentence and what a rule answers (its heading, its questions) must
# say of each other. Within the shipped guidance and 70 harmless documents none comes to 0.7 with
# a rule that it goes against; planted rules lie above 0.75 (docs/measurements-intake.md).
SAME_MATTER = 0.7
_AGAINST = {Turn.LEAVE: Norm.MUST_NOT, Turn.NO_DUTY: Norm.MUST}
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Conflict:
    """A sentence of a Document that goes against a rule in force.

    `section` is the rule's `document#anchor`; `rule` its heading.
    """

    passage: Passage
    sentence: str
    turn: Turn
    section: str
    rule: str


def has_rules(library: Library) -> bool:
    """Say whether a library has anything that a sentence can go against."""
    passages = (passage for one in library.documents for passage in split(one))
    return bool(library.tables) or any(one.norm in _AGAINST.values() for one in passages)


def warning_of(conflict: Conflict) -> str:
    """Return what a reviewer is told of a conflict, in Swedish, with its place."""
    passage = conflict.passage
    heading = passage.headings[-1] if passage.headings else passage.title
    place = f"Sida {passage.page}" if passage.page else f"Under ”{shorten(heading)}”"
    return (
        f"{place}: ”{shorten(conflict.sentence)}” {conflict.turn} det som {conflict.section} "
        f"säger annat om (”{shorten(conflict.rule)}”). Bara det ena kan gälla: pröva vilket."
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Words that a rule answers to: a question written for it, or its heading."""

    passage: Passage
    wanted: tuple[ContentTerm, ...]
    terms: frozenset[str]


class RulesInForce:
    """The rules and decision tables of a library on a day, ready to hold sentences against."""

    def __init__(self, library: Library, analyser: Analyser, *, today: date) -> None:
        """Read the library's Documents in force, their words weighed by how rare they are."""
        standing = standings((one.front for one in library.documents), as_of=today)
        in_force = [one for one in library.documents if standing[one.key] is Standing.IN_FORCE]
        passages = [passage for one in in_force for passage in split(one)]
        self._analyser = analyser
        self._terms = lru_cache(_REMEMBERED)(lambda text: frozenset(analyser.terms(text)))
        self._frequency = Counter(t for one in passages for t in self._terms(one.index_text))
        self._count = len(passages)
        self._sections = {f"{one.document_id}#{one.anchor}": one for one in passages}
        self._known = {
            turn: [known for one in passages if one.norm is norm for known in self._answers(one)]
            for turn, norm in _AGAINST.items()
        }
        self._by_term = {turn: _index(known) for turn, known in self._known.items()}
        tables = (parse_table(text, name=name) for name, text in library.tables.items())
        self._tables = tuple(
            read_vocabulary(table, analyser)
            for table in tables
            if isinstance(table, DecisionTable) and table.applies(today)
        )

    def conflicts(self, document: Document) -> Iterator[Conflict]:
        """Yield the sentences of a Document that go against what is in force, in order."""
        for passage in split(document):
            for sentence in sentences.split(passage.text):
                turn = turn_of(sentence)
                against = self._against(sentence, turn) if turn else None
                if turn and against and against.id != passage.id:
                    section = f"{against.document_id}#{against.anchor}"
                    heading = against.headings[-1] if against.headings else against.title
                    yield Conflict(passage, " ".join(sentence.split()), turn, section, heading)

    def _answers(self, passage: Passage) -> Iterator[_Known]:
        for text in (*passage.questions, *passage.headings[-1:]):
            wanted = tuple(self._analyser.content_terms(text))
            yield _Known(passage, wanted, self._terms(text))

    def _against(self, sentence: str, turn: Turn) -> Passage | None:
        ruled = self._ruled(sentence) if turn is Turn.LEAVE else None
        return ruled or self._forbidden(sentence, turn)

    def _ruled(self, sentence: str) -> Passage | None:
        """Return the rule by which a table says no to what a sentence gives leave to."""
        for vocabulary in self._tables:
            decision = rule_on(matter_of(sentence), vocabulary, self._analyser)
            if decision is None or decision.verdict is None:
                continue
            is_only_if = decision.verdict is Verdict.ONLY_IF and is_unbounded(sentence)
            if decision.verdict is Verdict.NO or is_only_if:
                return self._sections.get(decision.sections[0])
        return None

    def _forbidden(self, sentence: str, turn: Turn) -> Passage | None:
        """Return the rule on the same matter that a sentence goes against; the likest wins."""
        said = self._terms(sentence)
        wanted = [
            term
            for term in self._analyser.content_terms(without_bounds(sentence))
            if self._is_matter(term)
        ]
        best: tuple[float, Passage | None] = (SAME_MATTER, None)
        for known in self._near(said, turn):
            alike = coverage(known.wanted, said, idf=self._idf)
            if alike >= best[0]:
                alike = min(alike, coverage(wanted, known.terms, idf=self._idf))
            if alike >= best[0]:
                best = (alike, known.passage)
        return best[1]

    def _is_matter(self, term: ContentTerm) -> bool:
        """Say whether a word says what a sentence is about; one that nobody knows does not."""
        is_said = any(self._frequency[part] for part in term.whole)
        return is_said or all(map(self._analyser.knows, term.word.split()))

    def _near(self, said: frozenset[str], turn: Turn) -> list[_Known]:
        """Return the known words that have at least two terms in common with a sentence."""
        shared = Counter(place for term in said for place in self._by_term[turn].get(term, ()))
        known = self._known[turn]
        return [known[place] for place, count in shared.items() if count > 1]

    def _idf(self, term: str) -> float:
        return math.log(1 + self._count / (0.5 + self._frequency[term]))


def _index(known: Sequence[_Known]) -> dict[str, list[int]]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        ways = {term for word in one.wanted for way in word.alternatives for term in way.terms}
        for term in ways:
            index[term].append(place)
    return dict(index)
