"""Tell a question in the field from one that lies outside it, by its nearest known questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

Vector = np.ndarray[Any, np.dtype[np.float32]]
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """Vectors of example questions, inside and outside the field."""

    inside: Vector
    outside: Vector

    def contains(self, vector: Vector, *, nearest_passage: float, said: float) -> bool:
        """Say whether a question lies in the field.

        `nearest_passage` is its best cosine with the library, `said` the share of its words that
        the best passage says: what lies near the library, or speaks its words, is in the field,
        whatever the examples say.
        """
        inside = float(np.sort(self.inside @ vector)[-NEIGHBOURS:].mean())
        outside = float(np.sort(self.outside @ vector)[-NEIGHBOURS:].mean())
        limits = _examples()["limits"]
        if nearest_passage >= limits["near_library"] or said >= limits["says_its_words"]:
            return True
        return inside - outside >= float(limits["lead"])


def read_scope(embed: Callable[[Sequence[str]], Vector]) -> Scope:
    """Embed the example questions of `data/scope.yaml`."""
    examples = _examples()
    return Scope(embed(examples["inside"]), embed(examples["outside"]))


@cache
def _examples() -> dict[str, Any]:
    source = files("kb").joinpath("data/scope.yaml").read_text(encoding="utf-8")
    examples: dict[str, Any] = yaml.safe_load(source)
    return examples
