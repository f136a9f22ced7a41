"""Score consistency: the same question in other words gets the same answer from the same place."""

from collections.abc import Sequence
from itertools import combinations

from evals.scorers.answer import cited, direct
from kb.records import Answer

SAME_SOURCES = 0.8  # least Jaccard of the sections cited by any two


def agreement(answers: Sequence[Answer]) -> dict[str, float | None]:
    """Compare the answers of a group: the least Jaccard of two, and whether all agree.

    They agree when every pair cites the same sections (Jaccard at least `SAME_SOURCES`) and all
    end in the same outcome with the same direct answer.
    """
    sets = [set(cited(answer)) for answer in answers]
    least = min((jaccard(a, b) for a, b in combinations(sets, 2)), default=1.0)
    ends = {(answer.outcome, direct(answer)) for answer in answers}
    return {"consistent": float(least >= SAME_SOURCES and len(ends) == 1), "jaccard": least}


def jaccard(one: set[str], other: set[str]) -> float:
    """Return the share of sections that both cite; 1 when neither cites any."""
    return len(one & other) / len(one | other) if one | other else 1.0
