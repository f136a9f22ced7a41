"""Find listed words and phrases in a text, whatever their inflection, also inside compounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kb.language.swedish import LONGEST_PHRASE, Analyser, Token

WHOLE, PART = 2, 1  # what a word or phrase by itself counts, and one inside a compound

Expression = tuple[str, ...]
"""The terms of a word or phrase, in order."""

Places = Mapping[Expression, Sequence[int]]
"""Every expression that a text says, and the tokens at which it stands."""


def read_expressions(words: Iterable[str], analyser: Analyser) -> frozenset[Expression]:
    """Analyse words and phrases as they will be looked for; what has no letters is left out."""
    read = (tuple(token.whole for token in analyser.tokens(word)) for word in words)
    return frozenset(expression for expression in read if expression)


def said(tokens: Sequence[Token]) -> Mapping[Expression, int]:
    """Return every expression that a text says: WHOLE by itself, PART inside a compound."""
    wholes = tuple(token.whole for token in tokens)
    found: dict[Expression, int] = {
        (part,): PART for token in tokens for part in (*token.parts, *token.inner)
    }
    for at in range(len(wholes)):
        for length in range(1, LONGEST_PHRASE + 1):
            found[wholes[at : at + length]] = WHOLE
    return found


def places_in(tokens: Sequence[Token], *, heads_only: bool = False) -> Places:
    """Return every expression that a text says and where: words, their parts, short phrases.

    `heads_only` takes of a compound only what it is: a patientjournal is a journal, a
    journalsystem is none.
    """
    wholes = tuple(token.whole for token in tokens)
    found: defaultdict[Expression, list[int]] = defaultdict(list)
    for at, token in enumerate(tokens):
        for part in token.parts[-1:] if heads_only else token.parts:
            found[(part,)].append(at)
        for length in range(1, min(LONGEST_PHRASE, len(wholes) - at) + 1):
            found[wholes[at : at + length]].append(at)
    return found


def where(wanted: frozenset[Expression], found: Places) -> list[int]:
    """Return the tokens at which any of the wanted expressions stands, in order."""
    return sorted(place for expression in wanted & found.keys() for place in found[expression])
