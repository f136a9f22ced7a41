"""Reduce a Swedish word to its stem and the stems of the words it is made of."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from importlib import metadata
from threading import Lock
from typing import NamedTuple

import Stemmer  # type: ignore[import-not-found]

from kb.language.compounds import Splitter
from kb.language.lexicon import data_lines
from kb.language.tokens import MONTHS_SV

REMEMBERED = 200_000
_ABBREVIATION_ENDINGS = frozenset("n s ns t ts en et er ar na erna ens ets arna ers".split())


class Reduced(NamedTuple):
    """The term of a word, of its parts, and of what those are made of; no term twice."""

    whole: str
    parts: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()


class Morphology:
    """Reduce words by Snowball, a compound splitter and a list of forms that belong together."""

    def __init__(self, splitter: Splitter, *, stop_words: Collection[str]) -> None:
        """Take the words that are no part of anything worth finding (`över`)."""
        self.version = f"{splitter.version}-snowball{metadata.version('pystemmer')}"
        self._splitter = splitter
        self._stop = frozenset(stop_words)
        self._stemmer = Stemmer.Stemmer("swedish", 0)
        self._lock = Lock()  # the stemmer keeps a buffer
        self._grouped = {name: name for name in MONTHS_SV} | {
            form: self._snowball(line.split()[0])
            for line in data_lines("stems.txt")
            for form in line.split()
        }
        self.reduce = lru_cache(maxsize=REMEMBERED)(self._reduce)

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is listed, in the dictionary, or made of its words."""
        return word in self._grouped or self._splitter.knows(word)

    def _reduce(self, word: str) -> Reduced:
        """Return the terms of a lower-case word; a hyphenated one is also made of its segments."""
        segments = [segment for segment in _without_ending(word).split("-") if segment]
        whole = "".join(segments[:-1]) + self._stem(segments[-1]) if segments else word
        words = [part for segment in segments for part in self._split(segment)]
        if len(segments) > 1:
            words = [s for s in segments if len(s) > 1 or s.isdigit()] + words
        parts = dict.fromkeys(map(self._stem, words))
        inner = dict.fromkeys(self._stem(deep) for part in words for deep in self._split_deep(part))
        return Reduced(
            whole,
            tuple(part for part in parts if part != whole),
            tuple(deep for deep in inner if deep != whole and deep not in parts),
        )

    def _stem(self, word: str) -> str:
        """Return the stem; of a compound the last part is stemmed, so that inflections agree."""
        *heads, last = self._splitter.split(word)
        return "".join(heads) + self._stem(last) if heads else self._stem_simple(last)

    def _stem_simple(self, word: str) -> str:
        if grouped := self._grouped.get(word):
            return grouped
        for ending in ("et", "ets"):  # Snowball leaves "lösenordet" and its like alone
            base = word.removesuffix(ending)
            if len(base) > 2 and base != word and self._splitter.is_word(base):
                return self._grouped.get(base) or self._snowball(base)
        return self._snowball(word)

    def _split(self, word: str) -> list[str]:
        """Return the words a compound is made of, linking letters off; empty for a simple word."""
        *heads, last = self._splitter.split(word)
        parts = [*map(self._unlinked, heads), last] if heads else []
        return [part for part in parts if part not in self._stop]

    def _split_deep(self, word: str) -> Iterator[str]:
        for part in self._split(word):
            yield part
            yield from self._split_deep(part)

    def _unlinked(self, part: str) -> str:
        """Return the word that a first or middle part comes from: säkerhets → säkerhet."""
        is_word = self._splitter.is_word
        bases = {"s": ("", "e"), "e": ("", "a"), "o": ("a",), "u": ("a",)}.get(part[-1], ())
        if len(part) < 5 if part[-1] == "s" else is_word(part):
            return part
        return next((part[:-1] + end for end in bases if is_word(part[:-1] + end)), part)

    def _snowball(self, word: str) -> str:
        with self._lock:
            return str(self._stemmer.stemWord(word))


def _without_ending(word: str) -> str:
    """Return an abbreviation without its inflection: ai:n → ai, kommun's → kommun."""
    base, mark, ending = word.replace("’", "'").replace("'", ":").partition(":")
    if not mark or ending in _ABBREVIATION_ENDINGS:
        return base
    return base + ending.replace(":", "")
