"""Invariants: what holds for every answer of every suite; an answer without quotes breaks none."""

import re

from evals.cases import Case
from evals.records import Evidence, Record
from evals.scorers.text import years_in
from kb.records import Answer, Outcome
from kb.validity import Standing

_TELLS_OF_OLDER = frozenset({"older_edition", "only_older", "year_meant"})


def verbatim(case: Case, record: Record) -> float:
    """Say whether every quote stands, letter for letter, in the Document's own file."""
    del case
    return float(all(one.verbatim for one in record.evidence))


def anchor(case: Case, record: Record) -> float:
    """Say whether every citation leads to a passage of the library."""
    del case
    return float(all(one.resolves for one in record.evidence))


def digest(case: Case, record: Record) -> float:
    """Say whether every cited passage is the one in the library, by its digest."""
    del case
    return float(all(one.same_digest for one in record.evidence))


def published(case: Case, record: Record) -> float:
    """Say whether every cited Document is published."""
    del case
    return float(all(one.published for one in record.evidence))


def in_force(case: Case, record: Record) -> float:
    """Say whether every cited edition is in force on the day, or of a year asked for, or told of.

    An older edition may be quoted when the answer says that it is older, or names its year.
    """
    earlier = (years_in(turn.question) for turn in case.history)
    years = frozenset(record.named_years).union(*earlier)
    return float(all(_may_speak(one, record, years) for one in record.evidence))


def named_year(case: Case, record: Record) -> float:
    """Say whether a question that names a plan's year is answered from no other year's plan."""
    del case
    named = set(record.named_years)
    years = {one.year for one in record.evidence if one.year}
    return float(not named or years <= named)


def supported(case: Case, record: Record) -> float:
    """Say whether every sentence of an answer is a quote of one of its citations."""
    del case
    return float(all(_quoted(record.answer, said) for said in _sentences(record.answer)))


def _may_speak(one: Evidence, record: Record, years: frozenset[int]) -> bool:
    if one.standing is Standing.IN_FORCE:
        return True
    if one.standing in (None, Standing.WITHDRAWN, Standing.NOT_PUBLISHED):
        return False
    if one.year in years:
        return True
    told = any(notice.kind in _TELLS_OF_OLDER for notice in record.answer.notices)
    return told or (one.year is not None and f"{one.year}: " in record.answer.text)


def _sentences(answer: Answer) -> list[str]:
    """Return what an answer says between its source marks, without direct answer and years."""
    if answer.outcome is not Outcome.ANSWERED:
        return []
    body = answer.text.removeprefix(answer.short) if answer.short else answer.text
    pieces = re.split(r"\s*\[\d+\]\s*", body)
    return [re.sub(r"^\s*20\d\d: ", "", piece).strip() for piece in pieces if piece.strip()]


def _quoted(answer: Answer, sentence: str) -> bool:
    return any(sentence in citation.quote for citation in answer.citations)
