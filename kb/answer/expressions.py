"""Find listed expressions in a question, whatever their inflection, also inside compounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kb.language.swedish import Analyser

Terms = tuple[str, ...]
Said = Mapping[Terms, Sequence[int]]
LONGEST = 4  # words of an expression


def expressions(words: Iterable[str], analyser: Analyser) -> frozenset[Terms]:
    """Analyse listed expressions, of at most `LONGEST` words each."""
    return frozenset(tuple(token.whole for token in analyser.tokens(word)) for word in words)


def said_in(text: str, analyser: Analyser) -> Said:
    """Return what a text says and at which token: words, parts of compounds, short phrases."""
    tokens = analyser.tokens(text)
    wholes = tuple(token.whole for token in tokens)
    said: defaultdict[Terms, list[int]] = defaultdict(list)
    for at, token in enumerate(tokens):
        for part in token.parts:
            said[(part,)].append(at)
        for length in range(1, min(LONGEST, len(wholes) - at) + 1):
            said[wholes[at : at + length]].append(at)
    return said


def places(wanted: frozenset[Terms], said: Said) -> list[int]:
    """Return the tokens at which expressions stand, in order."""
    return sorted(place for terms in wanted & said.keys() for place in said[terms])
