"""Analyse Swedish text for search: the terms of a text, the content words of a question.

A word gives its stem and the stems of the words it is made of; §, numbers, dates and diarienummer
are kept in one written form (`tokens.py`). Measured on 503 Swedish question-answer pairs: stems
with compound parts beside the whole word find the answer more often than stems alone.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path

from kb.language.compounds import Splitter, load_splitter
from kb.language.lexicon import data_words
from kb.language.morphology import REMEMBERED, Morphology
from kb.language.synonyms import load_synonyms
from kb.language.tokens import Found, TokenKind, scan

ANALYSIS = 1
PART_CREDIT = 0.6
SYNONYM_CREDIT = 0.8
LONGEST_PHRASE = 4
_DATA_FILES = (
    *("stopwords-sv.txt", "stopwords-en.txt", "stopwords-question.txt"),
    *("stems.txt", "compounds-keep.txt", "compounds-own.txt", "synonyms.yaml"),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands in a text: its character offsets and its search terms.

    `whole` is the term of the whole token, `parts` the terms of what it is made of, `inner` of
    what those are made of (person, uppgift of personuppgiftsincident). Stop words have them too,
    so that phrases can be matched, but are no content.
    """

    kind: TokenKind
    start: int
    end: int
    surface: str
    whole: str
    parts: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    is_stop: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """Return every term that an entry with this token is found by; none for a stop word."""
        return () if self.is_stop else (self.whole, *self.parts, *self.inner)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Terms that together stand for a question's word, and what a text with all of them earns."""

    terms: tuple[str, ...]
    credit: float


@dataclass(frozen=True, slots=True)
class ContentTerm:
    """A content word (or known phrase) of a question, with every way a text may say it.

    `start` and `end` are character offsets into the question. The first alternative is the word
    itself, then what it is made of, then its synonyms.
    """

    word: str
    start: int
    end: int
    kind: TokenKind
    alternatives: tuple[Alternative, ...]

    @property
    def whole(self) -> tuple[str, ...]:
        """Return the term of the word itself; the terms of its words when it is a phrase."""
        return self.alternatives[0].terms


