"""Decide whether what was found supports an answer; weights are data, fitted on cases."""

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kb.answer.choose import Choice
from kb.answer.understand import Expects, Question

FEATURES = ("score", "words", "lead", "first_by_words", "coverage", "untyped", "closed")
_TYPED = frozenset(
    {
        Expects.IDENTIFIER,
        Expects.FREQUENCY,
        Expects.AMOUNT,
        Expects.COUNT,
        Expects.DURATION,
        Expects.DATE,
        Expects.WHO,
    }
)

# An article, chapter or section that a question names must stand in what answers it.
_REFERENCE = re.compile(r"(?i)\b(?:artikel|article|art\.)\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Support:
    """How well the chosen passage supports an answer: a probability, and what it came from.

    `near` says that it is not enough, but that the passage may still help the reader.
    """

    probability: float
    features: dict[str, float]
    enough: bool
    near: bool


def weigh_support(question: Question, choice: Choice, *, words: int) -> Support:
    """Weigh the support for an answer; `words` is how many content words the question has.

    The model is a logistic regression, kept with its date and limits in `data/support.json`:
    the probability that what was chosen is right.
    """
    found = features(question, choice, words=words)
    model = load_model()
    z = float(model["intercept"])
    for name in FEATURES:
        weight = model["weights"][name]
        z += weight["weight"] * (found[name] - weight["mean"]) / weight["scale"]
    probability = 1 / (1 + math.exp(-z))
    limits = model["limits"]
    cites = frozenset(_REFERENCE.findall(question.topic))
    stands = all(re.search(rf"\b{number}\b", choice.hits[0].passage.index_text) for number in cites)
    enough = probability >= limits["enough"] and stands
    near = not enough and probability >= limits["near"]
    return Support(probability, found, enough, near)


def features(question: Question, choice: Choice, *, words: int) -> dict[str, float]:
    """Return the signals of support.

    `score` is that of the best passage, `lead` how far it is ahead of the best one of another
    document; `words` the logarithm of the question's length in content words; `first_by_words`
    says that no other hit has more of its words, `coverage` how many it says; `untyped` that a
    value of the asked kind is missing, `closed` that the question wants yes or no.
    """
    best = choice.hits[0]
    return {
        "score": choice.score,
        "words": math.log1p(words),
        "lead": choice.lead,
        "first_by_words": float(best.lexical >= max(hit.lexical for hit in choice.hits)),
        "coverage": choice.coverage,
        "untyped": float(question.expects in _TYPED and not choice.typed),
        "closed": float(question.expects in (Expects.PERMISSION, Expects.YES_NO)),
    }


@cache
def load_model() -> dict[str, Any]:
    """Return the fitted model: intercept, weights with mean and scale, limits, provenance."""
    source = files("kb").joinpath("data/support.json").read_text(encoding="utf-8")
    model: dict[str, Any] = json.loads(source)
    return model
