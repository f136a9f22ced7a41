from dataclasses import replace
from typing import Any

import pytest

from evals.scorers import invariants
from kb.records import Notice, Outcome, Turn
from kb.validity import Standing
from tests.evals.made import QUOTE, SILENT, answer, case, evidence, record

OLD = evidence(standing=Standing.OLDER_EDITION, year=2025)


def in_force(**given: Any) -> float:
    return invariants.in_force(case(), record(**given))


@pytest.mark.parametrize(
    ("check", "broken"),
    [
        (invariants.verbatim, {"verbatim": False}),
        (invariants.anchor, {"resolves": False}),
        (invariants.digest, {"same_digest": False}),
        (invariants.published, {"published": False}),
        (invariants.in_force, {"standing": Standing.COMING}),
    ],
)
def test_one_citation_that_breaks_it_breaks_the_answer(check: Any, broken: dict[str, Any]) -> None:
    good, bad = evidence(), evidence(n=2, **broken)
    assert check(case(), record(evidence=(good, good))) == 1
    assert check(case(), record(evidence=(good, bad))) == 0


def test_an_older_edition_may_speak_for_the_year_that_is_named() -> None:
    assert in_force(evidence=(OLD,)) == 0
    assert in_force(evidence=(OLD,), named_years=(2025,)) == 1
    asked = case(history=(Turn("Vad gäller i planen 2025?"),))
    assert invariants.in_force(asked, record(evidence=(OLD,))) == 1


def test_an_older_edition_may_speak_when_the_answer_says_that_it_is_older() -> None:
    told = answer(notices=(Notice("only_older", "Äldre."),))
    assert in_force(said=told, evidence=(OLD,)) == 1
    assert in_force(said=answer("2025: Förr. [1]"), evidence=(OLD,)) == 1


def test_a_withdrawn_document_never_speaks() -> None:
    gone = replace(OLD, standing=Standing.WITHDRAWN)
    assert in_force(evidence=(gone,), named_years=(2025,)) == 0


def test_a_named_year_is_answered_from_no_other_years_plan() -> None:
    other = evidence(year=2026)
    assert invariants.named_year(case(), record(evidence=(OLD, other))) == 1
    assert invariants.named_year(case(), record(evidence=(OLD,), named_years=(2025,))) == 1
    assert invariants.named_year(case(), record(evidence=(OLD, other), named_years=(2025,))) == 0


@pytest.mark.parametrize(
    ("text", "short", "holds"),
    [
        (f"{QUOTE} [1]", "", 1),
        (f"Nej. {QUOTE} [1]", "Nej.", 1),
        (f"2025: {QUOTE} [1]", "", 1),
        (f"{QUOTE} [1] Och hittepå.", "", 0),
        ("Hittepå. [1]", "", 0),
    ],
)
def test_every_sentence_is_a_quote(text: str, short: str, holds: float) -> None:
    assert invariants.supported(case(), record(answer(text, short=short))) == holds


def test_no_answer_breaks_nothing() -> None:
    assert SILENT.outcome is Outcome.NOT_COVERED
    checks = (invariants.supported, invariants.verbatim, invariants.in_force)
    assert all(check(case(), record(SILENT)) == 1 for check in checks)
