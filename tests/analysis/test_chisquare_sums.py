"""Tails of weighted sums of chi-squares, against R, against closed forms and against each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import DesignError
from analysis.estimation.chisquare_sums import chisquare_sum_tail, f_sum_tail

WEIGHTS = [2, 0.5, 0.1]

# R 4.2.2, survey 4.1-1: pchisqsum(x, c(1,1,1), c(2,.5,.1), lower=FALSE, method="saddlepoint") and
# pFsum(x, c(1,1,1), c(2,.5,.1), ddf=7, lower=FALSE). R looks for the saddlepoint to 1e-8 only;
# the digits beyond are those of its steps.
R_TAILS = [
    (0.5, 0.816889858071649, 0.819826086737381),
    (2, 0.418272309349790, 0.458591859594969),
    (3, 0.286217352431795, 0.337800817591606),
    (10, 0.0322181529470188, 0.0778503924470768),
    (50, 7.47742200265033e-07, 2.06080541493431e-03),
]


@pytest.mark.parametrize(("x", "chisquare", "f"), R_TAILS)
def test_the_saddlepoint_is_the_one_r_finds(x: float, chisquare: float, f: float) -> None:
    assert chisquare_sum_tail(x, WEIGHTS) == pytest.approx(chisquare, rel=1e-12)
    assert f_sum_tail(x, WEIGHTS, 7) == pytest.approx(f, rel=1e-12)


@given(st.floats(0.001, 200), st.floats(0.01, 50), st.integers(1, 30), st.integers(1, 200))
def test_equal_weights_are_a_chi_square_or_an_f(x: float, weight: float, df: int, below: int) -> None:
    tail, f_tail = stats.chi2.sf(x, df), stats.f.sf(x / df, df, below)
    assert chisquare_sum_tail(x * weight, [weight], df, "integration") == pytest.approx(tail, rel=1e-9)
    assert chisquare_sum_tail(x * weight, [weight] * df, 1, "satterthwaite") == pytest.approx(tail, rel=1e-9)
    assert f_sum_tail(x * weight, [weight], below, df, "integration") == pytest.approx(f_tail, rel=1e-9)


@pytest.mark.parametrize("x", [0.1, 3, 40, 400])
def test_two_exponentials_add_up_to_the_closed_form(x: float) -> None:
    """A chi-square with two degrees of freedom is exponential: P = (a e^(−x/2a) − b e^(−x/2b)) / (a − b)."""
    a, b = 2.0, 0.5
    tail = (a * np.exp(-x / (2 * a)) - b * np.exp(-x / (2 * b))) / (a - b)
    assert chisquare_sum_tail(x, [a, b], 2, "integration") == pytest.approx(tail, rel=1e-11)


@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=8), st.floats(0.05, 12))
def test_the_saddlepoint_lies_within_a_tenth_of_the_truth(weights: list[float], times: float) -> None:
    x = times * sum(weights)
    exact = chisquare_sum_tail(x, weights, 1, "integration")
    assert chisquare_sum_tail(x, weights) == pytest.approx(exact, rel=0.1)


def test_a_difference_is_as_likely_above_x_as_its_mirror_below() -> None:
    above = chisquare_sum_tail(2, [1, -1], 1, "integration")
    assert above + chisquare_sum_tail(-2, [1, -1], 1, "integration") == pytest.approx(1)


def test_sums_below_nothing_and_without_terms() -> None:
    assert chisquare_sum_tail(0, [1, 2]) == chisquare_sum_tail(0, [1, 2], method="integration") == 1
    assert f_sum_tail(3, [1, 2], np.inf) == chisquare_sum_tail(3, [1, 2])
    with pytest.raises(DesignError, match="needs finite weights other than 0; there are: 1, nan"):
        chisquare_sum_tail(1, [1, np.nan])
