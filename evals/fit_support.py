"""Fit the decision to answer or abstain on development cases; write it as data with its date."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.cases import load_cases
from evals.scorers.answer import tells
from kb.answer.support import FEATURES
from kb.draft import Draft
from kb.guide import Guide, open_guide
from kb.pipeline import check_quotes, quote_answer
from kb.records import Answer, Outcome
from kb.settings import read_settings

TARGET = Path(__file__).parent.parent / "kb" / "data" / "support.json"


@dataclass(frozen=True, slots=True)
class Row:
    """The signals of one case, whether the answer found is right, and the kind of passage."""

    features: dict[str, float]
    right: bool
    curated: bool


def collect(guide: Guide, suite: Path, *, as_of: date) -> Iterator[Row]:
    """Yield a row for every case.

    Cases that end before retrieval (personal data, steering) say nothing and are left out.
    Answerable cases whose passage is wrong count as 0: there, abstaining is the better answer.
    """
    for case in load_cases(suite):
        when = case.as_of or as_of
        draft = guide.trace(case.question, history=case.history, as_of=when)
        if draft.support is None or draft.choice is None:
            continue
        curated = bool(draft.choice.hits[0].passage.questions)
        if Outcome.ANSWERED not in case.outcomes:
            yield Row(draft.support.features, right=False, curated=curated)
        elif case.outcomes == (Outcome.ANSWERED,):
            right = tells(case, _quote(guide, draft))
            yield Row(draft.support.features, right=right, curated=curated)


def _quote(guide: Guide, draft: Draft) -> Answer:
    """Answer with what was chosen, whether it is supported or not."""
    open_draft = replace(draft, outcome=None, composition=None)
    for step in (quote_answer, check_quotes):
        open_draft = step(open_draft, guide.tools)
    return guide.finish(open_draft)


def fit(rows: Sequence[Row], *, strength: float, refuse: float) -> dict[str, Any]:
    """Fit a logistic regression; return weights on standardised features and limits.

    For each kind of passage, answers are given from the limit up that turns away the share
    `refuse` of right answers; from a third of it up, what was found is shown as near.
    """
    values = np.array([[row.features[name] for name in FEATURES] for row in rows])
    right = np.array([row.right for row in rows])
    curated = np.array([row.curated for row in rows])
    mean, scale = values.mean(axis=0), values.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=1_000)
    model.fit((values - mean) / scale, right)
    probability = model.predict_proba((values - mean) / scale)[:, 1]
    limits = {}
    for name, kind in (("curated", curated), ("plain", ~curated)):
        enough = float(np.quantile(probability[right & kind], refuse))
        limits[name] = {"enough": round(enough, 3), "near": round(enough / 3, 3)}
    return {
        "fitted": date.today().isoformat(),
        "cases": len(rows),
        "right": int(right.sum()),
        "limits": limits,
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {
            name: {
                "weight": round(float(weight), 4),
                "mean": round(float(mean[place]), 4),
                "scale": round(float(scale[place]), 4),
            }
            for place, (name, weight) in enumerate(zip(FEATURES, model.coef_[0], strict=True))
        },
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on `DATA:LIBRARY:SUITE` triples and write `kb/data/support.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", nargs="+", metavar="DATA:LIBRARY:SUITE.jsonl")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    parser.add_argument("--strength", type=float, default=0.1, help="inverse of regularisation")
    parser.add_argument("--refuse", type=float, default=0.05, help="share of right answers lost")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    for triple in options.triples:
        data, library, suite = triple.split(":")
        guide = open_guide(read_settings(library=Path(library), data=Path(data)))
        rows += collect(guide, Path(suite), as_of=options.as_of)
        guide.close()
    model = fit(rows, strength=options.strength, refuse=options.refuse)
    TARGET.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(model, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
