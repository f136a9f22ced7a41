"""Choose what answers: the passage, then its sentences, then what a second passage adds."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from ingest.document import Passage
from kb.records import Hit
from kb.swedish import Analyser, ContentTerm
from kb.understand import Expects, Question
from kb.units import Unit, units_of

Vector = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit of a hit's passage with its score and the parts of it."""

    hit: Hit
    unit: Unit
    score: float
    meaning: float
    coverage: float
    typed: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: hits in order of how well they answer, and the units to quote."""

    hits: tuple[Hit, ...]
    units: tuple[Scored, ...]
    coverage: float
    unit_coverage: float
    typed: bool


@dataclass(frozen=True, slots=True)
class Chooser:
    """Choose over one index; `span_vectors(passage)` gives a row per span, `idf(term)` a weight."""

    analyser: Analyser
    span_vectors: Callable[[Passage], Vector | None]
    idf: Callable[[str], float]

    def choose(self, question: Question, hits: Sequence[Hit], vector: Vector) -> Choice | None:
        """Choose passages and units for a question; None when there are no hits."""
        if not hits:
            return None
        wanted = self.analyser.content_terms(question.text)
        weights = load_weights()
        ranked = sorted(hits, key=lambda hit: -self._passage_score(hit, wanted, question, weights))
        best = self._passage_score(ranked[0], wanted, question, weights)
        close = [
            hit
            for hit in ranked[1:4]
            if best - self._passage_score(hit, wanted, question, weights)
            <= weights["second_passage"]
        ]
        units = self._units(question, ranked[0], wanted, vector)
        chosen = _keep(units, weights)
        for hit in close:
            room = int(weights["most_units"]) - len(chosen)
            if room > 0:
                chosen += self._addition(question, hit, wanted, vector, chosen)[:room]
        said = [term for scored in chosen for term in self.analyser.terms(scored.unit.text)]
        said += self.analyser.terms(" ".join(ranked[0].passage.headings))
        return Choice(
            hits=tuple(ranked),
            units=tuple(chosen),
            coverage=self.coverage(wanted, self.analyser.terms(ranked[0].passage.index_text)),
            unit_coverage=self.coverage(wanted, said),
            typed=any(scored.typed for scored in chosen),
        )

    def coverage(self, wanted: Sequence[ContentTerm], said: Sequence[str]) -> float:
        """Return the idf-weighted share of the question's content words that a text says."""
        have = set(said)
        total = earned = 0.0
        for term in wanted:
            weight = max(self.idf(word) for word in term.whole)
            total += weight
            earned += weight * max(
                (
                    way.credit
                    for way in term.alternatives
                    if all(word in have for word in way.terms)
                ),
                default=0.0,
            )
        return earned / total if total else 0.0

    def _passage_score(
        self, hit: Hit, wanted: Sequence[ContentTerm], question: Question, weights: dict[str, Any]
    ) -> float:
        covered = self.coverage(wanted, self.analyser.terms(hit.passage.index_text))
        typed = holds_value(question.expects, hit.passage.text)
        part = weights["passage"]
        return hit.score + float(part["coverage"]) * covered + float(part["typed"]) * typed

    def _units(
        self, question: Question, hit: Hit, wanted: Sequence[ContentTerm], vector: Vector
    ) -> list[Scored]:
        part = load_weights()["sentence"]
        meanings = self._meanings(hit.passage, vector)
        headings = self.analyser.terms(" ".join(hit.passage.headings))
        scored = []
        for place, unit in enumerate(units_of(hit.passage)):
            rows = [meanings[row] for row in unit.spans if row < len(meanings)]
            meaning = max(rows, default=hit.dense)
            covered = self.coverage(wanted, [*headings, *self.analyser.terms(unit.text)])
            typed = holds_value(question.expects, unit.text)
            score = (
                part["meaning"] * meaning
                + part["coverage"] * covered
                + part["typed"] * typed
                + part["first"] * (place == 0)
            )
            scored.append(Scored(hit, unit, float(score), float(meaning), covered, typed))
        return scored

    def _meanings(self, passage: Passage, vector: Vector) -> Sequence[float]:
        spans = self.span_vectors(passage)
        return [] if spans is None else [float(value) for value in spans @ vector]

    def _addition(
        self,
        question: Question,
        hit: Hit,
        wanted: Sequence[ContentTerm],
        vector: Vector,
        chosen: Sequence[Scored],
    ) -> list[Scored]:
        """Return what a further passage adds: its best unit and the one that goes with it."""
        units = self._units(question, hit, wanted, vector)
        said = {scored.unit.text for scored in chosen}
        fresh = sorted((u for u in units if u.unit.text not in said), key=lambda u: -u.score)[:2]
        return sorted(fresh, key=lambda scored: (scored.unit.block, scored.unit.start))


def holds_value(expects: Expects, text: str) -> bool:
    """Say whether a text holds a value of the asked kind; True where any text will do."""
    patterns = _values().get(expects.value)
    return patterns is None or bool(patterns.search(text))


@cache
def load_weights() -> dict[str, Any]:
    """Return the weights of the choice, from `data/weights.yaml`."""
    weights: dict[str, Any] = _read("weights.yaml")
    return weights


def _keep(units: list[Scored], weights: dict[str, Any]) -> list[Scored]:
    """Keep a short passage whole; of a long one the best units, in reading order."""
    most = int(weights["most_units"])
    if len(units) <= most:
        return units
    best = max(scored.score for scored in units)
    near = [u for u in units if best - u.score <= float(weights["sentence"]["keep"])]
    kept = sorted(near, key=lambda scored: -scored.score)[:most]
    return sorted(kept, key=lambda scored: (scored.unit.block, scored.unit.start))


@cache
def _values() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
        for name, patterns in _read("values.yaml").items()
    }


def _read(name: str) -> Any:
    return yaml.safe_load(files("kb").joinpath("data", name).read_text(encoding="utf-8"))
