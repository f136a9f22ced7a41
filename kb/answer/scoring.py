"""Score passages and their units for a question; weights and value patterns are data."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from ingest.document import Passage
from ingest.shipped_data import read_yaml
from kb.answer.understand import Expects, Question
from kb.answer.units import Unit, units_of
from kb.answer.weights import Weights
from kb.embedding.model import Matrix, Vector
from kb.index.words import Words
from kb.language.swedish import ContentTerm, coverage
from kb.records import Hit

_NUMBERED = re.compile(
    r"\b(?:\d+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|flera|inga?)\s+((?:\S+\s*){1,3})",
    re.IGNORECASE,
)
NEAREST = 3  # questions written for a passage that its nearness to a question is taken from
REMEMBERED = 100_000  # terms whose weight is kept
LEAST_TELLING, MOST_TELLING = 0.35, 0.8  # shares of the idf of a word in no passage


@dataclass(frozen=True, slots=True)
class Reading:
    """A question made ready for scoring: its vector and its content words."""

    question: Question
    vector: Vector
    wanted: tuple[ContentTerm, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit of a hit's passage with its score and the parts of it."""

    hit: Hit
    unit: Unit
    score: float
    meaning: float
    coverage: float
    typed: bool

    @property
    def place(self) -> tuple[int, int]:
        """Return where the unit stands in its passage, for reading order."""
        return self.unit.block, self.unit.start


