from typing import Any

from evals.candidate import touched
from evals.gate import PART, judge
from evals.suites import Suite, only_critical
from evals.trial import Kind
from tests.evals.made import WRONG, baseline, case, suite, trial

GOLD = case("g", gold=("etik#a",))
CRITICAL = case("k", critical=True)
PLAIN = case("p")
ASKED = suite(GOLD, CRITICAL, PLAIN)


def chosen(changed: set[str], **given: Any) -> list[str]:
    options: dict[str, Any] = {"held": {"etik", "regler"}, "baseline": None} | given
    found: tuple[Suite, ...] = touched([ASKED], changed=changed, **options)
    return [one.id for kept in found for one in kept.cases]


def test_a_changed_document_asks_the_cases_that_speak_of_it_and_the_critical() -> None:
    assert chosen({"etik"}) == ["g", "k"]
    assert chosen({"annat"}) == ["k"]


def test_a_case_speaks_of_what_it_cited_in_the_baseline() -> None:
    assert chosen({"regler"}, baseline=baseline(ASKED)) == ["g", "k", "p"]


def test_a_library_that_no_case_speaks_of_is_asked_nothing() -> None:
    assert chosen({"annat"}, held={"annat"}) == []


def test_a_critical_case_of_documents_that_are_not_held_is_not_asked() -> None:
    kept = touched(
        [suite(case("k", critical=True, gold=("borta#a",)), GOLD)],
        changed={"etik"}, held={"etik"}, baseline=None,
    )  # fmt: skip
    assert [one.id for one in kept[0].cases] == ["g"]


def test_of_a_part_only_single_cases_are_judged() -> None:
    low = {"suites": {"s": {"cases": 99, "metrics": {"right": {"floor": 1.0, "max_worse": 0}}}}}
    part = suite(CRITICAL, PLAIN)
    assert judge(trial(part, policy=low), PART).passed
    worse = trial(part, policy=low, before=baseline(part), p=WRONG)
    assert {finding.kind for finding in judge(worse, PART).failures} == {Kind.RATCHET}
    wrong = trial(part, policy=low, k=WRONG)
    assert [finding.kind for finding in judge(wrong, PART).failures] == [Kind.CRITICAL]


def test_only_the_critical_cases_are_kept() -> None:
    assert [kept.cases for kept in only_critical([ASKED, suite(PLAIN, name="b")])] == [(CRITICAL,)]
