"""Decide whether what was found supports an answer; weights are data, fitted on cases."""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kb.choose import Choice
from kb.swedish import ContentTerm
from kb.understand import Expects, Question

FEATURES = (
    "dense",
    "meaning",
    "lexical",
    "coverage",
    "unit_coverage",
    "unknown",
    "names_missing",
    "untyped",
    "margin",
    "words",
    "english",
)
_NAME = re.compile(r"(?<![.?!:]\s)(?<!^)\b[A-ZÅÄÖ][\w-]+|\b\d[\d.,:-]*\b")


@dataclass(frozen=True, slots=True)
class Support:
    """How well the chosen passage supports an answer: a probability, and what it came from."""

    probability: float
    features: dict[str, float]
    enough: bool


def weigh(
    question: Question,
    choice: Choice,
    wanted: Sequence[ContentTerm],
    *,
    idf: Callable[[str], float],
    known: Callable[[str], bool],
) -> Support:
    """Weigh the support for an answer.

    `wanted` are the question's content words; `known(term)` says whether the library uses a
    term at all. The model is a logistic regression, kept with its date in `data/support.json`.
    """
    found = features(question, choice, wanted, idf=idf, known=known)
    model = load_model()
    z = float(model["intercept"])
    for name in FEATURES:
        weight = model["weights"][name]
        z += weight["weight"] * (found[name] - weight["mean"]) / weight["scale"]
    probability = 1 / (1 + math.exp(-z))
    return Support(probability, found, probability >= float(model["threshold"]))


def features(
    question: Question,
    choice: Choice,
    wanted: Sequence[ContentTerm],
    *,
    idf: Callable[[str], float],
    known: Callable[[str], bool],
) -> dict[str, float]:
    """Return the signals of support, each about 0–1; cosines are as the model gives them."""
    best = choice.hits[0]
    rest = [hit.dense for hit in choice.hits[1:6]]
    said = best.passage.index_text
    names = [name for name in _NAME.findall(question.text) if not name.isspace()]
    missing = [name for name in names if name.lower() not in said.lower()]
    total = sum(max(idf(term) for term in word.whole) for word in wanted)
    strange = sum(
        max(idf(term) for term in word.whole)
        for word in wanted
        if not any(all(known(term) for term in way.terms) for way in word.alternatives)
    )
    typed = question.expects in (Expects.AMOUNT, Expects.COUNT, Expects.DATE, Expects.WHO)
    return {
        "dense": best.dense,
        "meaning": max(scored.meaning for scored in choice.units),
        "lexical": best.lexical,
        "coverage": choice.coverage,
        "unit_coverage": choice.unit_coverage,
        "unknown": strange / total if total else 0.0,
        "names_missing": len(missing) / len(names) if names else 0.0,
        "untyped": float(typed and not choice.typed),
        "margin": best.dense - (sum(rest) / len(rest) if rest else best.dense),
        "words": min(len(wanted), 12) / 12,
        "english": float(question.language == "en"),
    }


@cache
def load_model() -> dict[str, Any]:
    """Return the fitted model: intercept, weights with mean and scale, threshold, provenance."""
    source = files("kb").joinpath("data/support.json").read_text(encoding="utf-8")
    model: dict[str, Any] = json.loads(source)
    return model
