import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Case
from evals.records import Record
from evals.retrieval.rankings import (
    Place,
    measure,
    recall,
    reciprocal_rank,
    success,
    table,
)
from evals.scorers import retrieval
from kb.records import Answer, Outcome
from tests.evals.small_library import TODAY

SECTIONS = [f"d#{letter}" for letter in "abcdefghijklmn"]
SILENT = Answer("", "", "sv", Outcome.FAILED, "", "")


def ranking(*names: str) -> tuple[Place, ...]:
    return tuple(Place(frozenset({name}), 10) for name in names)


@given(found=st.permutations(SECTIONS), gold=st.sets(st.sampled_from(SECTIONS), min_size=1))
def test_where_a_place_is_a_section_the_figures_are_those_of_the_suites(
    found: list[str], gold: set[str]
) -> None:
    case = Case("c", "?", gold=tuple(sorted(gold)))
    record = Record("s", "c", "?", "", TODAY, SILENT, hits=tuple(found))
    places, wanted = ranking(*found), frozenset(gold)
    assert recall(places, wanted) == retrieval.recall(5)(case, record)
    assert reciprocal_rank(places, wanted) == retrieval.reciprocal_rank(10)(case, record)
    assert success(places, wanted) == retrieval.success(1)(case, record)


def test_a_place_counts_for_every_section_it_holds() -> None:
    places = (Place(frozenset({"d#a", "d#b"}), 300),)
    assert recall(places, frozenset({"d#a", "d#b"})) == 1


def test_nothing_found_is_nothing_right() -> None:
    gold = frozenset({"d#a"})
    assert (recall((), gold), reciprocal_rank((), gold), success((), gold)) == (0, 0, 0)


def test_a_loss_is_told_with_its_interval_in_the_table() -> None:
    gold = {str(n): frozenset({"d#a"}) for n in range(4)}
    whole = {key: ranking("d#a") for key in gold}
    less = {**whole, "0": ranking("d#b")}
    rows = [measure("whole", whole, gold), measure("less", less, gold, whole=whole)]
    assert rows[1].loss is not None
    assert rows[1].loss[0] == pytest.approx(-0.25)
    lines = table(rows).splitlines()
    assert lines[2] == "| whole | 1.000 | 1.000 | 1.000 |  | 10 |"
    assert lines[3].startswith("| less | .750 | .750 | .750 | -0.250 (")
