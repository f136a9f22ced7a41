"""Measure how hard a Swedish text is to read."""

import re
from dataclasses import dataclass

from ingest.library import sentences

_WORD = re.compile(r"[^\W\d_]+(?:[-:’'][^\W\d_]+)*")
_LONG = 6  # letters; a word with more is long


@dataclass(frozen=True, slots=True)
class Readability:
    """How many words, sentences and words of more than six letters a text has."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float:
        """Return LIX (Björnsson 1968): words a sentence plus the percentage of long words."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words


def measure(text: str) -> Readability:
    """Measure a text; an item of a list and a row of a table count as sentences."""
    found = [words for part in sentences.split(text) if (words := _WORD.findall(part))]
    return Readability(
        words=sum(map(len, found)),
        sentences=len(found),
        long_words=sum(len(word) > _LONG for words in found for word in words),
    )
