"""A check that items follow the factors they are said to measure."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Design, DesignError, factor_check, replicate
from analysis.scales.structure import Discrepancy, Structure, fit
from tests.analysis.scale_answers import answers_with

FACTORS = {"access": ["a", "b", "c"], "staff": ["d", "e"], "result": ["f", "g", "h", "i"]}
STRUCTURE = Structure.read(FACTORS)
TRUTH = np.array([0.8, 0.7, 0.6, 0.9, 0.5, 0.7, 0.75, 0.65, 0.8, 0.4, 0.5, 0.3])
"""Nine loadings, then the correlations access–staff, access–result, staff–result."""


def clustered(communes: int, people: int, share: float) -> pd.DataFrame:
    """Answers of which a `share` of the variance lies between communes, all by the same model."""
    drawn, matrix = np.random.default_rng(8), STRUCTURE.correlations(TRUTH)
    between, within = (
        drawn.multivariate_normal(np.zeros(9), matrix, size) for size in (communes, communes * people)
    )
    commune = np.repeat(np.arange(communes), people)
    answers = np.sqrt(share) * between[commune] + np.sqrt(1 - share) * within
    return pd.DataFrame(answers, columns=list("abcdefghi")).assign(commune=commune)


def test_the_model_the_answers_follow_exactly_is_found() -> None:
    check = factor_check(Design(answers_with(STRUCTURE.correlations(TRUTH), people=300)), FACTORS)
    assert check.loadings["estimate"].to_list() == pytest.approx(TRUTH[:9])
    assert check.correlations["estimate"].to_list() == pytest.approx(TRUTH[9:])
    assert np.abs(check.residuals.to_numpy()).max() < 1e-12
    assert (check.fit.chi2, check.fit.rmsea, check.fit.cfi) == pytest.approx((0, 0, 1), abs=1e-9)
    assert check.fit.df == 36 - 12
    staff = check.factors.set_index("factor").loc["staff"]
    assert staff["average_variance"] == pytest.approx((0.81 + 0.25) / 2)
    assert staff["composite_reliability"] == pytest.approx(1.4**2 / (1.4**2 + 0.19 + 0.75))
    assert staff["most_shared"] == pytest.approx(0.4**2)


def test_two_factors_of_two_items_are_worked_by_hand() -> None:
    # ρ_ab = λaλb, and ρ_ac ρ_bd / (ρ_ab ρ_cd) = φ² whichever way the items are paired
    factors = {"x": ["a", "b"], "y": ["c", "d"]}
    matrix = Structure.read(factors).correlations(np.array([0.8, 0.5, 0.9, 0.6, 0.7]))
    check = factor_check(Design(answers_with(matrix)), factors)
    assert check.correlations["estimate"].item() == pytest.approx(0.7)
    # mean of 0.8·0.9, 0.8·0.6, 0.5·0.9, 0.5·0.6, times 0.7, over √(0.4 · 0.54)
    assert check.correlations["htmt"].item() == pytest.approx(0.4875 * 0.7 / np.sqrt(0.4 * 0.54))
    assert check.fit.df == 1


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_the_gradient_and_the_second_derivatives_are_those_of_small_steps(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    theta = TRUTH + drawn.uniform(-0.08, 0.08, 12)
    observed = np.corrcoef(drawn.multivariate_normal(np.zeros(9), STRUCTURE.correlations(TRUTH), 200).T)
    discrepancy, step = Discrepancy(STRUCTURE, observed), 1e-6
    moves = step * np.eye(12)
    slopes = [(discrepancy.value(theta + h) - discrepancy.value(theta - h)) / (2 * step) for h in moves]
    assert discrepancy.gradient(theta) == pytest.approx(np.array(slopes), abs=1e-7)
    bends = [(discrepancy.gradient(theta + h) - discrepancy.gradient(theta - h)) / (2 * step) for h in moves]
    assert discrepancy.hessian(theta) == pytest.approx(np.array(bends), abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 7), st.integers(1, 8))
def test_parameters_follow_the_correlations_as_said(seed: int, one: int, apart: int) -> None:
    drawn = np.random.default_rng(seed)
    observed = np.corrcoef(drawn.multivariate_normal(np.zeros(9), STRUCTURE.correlations(TRUTH), 400).T)
    theta = fit(STRUCTURE, observed)
    move = np.zeros((9, 9))
    other = min(one + apart, 8)
    move[one, other] = move[other, one] = 1e-6
    followed = np.einsum("tij,ij->t", Discrepancy(STRUCTURE, observed).sensitivity(theta), move)
    stepped = (fit(STRUCTURE, observed + move, theta) - fit(STRUCTURE, observed - move, theta)) / 2
    assert stepped == pytest.approx(followed, abs=1e-10)


def test_normal_answers_drawn_at_random_need_no_scaling() -> None:
    frame = clustered(4000, 1, 0.0)
    check = factor_check(Design(frame), FACTORS)
    assert check.fit.scaling == pytest.approx(1, abs=0.03)
    assert check.fit.p > 0.01
    # The model is right, yet access (AVE 0.49) and staff (loading 0.5) are weak scales.
    failed = check.verdicts[~check.verdicts["holds"]]
    assert set(failed["key"]) <= {"composite_reliability", "average_variance", "loading"}
    assert set(failed["subject"]) <= {"access", "staff", "e"}
    assert not check.holds
    lower = {"loading": 0.4, "average_variance": 0.4, "composite_reliability": 0.6}
    assert factor_check(Design(frame), FACTORS, limits=lower).holds


def test_clusters_widen_the_errors_and_scale_the_fit() -> None:
    frame = clustered(150, 20, 0.25)
    blind, aware = (
        factor_check(Design(frame), FACTORS),
        factor_check(Design(frame, clusters="commune"), FACTORS),
    )
    assert aware.loadings["estimate"].equals(blind.loadings["estimate"])
    assert (aware.loadings["se"] > blind.loadings["se"]).mean() > 0.8
    assert aware.fit.scaling > 1.2 * blind.fit.scaling
    assert aware.fit.p > 0.01  # the model holds; only the scaled chi-square says so


def test_replicates_give_nearly_the_same_errors() -> None:
    sample = Design(clustered(60, 20, 0.2), clusters="commune")
    linear, jackknife = factor_check(sample, FACTORS), factor_check(replicate(sample, "jackknife"), FACTORS)
    assert jackknife.loadings["se"].to_list() == pytest.approx(linear.loadings["se"].to_list(), rel=0.1)
    assert jackknife.fit.chi2 == pytest.approx(linear.fit.chi2, rel=0.1)
    assert jackknife.factors["composite_reliability_se"].to_list() == pytest.approx(
        linear.factors["composite_reliability_se"].to_list(), rel=0.1
    )


def test_an_item_of_another_factor_is_named() -> None:
    frame = clustered(800, 1, 0.0)
    strayed = {"access": ["a", "b", "f"], "staff": ["d", "e"], "result": ["c", "g", "h", "i"]}
    check = factor_check(Design(frame), strayed)
    out = check.verdicts.query("key == 'item_in_place' and not holds")["subject"]
    assert list(out) == ["f", "c"]
    hint = check.placement.set_index(["item", "other"]).loc[("f", "result")]
    assert hint["z"] > 5
    assert not check.holds


def test_each_answer_may_count_where_some_are_missing() -> None:
    frame = clustered(2000, 1, 0.0)
    gaps = frame.mask(np.random.default_rng(2).random(frame.shape) < 0.1)
    listwise = factor_check(Design(gaps), FACTORS)
    available = factor_check(Design(gaps), FACTORS, missing="available")
    assert listwise.n == len(gaps[list("abcdefghi")].dropna())
    assert available.n > listwise.n
    assert available.loadings["se"].mean() < listwise.loadings["se"].mean()
    assert available.fit.p > 0.01


def test_a_domain_and_weights_are_those_of_the_design() -> None:
    frame = clustered(400, 2, 0.0).assign(weight=lambda table: 1.0 + table["commune"] % 2)
    half = factor_check(Design(frame, weights="weight").where("commune < 300"), FACTORS)
    own = factor_check(Design(frame[frame["commune"] < 300], weights="weight"), FACTORS)
    assert half.n == 600
    assert half.loadings["estimate"].to_list() == pytest.approx(own.loadings["estimate"].to_list())


def test_models_that_cannot_be_fitted_are_refused() -> None:
    sample = Design(answers_with(STRUCTURE.correlations(TRUTH)).assign(j=1.0, k=lambda table: table["a"]))
    with pytest.raises(DesignError, match="“alone” needs at least 2 items"):
        factor_check(sample, {"alone": ["a"], "rest": ["b", "c"]})
    with pytest.raises(DesignError, match="needs at least 3 items"):
        factor_check(sample, {"one": ["a", "b"]})
    with pytest.raises(DesignError, match="named more than once: b"):
        factor_check(sample, {"one": ["a", "b"], "two": ["b", "c"]})
    with pytest.raises(DesignError, match="Name the factors"):
        factor_check(sample, {})
    with pytest.raises(DesignError, match="same answer to: j"):
        factor_check(sample, {"one": ["a", "j"], "two": ["b", "c"]})
    with pytest.raises(DesignError, match="“a” and “k” are perfectly correlated"):
        factor_check(sample, {"one": ["a", "k"], "two": ["d", "e"]})
    with pytest.raises(DesignError, match=r"9 row\(s\) are too few for 9 items"):
        factor_check(Design(sample.frame.head(9)), FACTORS)
    with pytest.raises(DesignError, match="no limit “gfi”"):
        factor_check(sample, FACTORS, limits={"gfi": 0.9})
    with pytest.raises(DesignError, match="There is no column “z”"):
        factor_check(sample, {"one": ["a", "z"], "two": ["d", "e"]})
