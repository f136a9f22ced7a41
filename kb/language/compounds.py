"""Split Swedish compounds into the words they are made of."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kb.language.lexicon import BEGIN, END, MIDDLE, WORD, Lexicon, data_words, load_lexicon

SHORTEST_PART = 3
MOST_PARTS = 4
LONGEST_WORD = 60
REMEMBERED = 100_000
_ENDINGS = frozenset(
    ("", *"s n ns r rs rna rnas t ts en ens er ers erna ernas ar ars arna arnas na".split())
)


class Splitter:
    """Split words by a lexicon, and remember the splits."""

    def __init__(self, lexicon: Lexicon, *, kept: Iterable[str] = ()) -> None:
        """Take words never to be split (`riktlinje`, inflections too) and prefixes (`över-`)."""
        listed = frozenset(kept)
        self.version = lexicon.version
        self._kept = frozenset(word for word in listed if not word.endswith("-"))
        self._prefixes = frozenset(word[:-1] for word in listed if word.endswith("-"))
        self._role = lru_cache(maxsize=REMEMBERED)(lexicon.role)
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._best_split)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a lower-case word, linking letters kept; itself alone if simple.

        Fewest parts win, then no letter left out, then the longest shortest part, then the
        longest last one.
        """
        return self._remembered(word)

    def is_word(self, form: str) -> bool:
        """Tell whether a lower-case form stands in the dictionary as a word of its own."""
        return bool(self._role(form) & WORD)

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is in the dictionary or is made of its words."""
        return self.is_word(word) or len(self.split(word)) > 1

    def _best_split(self, word: str) -> tuple[str, ...]:
        if not 2 * SHORTEST_PART <= len(word) <= LONGEST_WORD or self._is_kept(word):
            return (word,)
        ways = self._ways(word, starts=BEGIN, parts_left=MOST_PARTS)
        return min(ways, key=_preference, default=(word,))

    def _is_kept(self, word: str) -> bool:
        """Tell whether the word is listed as not to be split, or is `kept*` and an ending."""
        return any(
            word[:cut] in self._kept and word[cut:] in _ENDINGS
            for cut in range(SHORTEST_PART, len(word) + 1)
        )

    def _ways(self, rest: str, *, starts: int, parts_left: int) -> Iterator[tuple[str, ...]]:
        """Yield every split of `rest` into two parts or more, the first one in role `starts`."""
        for at in range(SHORTEST_PART, len(rest) - SHORTEST_PART + 1):
            tail = rest[at:]
            for head in _heads(rest, at):
                if head in self._prefixes or not self._role(head) & starts:
                    continue
                if self._role(tail) & END:
                    yield head, tail
                if parts_left > 2:
                    further = self._ways(tail, starts=BEGIN | MIDDLE, parts_left=parts_left - 1)
                    yield from ((head, *parts) for parts in further)


def load_splitter(*, cache: Path | None = None) -> Splitter:
    """Return the splitter over hunspell-sv and the project's word lists; see `load_lexicon`."""
    return Splitter(load_lexicon(cache=cache), kept=data_words("compounds-keep.txt"))


def _preference(parts: tuple[str, ...]) -> tuple[int, ...]:
    lengths = [len(part) for part in parts]
    return len(parts), sum(lengths), -min(lengths), -lengths[-1]


def _heads(text: str, at: int) -> Iterator[str]:
    """Yield the first part at a cut; of three equal letters only two are written: loggranskning."""
    yield text[:at]
    if text[at - 1] == text[at]:
        yield text[: at + 1]
