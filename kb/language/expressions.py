"""Find listed words and phrases in a text, also inside its compounds."""

from collections.abc import Iterable, Mapping, Sequence

from kb.language.swedish import LONGEST_PHRASE, Analyser, Token

WHOLE, PART = 2, 1  # what a word or phrase by itself counts, and one inside a compound

Expression = tuple[str, ...]
"""The terms of a word or phrase, in order."""


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
