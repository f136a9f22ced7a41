"""The lexical indexes that one audience may use, asked as one: no other text counts in them."""

from collections import Counter
from collections.abc import Mapping

from kb.index.lexical import LexicalIndex, document_weight


class Words:
    """Words of the passages open to one audience; `parts` are lexical indexes by audience.

    There is one index an audience, so that what a word weighs, whether it is known and what a
    misspelt one may become is decided by texts that whoever asks may read, and by no others.
    """

    def __init__(self, parts: Mapping[str, LexicalIndex]) -> None:
        self.parts = parts
        self.size = sum(part.size for part in parts.values())

    def document_frequency(self, term: str) -> int:
        """Return how many passages have the term."""
        return sum(part.document_frequency(term) for part in self.parts.values())

    def idf(self, term: str) -> float:
        """Return the term's inverse document frequency as BM25 counts it; > 0."""
        return document_weight(self.size, self.document_frequency(term))

    def vocabulary(self) -> dict[str, int]:
        """Return every word as written (lower case), with how often it occurs."""
        counts: Counter[str] = Counter()
        for part in self.parts.values():
            counts.update(part.vocabulary())
        return dict(counts)
