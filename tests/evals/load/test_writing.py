"""How the measurements of load are written: percentiles, tables, one part of a page at a time."""

import pytest

from evals.load.asker import Heard
from evals.load.crowd import Talked, Thinking
from evals.load.plan import put
from evals.load.written import both, table


def test_both_are_the_median_and_the_95th_percentile() -> None:
    assert both([float(one) for one in range(101)], digits=0) == "50 / 95"


def test_nothing_measured_is_a_dash() -> None:
    assert both([]) == "–"


def test_a_table_has_a_line_for_the_head_one_below_and_one_a_row() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"


def test_a_part_is_exchanged_and_the_others_stand() -> None:
    page = put(put("# Load\n", "one", "first"), "two", r"second \1")
    again = put(page, "one", "anew")
    assert "first" not in again
    assert again.index("anew") < again.index(r"second \1")


@pytest.mark.parametrize("text", ["same", r"with \g<0>"])
def test_the_same_part_twice_changes_nothing(text: str) -> None:
    page = put("# Load\n", "one", text)
    assert put(page, "one", text) == page


def test_faults_are_those_that_were_not_answered() -> None:
    talked = Talked((Heard(1, 2), Heard(0, 1, "join 429")), 3)
    assert talked.faults == ("join 429",)


def test_thinking_is_told_in_words() -> None:
    assert [str(Thinking(5, 25)), str(Thinking(0, 0))] == ["5-25 s", "none: all at once"]
