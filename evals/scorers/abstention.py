"""Score silence: whether the unanswerable is left unanswered, and the answerable is answered."""

from evals.cases import Case
from evals.records import Record
from kb.records import Outcome

ABSTAINED = frozenset({Outcome.NOT_COVERED, Outcome.OUT_OF_SCOPE})


def is_answerable(case: Case) -> bool:
    """Say whether nothing but an answer will do."""
    return case.outcomes == (Outcome.ANSWERED,)


def is_unanswerable(case: Case) -> bool:
    """Say whether nothing but abstaining will do."""
    return bool(case.outcomes) and set(case.outcomes) <= ABSTAINED


def abstained(case: Case, record: Record) -> float | None:
    """Say whether the unanswerable was left unanswered: the recall of abstaining."""
    return float(record.answer.outcome in ABSTAINED) if is_unanswerable(case) else None


def over_refusal(case: Case, record: Record) -> float | None:
    """Say whether an answerable question was turned away, in whatever way."""
    return float(record.answer.outcome is not Outcome.ANSWERED) if is_answerable(case) else None