@dataclass(frozen=True, slots=True)
class Known:
    """A question that a section was written for, or its heading, and how like it what is asked is.

    `likeness` is the share of content words that either says of the other, the smaller, in [0, 1].
    """

    text: str = ""
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Scorer:
    """Score over one index.

    `terms` and `content_terms` analyse a text and may remember it; `span_vectors(passage)` gives
    a row per sentence, `question_vectors(passage)` one per question written for it; `idf(term)`
    says how telling a term is.
    """

    terms: Callable[[str], Sequence[str]]
    content_terms: Callable[[str], Sequence[ContentTerm]]
    span_vectors: Callable[[Passage], Matrix]
    question_vectors: Callable[[Passage], Matrix]
    idf: Callable[[str], float]
    weights: Weights

    def coverage(self, wanted: Sequence[ContentTerm], said: Sequence[str]) -> float:
        """Return the idf-weighted share of the question's content words that a text says."""
        return coverage(wanted, frozenset(said), idf=self.idf)

    def asked_before(self, reading: Reading, passage: Passage) -> Known:
        """Return the known question that is likest to a question, both ways.

        Known are the questions of the passage's front matter and its own heading.
        """
        asked = frozenset(self.terms(reading.question.topic))
        found = (
            Known(
                known,
                min(
                    self.coverage(reading.wanted, self.terms(known)),
                    coverage(self.content_terms(known), asked, idf=self.idf),
                ),
            )
            for known in (*passage.questions, *passage.headings[-1:])
        )
        return max(found, key=lambda known: known.likeness, default=Known())

    def heard(self, passage: Passage) -> list[str]:
        """Return the terms of a passage and of the questions written for it."""
        return [
            term for text in (passage.index_text, *passage.questions) for term in self.terms(text)
        ]

    def passages(self, reading: Reading, hits: Sequence[Hit]) -> list[float]:
        """Return how well each hit's passage answers: the weighted sum of its signals."""
        weights = self.weights.passage.model_dump()
        return [
            sum(weights[name] * value for name, value in signals.items())
            for signals in self.signals(reading, hits)
        ]

    def signals(self, reading: Reading, hits: Sequence[Hit]) -> list[dict[str, float]]:
        """Return what speaks for each hit's passage, by the names of `PassageWeights`.

        By meaning: the passage at its nearest, the few nearest questions written for it, and its
        first sentence, which states the rule. By words: what the passage, its best sentence and a
        question written for it say of what is asked. A value of the asked kind counts the more,
        the fewer of the hits hold one.
        """
        typed = [self.holds_value(reading, hit.passage.text) for hit in hits]
        rarity = 1 - sum(typed) / len(hits) if hits else 0.0
        return [
            {
                "dense": hit.dense,
                "questions": self._near_questions(reading, hit),
                "first": self._first_sentence(reading, hit),
                "lexical": hit.lexical,
                "coverage": self.coverage(reading.wanted, self.heard(hit.passage)),
                "sentence": self._best_sentence(reading, hit.passage),
                "known": self._best_coverage(reading, hit.passage.questions),
                "typed": rarity * holds,
            }
            for hit, holds in zip(hits, typed, strict=True)
        ]

    def _near_questions(self, reading: Reading, hit: Hit) -> float:
        """Return the mean cosine of the nearest known questions; that of the hit without any."""
        known = self.question_vectors(hit.passage)
        if not len(known):
            return hit.dense
        return float(np.sort(known @ reading.vector)[-NEAREST:].mean())

    def _first_sentence(self, reading: Reading, hit: Hit) -> float:
        spans = self.span_vectors(hit.passage)
        return float(spans[0] @ reading.vector) if len(spans) else hit.dense

    def _best_sentence(self, reading: Reading, passage: Passage) -> float:
        """Return what the sentence that says most of the question says, its headings with it."""
        headings = self.terms(" ".join(passage.headings))
        said = ([*headings, *self.terms(unit.text)] for unit in units_of(passage))
        return max((self.coverage(reading.wanted, terms) for terms in said), default=0.0)

    def _best_coverage(self, reading: Reading, texts: Sequence[str]) -> float:
        said = (self.coverage(reading.wanted, self.terms(text)) for text in texts)
        return max(said, default=0.0)

    def units(self, reading: Reading, hit: Hit) -> list[Scored]:
        """Return the units of a hit's passage in reading order, scored."""
        part = self.weights.sentence
        meanings = self.span_vectors(hit.passage) @ reading.vector
        headings = self.terms(" ".join(hit.passage.headings))
        scored = []
        for place, unit in enumerate(units_of(hit.passage)):
            rows = [float(meanings[row]) for row in unit.spans if row < len(meanings)]
            meaning = max(rows, default=hit.dense)
            covered = self.coverage(reading.wanted, [*headings, *self.terms(unit.text)])
            typed = self.holds_value(reading, unit.text)
            score = (
                part.meaning * meaning
                + part.coverage * covered
                + part.typed * typed
                + part.first * (place == 0)
            )
            scored.append(Scored(hit, unit, score, meaning, covered, typed))
        return scored

    def holds_value(self, reading: Reading, text: str) -> bool:
        """Say whether a text holds a value of the asked kind; a count must be of what is counted.

        In "hur många riktlinjer" the first content word is what is counted: a number must stand
        shortly before it.
        """
        if not holds_value(reading.question.expects, text):
            return False
        if reading.question.expects is not Expects.COUNT or not reading.wanted:
            return True
        counted = {term for way in reading.wanted[0].alternatives for term in way.terms}
        return any(counted & set(self.terms(found[1])) for found in _NUMBERED.finditer(text))

    def says_the_same(self, one: Scored, other: Scored) -> bool:
        """Say whether two units share most of their words."""
        first, second = set(self.terms(one.unit.text)), set(self.terms(other.unit.text))
        shared = len(first & second) / (min(len(first), len(second)) or 1)
        return shared >= self.weights.same_words


def telling(words: Words | None) -> Callable[[str], float]:
    """Return how telling a term is: its idf, within bounds.

    A word in every title still counts for something, and a word that the library does not know
    is no more telling than a rare one.
    """
    if words is None:
        return lambda _: 1.0
    most = math.log1p((words.size + 0.5) / 0.5)

    @lru_cache(maxsize=REMEMBERED)
    def weight(term: str) -> float:
        return min(max(words.idf(term), LEAST_TELLING * most), MOST_TELLING * most)

    return weight


def holds_value(expects: Expects, text: str) -> bool:
    """Say whether a text holds a value of the asked kind; True where any text will do."""
    patterns = _values().get(expects.value)
    return patterns is None or bool(patterns.search(text))


@cache
def _values() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(
            "|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.MULTILINE
        )
        for name, patterns in _read_values().items()
    }


def _read_values() -> Any:
    return read_yaml("kb", "values.yaml")
