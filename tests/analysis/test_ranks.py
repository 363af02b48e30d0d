"""How sure a place is, on cases whose answer is known."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import DesignError
from analysis.ranks.intervals import rank_intervals
from analysis.ranks.probabilities import place_probabilities, rank_probabilities

JOINT = ["simultaneous", "tukey"]
METHODS = ["marginal", *JOINT]


def intervals(index: dict[str, float], errors: dict[str, float], **options) -> pd.DataFrame:
    return rank_intervals(pd.Series(index), pd.Series(errors), **options).set_index("unit")


def places(table: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(table["rank_lower"], table["rank_upper"], strict=True))


@pytest.mark.parametrize("method", METHODS)
def test_without_sampling_error_a_place_is_certain_and_equals_share_it(method: str) -> None:
    ranks = intervals({"A": 80.0, "B": 90.0, "C": 90.0, "D": 70.0}, dict.fromkeys("ABCD", 0.0), method=method)
    assert places(ranks) == [(3, 3), (1, 1), (1, 1), (4, 4)]


@pytest.mark.parametrize("method", METHODS)
def test_exact_units_stay_exact_among_uncertain_ones(method: str) -> None:
    # only C and D, 80 ± 1 and 79 ± 1, can change places; the last digits of a sum do not part A and B
    index = {"A": 0.1 + 0.2 + 90, "B": 90.3, "C": 80.0, "D": 79.0, "E": 60.0}
    ranks = intervals(index, {"A": 0.0, "B": 0.0, "C": 1.0, "D": 1.0, "E": 0.0}, method=method)
    assert places(ranks) == [(1, 1), (1, 1), (3, 4), (3, 4), (5, 5)]


@pytest.mark.parametrize("method", METHODS)
def test_units_far_apart_keep_their_places_and_close_ones_exchange_them(method: str) -> None:
    ranks = intervals({"A": 90.0, "B": 80.0, "C": 79.9}, dict.fromkeys("ABC", 0.5), method=method)
    assert places(ranks) == [(1, 1), (2, 3), (2, 3)]


@pytest.mark.parametrize("method", METHODS)
def test_errors_that_move_together_do_not_change_places(method: str) -> None:
    together = pd.DataFrame(4.0, index=["A", "B", "C"], columns=["A", "B", "C"])
    ranks = rank_intervals(pd.Series({"A": 81.0, "B": 80.0, "C": 80.0}), together, method=method)
    if method == "simultaneous":  # it looks at each index alone
        assert places(ranks) == [(1, 3)] * 3
    else:
        assert places(ranks) == [(1, 1), (2, 2), (2, 2)]


def test_three_units_by_hand() -> None:
    # Errors 1: a difference has the error √2. The critical value of three is qtukey(0.95, 3, Inf) / √2 =
    # 2.3437 (R 4.2.2), so units are apart beyond 2.3437 · √2 = 3.3145. A and C are 3.5 apart; B is 2 from A.
    index = {"A": 83.5, "B": 81.5, "C": 80.0}
    errors = dict.fromkeys("ABC", 1.0)
    assert places(intervals(index, errors, method="tukey")) == [(1, 2), (1, 3), (2, 3)]
    # Of each alone: qnorm((1 + 0.95^(1/3)) / 2) = 2.3877 (R 4.2.2), so indexes are apart beyond 2 · 2.3877
    assert places(intervals(index, errors, method="simultaneous")) == [(1, 3)] * 3
    assert places(intervals({**index, "C": 78.6}, errors, method="simultaneous")) == [(1, 2), (1, 3), (2, 3)]


def test_with_few_degrees_of_freedom_places_are_less_sure() -> None:
    # qtukey(0.95, 3, 4) / √2 = 3.5640 against 2.3437 (R 4.2.2): 3.564 · √2 = 5.040
    errors = dict.fromkeys("ABC", 1.0)
    for gap, together in ((4.8, 2), (5.3, 1)):
        index = {"A": 80.0 + gap, "B": 80.0, "C": 60.0}
        ranks = intervals(index, errors, method="tukey", degrees_of_freedom=4, draws=40_000)
        assert places(ranks)[0] == (1, together)


def test_two_units_have_the_chance_of_their_difference() -> None:
    # The difference is normal with mean 1 and variance 1 + 4 − 2 · 0.6 · 2 = 2.6: P(A first) = Φ(1 / √2.6)
    covariance = pd.DataFrame([[1.0, 1.2], [1.2, 4.0]], ["A", "B"], ["A", "B"])
    table = rank_probabilities(pd.Series({"A": 81.0, "B": 80.0}), covariance, top=1, draws=40_000)
    first = stats.norm.cdf(1 / 2.6**0.5)
    assert table["top_1"].to_list() == pytest.approx([first, 1 - first], abs=0.01)
    assert table["expected_rank"].to_list() == pytest.approx([2 - first, 1 + first], abs=0.01)


def test_three_equal_units_are_first_as_their_errors_let_them() -> None:
    # P(A first) for equal indexes: 1/4 + (asin ρ) / 2π, ρ the correlation of A − B and A − C. For errors 1, 2
    # and 2 it is 1 / √(5 · 5).
    index, errors = pd.Series(80.0, list("ABC")), pd.Series({"A": 1.0, "B": 2.0, "C": 2.0})
    table = place_probabilities(index, errors, draws=40_000).set_index("unit")
    assert table.loc["A", 1] == pytest.approx(1 / 4 + np.arcsin(1 / 5) / (2 * np.pi), abs=0.01)
    assert table.sum(axis=1).to_list() == pytest.approx([1, 1, 1])
    assert table.sum(axis=0).to_list() == pytest.approx([1, 1, 1])


def test_top_places_add_up() -> None:
    index, errors = pd.Series([84.0, 83.0, 82.0, 81.0]), pd.Series([1.0, 1.5, 2.0, 0.0])
    table = rank_probabilities(index, errors, top=[1, 2, 4, 10])
    assert table[["top_1", "top_2", "top_4"]].sum().to_list() == pytest.approx([1, 2, 4])
    assert table["top_10"].to_list() == pytest.approx([1] * 4)
    assert rank_intervals(index, errors)["first_share"].equals(table["top_1"].rename("first_share"))


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_places(method: str) -> None:
    index, errors = pd.Series(np.linspace(70, 100, 400)), pd.Series(1.0, range(400))
    first, same, other = (rank_intervals(index, errors, method=method, draws=200, seed=s) for s in (7, 7, 8))
    pd.testing.assert_frame_equal(first, same)
    assert not first.equals(other)


def test_ranking_groups_are_apart() -> None:
    index = pd.Series({"A": 90.0, "B": 80.0, "C": 85.0, "D": 85.1})
    errors, groups = pd.Series(0.5, list("ABCD")), pd.Series({"A": "sở", "B": "sở", "C": "xã", "D": "xã"})
    table = rank_intervals(index, errors, method="tukey", groups=groups)
    assert table["group"].to_list() == ["sở", "sở", "xã", "xã"]
    assert places(table) == [(1, 1), (2, 2), (1, 2), (1, 2)]
    alone = rank_intervals(index[["C", "D"]], errors, method="tukey")
    assert places(alone) == places(table[2:])


@pytest.mark.parametrize("method", JOINT)
def test_all_true_places_are_covered_at_once(method: str) -> None:
    """400 rankings of five units, two equal and two close, whose errors go together."""
    truth = pd.Series({"A": 82.0, "B": 82.0, "C": 81.0, "D": 80.5, "E": 76.0})
    factor = np.random.default_rng(2).normal(size=(5, 5)) * 0.6
    covariance = pd.DataFrame(factor @ factor.T, truth.index, truth.index)
    # A and B share the places 1 and 2: an interval covers both where they overlap it at all
    best, worst = truth.rank(ascending=False, method="min"), truth.rank(ascending=False, method="max")
    drawn = np.random.default_rng(4).multivariate_normal(truth, covariance, size=400)
    covered = 0
    for index in drawn:
        table = rank_intervals(
            pd.Series(index, truth.index), covariance, method=method, draws=1000
        ).set_index("unit")
        covered += ((table["rank_lower"] <= best) & (table["rank_upper"] >= worst)).all()
    # Were the coverage 0.95, as few as 363 had the chance 1e-4 (R 4.2.2: qbinom(1e-4, 400, 0.95) = 362)
    assert covered >= 363


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"index": pd.Series({"A": 1.0, "B": np.nan})}, "There is no index for B"),
        ({"index": pd.Series([1.0, 2.0], ["A", "A"])}, "Units A have more than one index"),
        ({"covariance": pd.Series({"A": 1.0})}, "sampling error of B is unknown"),
        ({"covariance": pd.Series({"A": 1.0, "B": -1.0})}, "error of B is negative"),
        ({"covariance": pd.DataFrame([[1, 2], [0, 1]], list("AB"), list("AB"))}, "of A, B differ by which"),
        ({"covariance": pd.DataFrame([[1, 2], [2, 1]], list("AB"), list("AB"))}, "a negative variance"),
        ({"groups": pd.Series({"A": "x"})}, "no ranking group for B"),
        ({"method": "guess"}, "there are marginal, simultaneous, tukey"),
        ({"level": 95}, "level lies between 0 and 1; 95 does not"),
        ({"draws": 10, "method": "tukey"}, "10 draws are too few"),
        ({"degrees_of_freedom": 0}, "no degrees of freedom"),
    ],
)
def test_refuses_what_cannot_be(change: dict, sentence: str) -> None:
    options = {"index": pd.Series({"A": 2.0, "B": 1.0}), "covariance": pd.Series({"A": 1.0, "B": 1.0})}
    with pytest.raises(DesignError, match=sentence):
        rank_intervals(**{**options, **change})
