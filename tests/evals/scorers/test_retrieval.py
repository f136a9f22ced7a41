import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics import BY_NAME
from tests.evals.made import case, record

NAMES = ["R@5", "R@10", "RR@10", "nDCG@10", "Success@1"]
PLACES = [f"dok#{number}" for number in range(20)]
RANKINGS = st.lists(st.sampled_from(PLACES), unique=True, max_size=15)
GOLD = st.lists(st.sampled_from(PLACES), unique=True, min_size=1, max_size=12)


def reference(name: str, hits: list[str], gold: list[str]) -> float:
    """Score with trec_eval's own implementation."""
    run = {"q": {hit: float(len(hits) - rank) for rank, hit in enumerate(hits)} or {"none": 1.0}}
    qrels = {"q": dict.fromkeys(gold, 1)}
    measure = ir_measures.parse_measure(name)
    return float(ir_measures.calc_aggregate([measure], qrels, run)[measure])


@pytest.mark.parametrize("name", NAMES)
@given(hits=RANKINGS, gold=GOLD)
def test_the_figure_is_that_of_trec_eval(name: str, hits: list[str], gold: list[str]) -> None:
    score = BY_NAME[name].score
    assert score is not None
    ours = score(case(gold=tuple(gold)), record(hits=tuple(hits)))
    assert ours == pytest.approx(reference(name, hits, gold))


@pytest.mark.parametrize("name", NAMES)
def test_a_case_without_gold_is_not_counted(name: str) -> None:
    score = BY_NAME[name].score
    assert score is not None
    assert score(case(), record(hits=("dok#1",))) is None
