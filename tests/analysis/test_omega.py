"""McDonald's omega, reliability by factor, and exploring how many factors there are."""

import numpy as np
import pandas as pd
import pytest

from analysis import (
    Design,
    DesignError,
    cronbach_alpha,
    explore_factors,
    factors_of,
    number_of_factors,
    omega,
    reliability_table,
    replicate,
)
from questionnaires import library
from tests.analysis.r_survey import data, design
from tests.analysis.scale_answers import answers_with

SCHOOLS = ["ell", "mobility", "meals", "not.hsg", "col.grad", "grad.sch"]


def one_factor(loadings: list[float]) -> np.ndarray:
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1)
    return matrix


def test_omega_of_answers_that_follow_one_factor_exactly() -> None:
    loadings = [0.9, 0.8, 0.6, 0.5]
    found = omega(Design(answers_with(one_factor(loadings))), list("abcd"))
    # (Σλ)² = 7.84; Σ(1 − λ²) = 4 − 2.06 = 1.94
    assert found.table["estimate"].item() == pytest.approx(7.84 / (7.84 + 1.94))
    assert list(found.items["loading"]) == pytest.approx(loadings)


def test_omega_is_that_of_the_sum_in_the_items_own_units() -> None:
    frame = answers_with(one_factor([0.9, 0.8, 0.6])).assign(a=lambda table: 10 * table["a"])
    # Loadings 9, 0.8, 0.6; own variances 100 · 0.19, 0.36, 0.64
    assert omega(Design(frame), list("abc")).table["estimate"].item() == pytest.approx(
        10.4**2 / (10.4**2 + 19 + 0.36 + 0.64)
    )


def test_omega_is_alpha_where_all_items_load_alike() -> None:
    sample = Design(answers_with(one_factor([0.7] * 4)))
    alpha, model = (one(sample, list("abcd")).table["estimate"].item() for one in (cronbach_alpha, omega))
    assert model == pytest.approx(alpha)


def test_the_error_of_omega_is_near_the_jackknifes() -> None:
    items = ["ell", "meals", "not.hsg"]
    strat = Design(data("strat"), weights="pw", strata="stype")
    linear, jackknife = (omega(one, items).table.iloc[0] for one in (strat, replicate(strat, "jackknife")))
    assert linear["estimate"] == jackknife["estimate"]
    assert linear["se"] == pytest.approx(jackknife["se"], rel=0.02)


def test_omega_by_domain_is_nan_where_the_model_has_no_proper_solution() -> None:
    by_type = omega(design("strat"), ["ell", "meals", "not.hsg"], by="stype")
    assert by_type.table["estimate"].notna().all()
    gaps = Design(data("strat").assign(same=lambda table: table["ell"].where(table["stype"] != "H", 1)))
    found = omega(gaps, ["same", "meals", "not.hsg"], by="stype").table["estimate"]
    assert found.isna().to_dict() == {"E:omega": False, "H:omega": True, "M:omega": False}


def test_loadings_are_those_of_factanal() -> None:
    """R 4.2.2: factanal(covmat=cov.wt(apistrat, pw)$cov, factors=1), control opt factr 10."""
    found = explore_factors(design("strat"), SCHOOLS, 1)
    theirs = [0.79569545512, 0.17127553445, 0.93400128880, 0.74086307326, -0.66718251566, -0.65217210240]
    assert found.loadings["F1"].to_list() == pytest.approx(theirs, abs=1e-7)
    assert found.discrepancy == pytest.approx(0.16430280419664456, rel=1e-10)


def test_rotations_are_those_of_r() -> None:
    """R 4.2.2: factanal(…, factors=2, rotation="none"), then varimax(eps=1e-15), promax()."""
    varimax = explore_factors(design("strat"), SCHOOLS, 2).loadings
    theirs = [0.8679336285, 0.0300442820, 0.7995194630, 0.7427069309, -0.5284131752, -0.4277951116]
    assert varimax["F1"].to_list() == pytest.approx(theirs, abs=1e-6)
    promax = explore_factors(design("strat"), SCHOOLS, 2, rotation="promax")
    theirs = [0.0791084965, -0.3820102795, -0.3800797408, -0.0566657222, 0.4459341668, 0.7072774911]
    assert promax.loadings["F2"].to_list() == pytest.approx(theirs, abs=1e-6)
    assert promax.factor_correlations.loc["F1", "F2"] == pytest.approx(-0.647341354434375, abs=1e-6)


def test_unrelated_groups_of_items_count_as_factors() -> None:
    matrix = np.kron(np.eye(2), one_factor([0.8] * 3))
    sample = Design(answers_with(matrix, people=500))
    table = number_of_factors(sample, list("abcdef"))
    assert table["kept"].to_list() == [True, True, False, False, False, False]
    assert table["eigenvalue"].sum() == pytest.approx(6)
    assert table.equals(number_of_factors(sample, list("abcdef"), seed=1))


def test_a_table_of_factors_keeps_what_can_be_had() -> None:
    frame = answers_with(one_factor([0.9, 0.8, 0.6, 0.5])).assign(e=1.0)
    factors = {"good": list("abcd"), "short": ["a", "b"], "constant": ["a", "b", "e"]}
    table = reliability_table(Design(frame), factors).set_index("factor")
    assert table.loc["good", "items"] == 4
    assert table.loc["good", "mean_correlation"] == pytest.approx((2.8**2 - 2.06) / 12)
    assert table.loc["good", "omega"] == pytest.approx(7.84 / 9.78)
    assert table.loc["good", "alpha_lower"] < table.loc["good", "alpha"] < table.loc["good", "alpha_upper"]
    assert table.loc["short", ["alpha", "omega"]].isna().to_list() == [False, True]
    assert "same answer to: e" in str(table.loc["constant", "faults"][0])
    with pytest.raises(DesignError, match="A confidence level"):
        reliability_table(Design(frame), factors, level=95)


def test_the_shipped_questionnaires_say_which_items_make_a_factor() -> None:
    citizen = library.load("citizen-satisfaction-2024")
    factors = factors_of(citizen, prefix="rated:")
    assert {factor: len(items) for factor, items in factors.items()} == {
        "access": 5,
        "procedures": 4,
        "civil_servants": 5,
        "results": 4,
        "feedback": 4,
    }
    assert factors["results"][0] == "rated:results_on_time"


def test_items_that_show_no_factor_are_refused() -> None:
    sample = Design(answers_with(one_factor([0.9, 0.8, 0.6])).assign(d=lambda table: table["a"] + table["b"]))
    with pytest.raises(DesignError, match="needs at least 3 items"):
        omega(sample, ["a", "b"])
    with pytest.raises(DesignError, match="follows exactly from the others"):
        omega(sample, list("abcd"))
    with pytest.raises(DesignError, match="“a” and “c” are perfectly correlated"):
        omega(Design(sample.frame.assign(c=-sample.frame["a"])), list("abc"))
    with pytest.raises(DesignError, match="more than all of: a"):
        omega(Design(answers_with(np.array([[1, 0.7, 0.7], [0.7, 1, 0.3], [0.7, 0.3, 1]]))), list("abc"))
    with pytest.raises(DesignError, match="3 items cannot show 2 factors"):
        explore_factors(sample, list("abc"), 2)
    with pytest.raises(DesignError, match="too few for 4 items"):
        number_of_factors(Design(pd.DataFrame(np.eye(4), columns=list("abcd"))), list("abcd"))
