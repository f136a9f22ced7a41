from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals.statistics import bootstrap, interval, mcnemar, wilson


@given(n=st.integers(1, 400), data=st.data())
def test_wilson_is_that_of_scipy(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    reference = binomtest(k, n).proportion_ci(method="wilson")
    assert wilson(k, n) == pytest.approx((reference.low, reference.high), abs=1e-6)


@given(worse=st.integers(0, 40), better=st.integers(0, 40))
def test_mcnemar_is_the_exact_binomial_test(worse: int, better: int) -> None:
    reference = binomtest(worse, worse + better).pvalue if worse + better else 1.0
    assert mcnemar(worse, better) == pytest.approx(reference)


def test_the_bootstrap_is_near_the_normal_interval_and_the_same_each_time() -> None:
    values = [0.0, 0.5, 1.0, 0.25, 0.75] * 40
    mean = sum(values) / len(values)
    spread = (sum((v - mean) ** 2 for v in values) / len(values) / len(values)) ** 0.5
    half = NormalDist().inv_cdf(0.975) * spread
    low, high = bootstrap(values, seed=1)
    assert (low, high) == pytest.approx((mean - half, mean + half), abs=0.01)
    assert bootstrap(values, seed=1) == (low, high)


def test_shares_get_wilson_and_grades_the_bootstrap() -> None:
    assert interval([1.0] * 10) == wilson(10, 10)
    assert interval([0.5] * 10) == (0.5, 0.5)


def test_nothing_counted_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
