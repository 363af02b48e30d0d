"""Correlations of what lies behind answers in steps."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import Design, DesignError, factor_check, replicate
from analysis.scales.polychoric import most_likely, sensitivity
from tests.analysis.scale_answers import answers_with

LIKERT = [-1.2, -0.4, 0.5, 1.4]


def test_two_items_cut_in_half_follow_sheppards_formula() -> None:
    # sin(2π (share of yes–yes − 1/4))
    assert most_likely(np.array([[40.0, 10.0], [10.0, 40.0]])) == pytest.approx(np.sin(2 * np.pi * 0.15))
    assert most_likely(np.array([[10.0, 40.0], [40.0, 10.0]])) == pytest.approx(-np.sin(2 * np.pi * 0.15))


def test_the_table_of_a_known_correlation_gives_it_back() -> None:
    law = stats.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]])
    cuts = [-9, *LIKERT, 9]
    below = np.array([[law.cdf([x, y]) for y in cuts] for x in cuts])
    assert most_likely(np.diff(np.diff(below, axis=0), axis=1)) == pytest.approx(0.6, abs=1e-5)


def test_the_correlation_follows_the_table_as_said() -> None:
    table = np.array([[30.0, 12, 4], [10, 41, 15], [3, 18, 29]])
    nudge = np.zeros((3, 3))
    nudge[1, 2] = 1e-4
    stepped = (most_likely(table + nudge) - most_likely(table - nudge)) / 2e-4
    assert sensitivity(table)[1, 2] == pytest.approx(stepped, rel=1e-5)
    assert (sensitivity(table) * table).sum() == pytest.approx(0, abs=1e-8)  # only shares count


def test_coarse_answers_hide_loadings_that_polychoric_correlations_show() -> None:
    loadings = np.array([0.8, 0.7, 0.75, 0.6])
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1)
    behind = answers_with(matrix, people=3000)
    steps = pd.DataFrame(np.digitize(behind, [0.3, 1.0]), columns=list("abcd")).assign(weight=1.0)
    sample, factors = Design(steps, weights="weight"), {"one": list("abcd")}
    plain, deep = factor_check(sample, factors), factor_check(sample, factors, correlation="polychoric")
    assert (plain.loadings["estimate"] < loadings - 0.05).all()
    far = deep.loadings["estimate"] - loadings
    assert (far.abs() < 3 * deep.loadings["se"]).all()


def test_its_errors_are_near_the_replicates() -> None:
    matrix = 0.4 + 0.6 * np.eye(3)
    steps = pd.DataFrame(np.digitize(answers_with(matrix, people=400), LIKERT), columns=list("abc"))
    steps = steps.assign(commune=np.arange(400) // 10)
    sample, factors = Design(steps, clusters="commune"), {"one": list("abc")}
    linear, jackknife = (
        factor_check(one, factors, correlation="polychoric").loadings["se"].to_list()
        for one in (sample, replicate(sample, "jackknife"))
    )
    assert jackknife == pytest.approx(linear, rel=0.15)


def test_measurements_are_no_answers_in_steps() -> None:
    sample = Design(answers_with(0.5 + 0.5 * np.eye(3)))
    with pytest.raises(DesignError, match="“a” has 60 different answers"):
        factor_check(sample, {"one": list("abc")}, correlation="polychoric")
    with pytest.raises(DesignError, match="correlation is one of pearson, polychoric"):
        factor_check(sample, {"one": list("abc")}, correlation="spearman")
