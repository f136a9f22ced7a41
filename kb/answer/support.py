"""Decide whether what was found supports an answer; weights are data, fitted on cases."""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kb.answer.choose import Choice
from kb.answer.understand import Expects, Question
from kb.language.swedish import ContentTerm, coverage, word_credit

FEATURES = (
    "dense",
    "meaning",
    "margin",
    "lexical",
    "unit_coverage",
    "asked_before",
    "unknown",
    "names_missing",
    "untyped",
    "words",
)
_NAME = re.compile(r"[A-ZÅÄÖ0-9]")  # a name, an acronym or a number


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


def weigh_support(
    question: Question,
    choice: Choice,
    wanted: Sequence[ContentTerm],
    *,
    idf: Callable[[str], float],
    known: Callable[[str], bool],
    terms: Callable[[str], Sequence[str]],
) -> Support:
    """Weigh the support for an answer.

    `wanted` are the question's content words; `known(term)` says whether the library uses a
    term at all, `terms(text)` analyses text of the library. The model is a
    logistic regression, kept with its date in `data/support.json`; its limits are apart for
    passages that have questions written for them and those that have not.
    """
    found = features(question, choice, wanted, idf=idf, known=known, terms=terms)
    model = load_model()
    z = float(model["intercept"])
    for name in FEATURES:
        weight = model["weights"][name]
        z += weight["weight"] * (found[name] - weight["mean"]) / weight["scale"]
    probability = 1 / (1 + math.exp(-z))
    limits = model["limits"]["curated" if choice.hits[0].passage.questions else "plain"]
    cites = frozenset(_REFERENCE.findall(question.topic))
    stands = all(re.search(rf"\b{number}\b", choice.hits[0].passage.index_text) for number in cites)
    enough = probability >= limits["enough"] and stands
    near = not enough and probability >= limits["near"]
    return Support(probability, found, enough, near)


def features(
    question: Question,
    choice: Choice,
    wanted: Sequence[ContentTerm],
    *,
    idf: Callable[[str], float],
    known: Callable[[str], bool],
    terms: Callable[[str], Sequence[str]],
) -> dict[str, float]:
    """Return the signals of support, each about 0–1; cosines are as the model gives them.

    `margin` is how far the best passage leads the next ones; `unit_coverage` how much of the
    question the quotes say, `asked_before` how much the likest question written for the passage
    says; `unknown` is the share of the question that the library never speaks of.
    """
    best = choice.hits[0]
    rest = [hit.dense for hit in choice.hits[1:6]]
    weights = [max(idf(term) for term in word.whole) for word in wanted]
    strange = [
        weight
        for weight, word in zip(weights, wanted, strict=True)
        if not any(all(known(term) for term in way.terms) for way in word.alternatives)
    ]
    here = frozenset(choice.heard)
    names = [word for word in wanted if _NAME.match(question.topic[word.start : word.end])]
    missing = [word for word in names if word_credit(word, here, idf=idf) == 0]
    asked = [coverage(wanted, frozenset(terms(other)), idf=idf) for other in best.passage.questions]
    return {
        "dense": best.dense,
        "meaning": max(scored.meaning for scored in choice.units),
        "margin": best.dense - (sum(rest) / len(rest) if rest else best.dense),
        "lexical": best.lexical,
        "unit_coverage": choice.unit_coverage,
        "asked_before": max(asked, default=choice.coverage),
        "unknown": sum(strange) / sum(weights) if weights else 0.0,
        "names_missing": len(missing) / len(names) if names else 0.0,
        "untyped": float(question.expects in _TYPED and not choice.typed),
        "words": min(len(wanted), 12) / 12,
    }


@cache
def load_model() -> dict[str, Any]:
    """Return the fitted model: intercept, weights with mean and scale, limits, provenance."""
    source = files("kb").joinpath("data/support.json").read_text(encoding="utf-8")
    model: dict[str, Any] = json.loads(source)
    return model
