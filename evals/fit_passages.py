"""Fit the weights that passages are ranked by, on development cases with gold; print them."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.asker import section
from evals.cases import load_cases
from evals.halves import is_development
from evals.scorers.abstention import is_answerable
from kb.answer.scoring import Reading
from kb.answer.weights import PassageWeights
from kb.guide import Guide, open_guide
from kb.settings import read_settings

FEATURES = tuple(PassageWeights.model_fields)
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Query:
    """A question's hits: `signals` (hits, features), `gold` (hits,), `now` the score as it is."""

    signals: Values
    gold: NDArray[np.bool_]
    now: Values


def collect(guide: Guide, suite: Path, *, as_of: date) -> Iterator[Query]:
    """Yield a Query for every answerable development case with gold."""
    for case in filter(is_development, load_cases(suite)):
        if not case.gold or not is_answerable(case):
            continue
        draft = guide.trace(case.question, history=case.history, as_of=case.as_of or as_of)
        if draft.question is None or draft.vector is None or not draft.hits:
            continue
        reading = Reading(draft.question, draft.vector, draft.wanted)
        scorer = guide.tools.scorer
        found = scorer.signals(reading, draft.hits)
        names = [section(hit.passage.document_id, hit.passage.anchor) for hit in draft.hits]
        yield Query(
            np.array([[signals[name] for name in FEATURES] for signals in found]),
            np.array([name in case.gold for name in names]),
            np.array(scorer.passages(reading, draft.hits)),
        )


def fit(queries: Sequence[Query], *, strength: float) -> Values:
    """Fit a conditional logit: the chance that a hit is chosen is the softmax of its score.

    The weights are brought to the spread of the scores as they are now, so that the margins of
    `data/weights.yaml` keep their meaning.
    """
    telling = [query for query in queries if 0 < query.gold.sum() < len(query.gold)]
    scale = np.vstack([q.signals - q.signals.mean(axis=0) for q in telling]).std(axis=0)
    scale[scale == 0] = 1.0

    def loss(weights: Values) -> tuple[float, Values]:
        total, slope = 0.0, np.zeros_like(weights)
        for query in telling:
            values = query.signals / scale
            chance = values @ weights
            chance = np.exp(chance - chance.max())
            chance /= chance.sum()
            rightly = float(chance[query.gold].sum())
            total -= np.log(rightly + 1e-12)
            slope -= (chance * query.gold / (rightly + 1e-12) - chance) @ values
        count = len(telling)
        penalty = strength / count
        return total / count + penalty / 2 * float(weights @ weights), (
            slope / count + penalty * weights
        )

    found: Any = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    weights: Values = found.x / scale
    now = np.median([query.now.std() for query in queries])
    fitted = np.median([(query.signals @ weights).std() for query in queries])
    return weights * float(now / fitted)


def first_is_gold(queries: Sequence[Query], weights: Values) -> float:
    """Return the share of questions whose best passage is gold."""
    return float(np.mean([q.gold[int(np.argmax(q.signals @ weights))] for q in queries]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on suites over one library and print weights for `kb/data/weights.yaml`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="+", type=Path, metavar="SUITE.jsonl")
    parser.add_argument("--library", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    parser.add_argument("--strength", type=float, default=3.0, help="of the regularisation")
    options = parser.parse_args(arguments)
    settings = read_settings(library=options.library, data=options.data)
    guide = open_guide(settings, use_chroma=False)
    queries = [q for suite in options.suites for q in collect(guide, suite, as_of=options.as_of)]
    guide.close()
    weights = fit(queries, strength=options.strength)
    for name, weight in zip(FEATURES, weights, strict=True):
        sys.stdout.write(f"  {name}: {weight:.3f}\n")
    now = np.mean([query.gold[int(np.argmax(query.now))] for query in queries])
    sys.stdout.write(
        f"# {len(queries)} frågor; rätt avsnitt först: {first_is_gold(queries, weights):.3f}, "
        f"med vikterna som de är {now:.3f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
