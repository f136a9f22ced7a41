import pytest

from evals.figures import figures
from evals.scorers.abstention import abstained, over_refusal
from kb.records import Outcome
from tests.evals.made import SILENT, answer, case, record, results, suite

UNANSWERABLE = case("u", must=(), outcomes=(Outcome.NOT_COVERED, Outcome.OUT_OF_SCOPE))


@pytest.mark.parametrize("outcome", Outcome)
def test_an_answerable_question_turned_away_in_any_way_is_over_refusal(outcome: Outcome) -> None:
    said = record(answer(outcome=outcome))
    assert over_refusal(case(), said) == (outcome is not Outcome.ANSWERED)
    assert abstained(case(), said) is None


def test_only_abstaining_will_do_for_the_unanswerable() -> None:
    assert abstained(UNANSWERABLE, record(SILENT)) == 1
    assert abstained(UNANSWERABLE, record()) == 0
    assert abstained(UNANSWERABLE, record(answer(outcome=Outcome.REFUSED))) == 0
    assert over_refusal(UNANSWERABLE, record(SILENT)) is None


def test_a_case_that_may_end_either_way_counts_as_neither() -> None:
    either = case(outcomes=(Outcome.ANSWERED, Outcome.NOT_COVERED))
    assert abstained(either, record()) is None
    assert over_refusal(either, record()) is None


def test_precision_is_the_share_of_silence_that_was_right() -> None:
    asked = suite(case("a"), case("b"), UNANSWERABLE)
    scored = results(asked, a=SILENT, u=SILENT)
    (precision,) = [f for f in figures(scored) if f.metric == "abstain_precision"]
    assert (precision.value, precision.n) == (0.5, 2)
