"""Tell a question in the field from one that surely lies outside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np

from ingest.shipped_data import read_yaml
from kb.language.expressions import Expression, read_expressions, said
from kb.language.swedish import Analyser, Token

Vector = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Vectors of example questions, inside and outside the field, and the words of the field."""

    inside: Vector
    outside: Vector
    field: frozenset[Expression]

    def contains(self, vector: Vector, tokens: Sequence[Token], *, nearest_passage: float) -> bool:
        """Say whether a question may lie in the field; in doubt it does.

        `tokens` are the question's, `nearest_passage` its best cosine with the library. Outside is
        only what speaks no word of the field and lies nearer to a question outside it than to the
        library and the questions inside.
        """
        if self.field & said(tokens).keys():
            return True
        inside = max(float(np.max(self.inside @ vector)), nearest_passage)
        outside = float(np.max(self.outside @ vector))
        return inside - outside >= float(_examples()["lead"])


def read_scope(embed: Callable[[Sequence[str]], Vector], analyser: Analyser) -> Scope:
    """Embed the example questions of `data/scope.yaml` and analyse its words."""
    examples = _examples()
    words = chain.from_iterable(examples["field"].values())
    inside, outside = embed(examples["inside"]), embed(examples["outside"])
    return Scope(inside, outside, read_expressions(words, analyser))


@cache
def _examples() -> dict[str, Any]:
    examples: dict[str, Any] = read_yaml("kb", "scope.yaml")
    return examples
