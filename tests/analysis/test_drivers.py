"""An analyst asks what moves overall satisfaction."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import Design, DesignError, replicate
from analysis.models.drivers import drivers
from analysis.models.explained_variance import (
    exact_shares,
    sample_orders,
    sampled_shares,
    shapley_weights,
    subset_r_squared,
)
from analysis.models.regression import regress
from analysis.models.second_moments import differenced_gradients
from analysis.models.share_gradients import residuals_in_orders, residuals_of_all_sets
from tests.analysis.r_survey import assert_close, design

CAUSES = ["ell", "meals", "stype", "mobility"]


def covariance_of(columns: int, seed: int) -> np.ndarray:
    draws = np.random.default_rng(seed).normal(size=(40, columns))
    return np.cov(draws @ np.random.default_rng(seed + 1).normal(size=(columns, columns)), rowvar=False)


def singles(number: int) -> list[np.ndarray]:
    return [np.array([column]) for column in range(number)]


def r_squared_of(covariance: np.ndarray, columns: list[int]) -> float:
    if not columns:
        return 0.0
    slopes = np.linalg.solve(covariance[np.ix_(columns, columns)], covariance[columns, -1])
    return float(slopes @ covariance[columns, -1] / covariance[-1, -1])


def test_two_drivers_share_by_hand() -> None:
    """r₁ = .6, r₂ = .4, r₁₂ = .5: R² = (.36 + .16 − 2 · .6 · .4 · .5) / .75 = .28 / .75. Alone .36 and .16;
    last in R² − .16 and R² − .36. The shares are the means: (.36 + .28 / .75 − .16) / 2 = .2866… and
    .0866….
    """
    correlation = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    shares = exact_shares(correlation, singles(2), shapley_weights(2))
    assert_close(shares, [(0.36 + 0.28 / 0.75 - 0.16) / 2, (0.16 + 0.28 / 0.75 - 0.36) / 2])


@given(st.integers(1, 5), st.integers(0, 1000))
def test_shares_are_the_gains_over_all_orders_and_add_up(number: int, seed: int) -> None:
    covariance = covariance_of(number + 1, seed)
    gains = np.zeros(number)
    for order in permutations(range(number)):
        for place, driver in enumerate(order):
            before = r_squared_of(covariance, list(order[:place]))
            gains[driver] += r_squared_of(covariance, list(order[: place + 1])) - before
    gains /= np.prod(np.arange(1, number + 1))
    every = np.array(list(permutations(range(number))))
    exact = exact_shares(covariance, singles(number), shapley_weights(number))
    assert exact == pytest.approx(gains, rel=1e-7, abs=1e-9)
    assert sampled_shares(covariance, singles(number), every) == pytest.approx(gains, rel=1e-7, abs=1e-9)
    assert exact.sum() == pytest.approx(r_squared_of(covariance, list(range(number))), rel=1e-9)


def test_each_set_of_groups_has_its_place() -> None:
    covariance, groups = covariance_of(6, 3), [np.array([0, 3]), np.array([1]), np.array([2, 4])]
    found = subset_r_squared(covariance, groups)
    sets = [[], [0, 3], [1], [0, 3, 1], [2, 4], [0, 3, 2, 4], [1, 2, 4], [0, 1, 2, 3, 4]]
    assert_close(found[1:], [r_squared_of(covariance, columns) for columns in sets[1:]], tolerance=1e-9)


def test_the_shares_move_with_the_covariance_as_differences_say() -> None:
    covariance, groups = covariance_of(6, 4), [np.array([0, 3]), np.array([1]), np.array([2, 4])]
    orders, weights = sample_orders(3, 5, seed=2), shapley_weights(3)
    exact = residuals_of_all_sets(covariance, groups)
    shares = exact_shares(covariance, groups, weights)
    steps = differenced_gradients(lambda matrix: exact_shares(matrix, groups, weights), covariance)
    assert exact.gradients(covariance, shares) == pytest.approx(steps, abs=1e-7 * np.abs(steps).max())
    sampled = residuals_in_orders(covariance, groups, orders)
    shares = sampled_shares(covariance, groups, orders)
    steps = differenced_gradients(lambda matrix: sampled_shares(matrix, groups, orders), covariance)
    assert sampled.gradients(covariance, shares) == pytest.approx(steps, abs=1e-7 * np.abs(steps).max())


def test_shares_add_up_to_the_r_squared_of_the_regression() -> None:
    found, fit = drivers(design("strat"), "api00", CAUSES), regress(design("strat"), "api00", CAUSES)
    assert_close([found.r_squared, found.table["share"].sum()], [fit.r_squared] * 2)
    assert_close(found.table["relative"].sum(), 1)
    assert found.orders is None


def test_a_standardised_coefficient_is_that_of_standardised_columns() -> None:
    frame = design("strat").frame[["api00", "ell", "meals", "pw", "stype"]].copy()
    for column in ("api00", "ell", "meals"):
        centre = np.average(frame[column], weights=frame["pw"])
        frame[column] = (frame[column] - centre) / np.sqrt(
            np.average((frame[column] - centre) ** 2, weights=frame["pw"])
        )
    fit = regress(Design(frame, weights="pw", strata="stype"), "api00 ~ ell + meals")
    found = drivers(design("strat"), "api00", ["ell", "meals"], method="standardised").table
    assert_close(found["standardised"], fit.table["estimate"].iloc[1:])
    assert "share" not in found


def test_linearised_errors_come_near_to_those_of_replicates() -> None:
    linear = drivers(design("strat"), "api00", ["ell", "meals", "stype"])
    jackknife = drivers(replicate(design("strat"), "jackknife"), "api00", ["ell", "meals", "stype"])
    for column in ("share_se", "standardised_se", "mean_se"):
        assert linear.table[column].to_numpy() == pytest.approx(
            jackknife.table[column].to_numpy(), rel=0.06, nan_ok=True
        )
    assert linear.r_squared_se == pytest.approx(jackknife.r_squared_se, rel=0.06)
    assert jackknife.table["share"].to_numpy() == pytest.approx(linear.table["share"].to_numpy())


def test_factors_stand_together_with_their_items() -> None:
    factors = {"pupils": ["ell", "meals"], "school": ["enroll", "acs.k3"]}
    found = drivers(design("strat"), "api00", factors)
    assert list(found.table.index) == ["pupils", "school"]
    assert found.left_out == design("strat").frame["acs.k3"].isna().sum()
    means = design("strat").frame.dropna(subset="acs.k3")
    items = [np.average(means[column], weights=means["pw"]) for column in factors["pupils"]]
    assert found.table.loc["pupils", "mean"] == pytest.approx(np.mean(items))


def test_many_drivers_are_taken_in_random_orders_which_the_seed_fixes() -> None:
    draws = np.random.default_rng(5).normal(size=(300, 20))
    frame = pd.DataFrame(draws, columns=[f"q{number}" for number in range(20)])
    frame["overall"] = draws[:, :5].sum(axis=1) + draws[:, 0] + np.random.default_rng(6).normal(size=300)
    survey, questions = Design(frame.assign(w=1.0), weights="w"), list(frame.columns[:20])
    first, again = (drivers(survey, "overall", questions, orders=50, seed=9) for _ in range(2))
    assert first.orders == 50
    pd.testing.assert_frame_equal(first.table, again.table)
    assert first.table["share"].idxmax() == "q0"
    assert_close(first.table["share"].sum(), first.r_squared)


def test_work_pays_where_importance_is_high_and_satisfaction_low() -> None:
    draws = np.random.default_rng(1).normal(size=(500, 4))
    questions = pd.DataFrame(draws + np.array([2, 4, 2, 4]), columns=["waiting", "staff", "forms", "parking"])
    questions["overall"] = 2 * questions["waiting"] + 2 * questions["staff"] + 0.1 * questions["forms"]
    questions["overall"] += np.random.default_rng(2).normal(size=500)
    found = drivers(Design(questions.assign(w=1.0), weights="w"), "overall", list(questions.columns[:4]))
    assert found.performance["quadrant"].to_dict() == {
        "waiting": "concentrate here",
        "staff": "keep up the good work",
        "forms": "low priority",
        "parking": "possible overkill",
    }


def test_what_cannot_be_taken_apart_is_refused() -> None:
    frame = design("strat").frame.assign(sum=lambda rows: rows["ell"] + rows["meals"])
    survey = Design(frame, weights="pw", strata="stype")
    with pytest.raises(DesignError, match="cannot tell apart what belongs to “sum”"):
        drivers(survey, "api00", ["ell", "meals", "sum"])
    with pytest.raises(DesignError, match="ell stand in more than one place"):
        drivers(survey, "api00", {"a": ["ell"], "b": ["ell", "meals"]})
    with pytest.raises(DesignError, match="“stype” does not hold numbers"):
        drivers(survey, "stype", ["ell"])
    with pytest.raises(DesignError, match="A driver needs columns"):
        drivers(survey, "api00", {"a": []})
    with pytest.raises(DesignError, match="At least one draw is needed"):
        drivers(survey, "api00", ["ell", "meals"], orders=0)
