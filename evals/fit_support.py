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

from evals.asker import section
from evals.cases import Case, load_cases
from evals.halves import is_development
from evals.scorers.abstention import is_answerable, is_unanswerable
from evals.scorers.text import heard, normalise, says
from kb.answer.choose import choose
from kb.answer.scoring import Reading
from kb.answer.support import FEATURES, weigh_support
from kb.draft import Draft
from kb.finish import finish
from kb.guide import Guide, open_guide
from kb.index.lexical import weigh
from kb.index.search import Query
from kb.pipeline import check_quotes, quote_answer
from kb.records import Answer
from kb.retrieve import FOUND
from kb.settings import read_settings

TARGET = Path(__file__).parent.parent / "kb" / "data" / "support.json"
NEIGHBOURS = 0.3  # how much a question with its gold documents hidden counts
_DEEP = 60  # hits looked through for neighbours of the gold


@dataclass(frozen=True, slots=True)
class Row:
    """The signals of one question, whether the answer found is right, and how much it counts."""

    features: dict[str, float]
    right: bool
    weight: float = 1.0


def collect(guide: Guide, suite: Path, *, as_of: date) -> Iterator[Row]:
    """Yield the rows of a suite's development cases.

    Cases that end before retrieval (personal data, steering) say nothing and are left out.
    Answerable cases whose passage is wrong count as 0: there, abstaining is the better answer. An
    answerable case with gold is asked once more with its gold documents hidden: what is left is
    the neighbour, the likeliest way to answer wrongly.
    """
    for case in filter(is_development, load_cases(suite)):
        when = case.as_of or as_of
        draft = guide.trace(case.question, history=case.history, as_of=when)
        if draft.support is None or draft.choice is None:
            continue
        if is_unanswerable(case):
            yield Row(draft.support.features, right=False)
        elif is_answerable(case) and (case.must or case.gold):
            yield Row(draft.support.features, right=_is_right(case, _quote(guide, draft)))
            neighbour = _without_gold(guide, draft, case, when) if case.gold else None
            if neighbour is not None and neighbour.support is not None:
                right = bool(case.must) and _is_right(case, _quote(guide, neighbour))
                yield Row(neighbour.support.features, right=right, weight=NEIGHBOURS)


def _without_gold(guide: Guide, draft: Draft, case: Case, when: date) -> Draft | None:
    """Choose again with every passage of the gold documents hidden; None if the years decide."""
    question, vector = draft.question, draft.vector
    if question is None or vector is None or question.years or question.compares:
        return None
    tools = guide.tools
    hidden = {name.split("#")[0] for name in case.gold}
    query = Query(vector, tuple(weigh(draft.wanted)))
    found = tools.index.search(query, as_of=when, k=_DEEP)
    hits = [hit for hit in found if hit.passage.document_id not in hidden][:FOUND]
    reading = Reading(question, vector, draft.wanted)
    choice = choose(reading, hits, scorer=tools.scorer, year_of=tools.year_of)
    if choice is None:
        return None
    support = weigh_support(question, choice, words=len(draft.wanted))
    return replace(draft, hits=tuple(hits), choice=choice, support=support)


def _is_right(case: Case, answer: Answer) -> bool:
    """Say whether an answer tells the facts of a case; one that has none must cite its gold."""
    text = normalise(heard(answer))
    if any(says(entry, text) for entry in case.forbid):
        return False
    if case.must:
        return all(says(entry, text) for entry in case.must)
    return any(section(c.document_id, c.anchor) in case.gold for c in answer.citations)


def _quote(guide: Guide, draft: Draft) -> Answer:
    """Answer with what was chosen, whether it is supported or not."""
    open_draft = replace(draft, outcome=None, composition=None, decision=None, rules=())
    for step in (quote_answer, check_quotes):
        open_draft = step(open_draft, guide.tools)
    return finish(open_draft)


def fit(rows: Sequence[Row], *, strength: float, enough: float, near: float) -> dict[str, Any]:
    """Fit a logistic regression; return weights on standardised features and the limits.

    It is not balanced, so that what it gives is the share of answers that are right.
    """
    values = np.array([[row.features[name] for name in FEATURES] for row in rows])
    right = np.array([row.right for row in rows])
    mean, scale = values.mean(axis=0), values.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=1_000)
    model.fit((values - mean) / scale, right, sample_weight=[row.weight for row in rows])
    return {
        "fitted": date.today().isoformat(),
        "cases": sum(row.weight == 1 for row in rows),
        "right": sum(row.right for row in rows if row.weight == 1),
        "neighbours": sum(row.weight != 1 for row in rows),
        "limits": {"enough": enough, "near": near},
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
    parser.add_argument("--strength", type=float, default=0.3, help="inverse of regularisation")
    parser.add_argument("--enough", type=float, default=0.45, help="probability to answer from")
    parser.add_argument("--near", type=float, default=0.2, help="probability to show from")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    opened: dict[tuple[str, str], Guide] = {}
    for triple in options.triples:
        data, library, suite = triple.split(":")
        if (data, library) not in opened:
            settings = read_settings(library=Path(library), data=Path(data))
            opened[data, library] = open_guide(settings, use_chroma=False)
        rows += collect(opened[data, library], Path(suite), as_of=options.as_of)
    for guide in opened.values():
        guide.close()
    model = fit(rows, strength=options.strength, enough=options.enough, near=options.near)
    TARGET.write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(model, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