class Analyser:
    """Turn text into terms; holds the stemmer, the splitter, the stop words and the synonyms."""

    def __init__(self, splitter: Splitter) -> None:
        self._swedish = frozenset(data_words("stopwords-sv.txt"))
        self._english = frozenset(data_words("stopwords-en.txt"))
        self._question = frozenset(data_words("stopwords-question.txt"))
        self._morphology = Morphology(splitter, stop_words=self._swedish | self._english)
        self._synonyms = load_synonyms(self._phrase)
        self._word_terms = lru_cache(maxsize=REMEMBERED)(self._index_terms)
        self.identity = f"sv{ANALYSIS}-{self._morphology.version}-{_data_digest()}"

    def tokens(self, text: str) -> list[Token]:
        """Return every token of the text in order, stop words marked."""
        return [self._token(found) for found in scan(text)]

    def terms(self, text: str) -> list[str]:
        """Return the index terms of the text in order, stop words left out."""
        return [
            term
            for found in scan(text)
            for term in (
                self._word_terms(found.terms[0] if found.terms else found.surface)
                if found.kind is TokenKind.WORD
                else found.terms
            )
        ]

    def content_terms(self, text: str) -> list[ContentTerm]:
        """Return the content words of a question, neither stop words nor question words."""
        return list(self._content(self.tokens(text), text))

    @property
    def question_words(self) -> frozenset[str]:
        """Return the Swedish words that questions are put in and that carry no content."""
        return self._swedish | self._question

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is listed, in the dictionary, or made of its words."""
        return (
            word in self._swedish
            or word in self._english
            or word in self._question
            or (self._morphology.reduce(word).whole,) in self._synonyms
            or self._morphology.knows(word)
        )

    def is_stop(self, word: str) -> bool:
        """Tell whether a lower-case word is a Swedish or English stop word."""
        return word in self._swedish or word in self._english

    def looks_english(self, text: str) -> bool:
        """Tell whether the text has more English function words than Swedish ones."""
        words = [found.surface for found in scan(text)]
        english = sum(word in self._english - self._swedish for word in words)
        return english > sum(word in self._swedish - self._english for word in words)

    def _index_terms(self, word: str) -> tuple[str, ...]:
        """Return the index terms of a lower-case word; none for a stop word."""
        if self.is_stop(word):
            return ()
        whole, parts, inner = self._morphology.reduce(word)
        return (whole, *parts, *inner)

    def _token(self, found: Found) -> Token:
        place = (found.kind, found.start, found.end, found.surface)
        if found.kind is not TokenKind.WORD:
            return Token(*place, found.terms[0], found.terms[1:])
        word = found.terms[0] if found.terms else found.surface
        return Token(*place, *self._morphology.reduce(word), is_stop=self.is_stop(word))

    def _content(self, tokens: Sequence[Token], text: str) -> Iterator[ContentTerm]:
        it_is_a_pronoun = self.looks_english(text)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            span = self._phrase_length(tokens[at:])
            if span > 1:
                yield self._content_term(tokens[at : at + span])
            elif not (
                token.is_stop
                or token.surface in self._question
                or (it_is_a_pronoun and text[token.start : token.end] == "it")
            ):
                yield self._content_term(tokens[at : at + 1])
            at += span

    def _phrase_length(self, tokens: Sequence[Token]) -> int:
        """Return how many tokens the longest phrase with synonyms takes here, at least 1."""
        wholes = tuple(token.whole for token in tokens[:LONGEST_PHRASE])
        return next((n for n in range(len(wholes), 1, -1) if wholes[:n] in self._synonyms), 1)

    def _content_term(self, tokens: Sequence[Token]) -> ContentTerm:
        own = tuple(token.whole for token in tokens if not token.is_stop) or (tokens[0].whole,)
        parts = tuple(part for token in tokens for part in token.parts if not token.is_stop)
        synonyms = self._synonyms.get(tuple(token.whole for token in tokens), ())
        alternatives = [Alternative(own, 1.0)]
        if parts:
            alternatives.append(Alternative(parts, PART_CREDIT))
        alternatives += [Alternative(terms, SYNONYM_CREDIT) for terms in synonyms]
        return ContentTerm(
            word=" ".join(token.surface for token in tokens),
            start=tokens[0].start,
            end=tokens[-1].end,
            kind=tokens[0].kind,
            alternatives=tuple(alternatives),
        )

    def _phrase(self, expression: str) -> tuple[tuple[str, bool], ...]:
        """Return the terms of a listed expression, each with whether it is a stop word."""
        return tuple((token.whole, token.is_stop) for token in self.tokens(expression))


def open_analyser(cache: Path | None = None) -> Analyser:
    """Return the analyser; the folder `cache` keeps the compiled dictionary (`load_lexicon`)."""
    return Analyser(load_splitter(cache=cache))


def coverage(
    question: Sequence[ContentTerm], text: Container[str], *, idf: Callable[[str], float]
) -> float:
    """Return which share of the question's content words the text has, in [0, 1].

    Words weigh by `idf`; a word counts whole, or else by the best of its alternatives (the share
    of their terms that the text has, times their credit). Nothing asked is nothing covered: 0.
    """
    weights = [max(idf(term) for term in word.whole) for word in question]
    total = sum(weights)
    found = sum(
        w * word_credit(word, text, idf=idf) for w, word in zip(weights, question, strict=True)
    )
    return found / total if total else 0.0


def word_credit(word: ContentTerm, text: Container[str], *, idf: Callable[[str], float]) -> float:
    """Return how well the text says one word of a question, in [0, 1]."""
    return max(
        alternative.credit * _share(alternative.terms, text, idf=idf)
        for alternative in word.alternatives
    )


def _share(terms: Sequence[str], text: Container[str], *, idf: Callable[[str], float]) -> float:
    there = [term for term in terms if term in text]
    total = sum(map(idf, terms)) if there else 0.0
    return sum(map(idf, there)) / total if total else 0.0


def _data_digest() -> str:
    """Return a digest of every list that the analysis rests on."""
    digest = blake2b(digest_size=8)
    for name in _DATA_FILES:
        digest.update(resources.files("kb").joinpath("data", name).read_bytes())
    return digest.hexdigest()
