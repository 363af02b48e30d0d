"""An analyst compares every unit with every other, and does not want to be fooled by the many."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis import Design, DesignError, adjust_p, contrast, mean, pairwise
from tests.analysis.r_survey import design

# R 4.2.2: p.adjust(c(.01, .04, .03, .005, NA, .2), method).
P = [0.01, 0.04, 0.03, 0.005, np.nan, 0.2]
R_ADJUSTED = {
    "bonferroni": [0.05, 0.2, 0.15, 0.025, np.nan, 1],
    "holm": [0.04, 0.09, 0.09, 0.025, np.nan, 0.2],
    "hochberg": [0.04, 0.08, 0.08, 0.025, np.nan, 0.2],
    "bh": [0.025, 0.05, 0.05, 0.025, np.nan, 0.2],
    "by": [137 / 2400, 137 / 1200, 137 / 1200, 137 / 2400, np.nan, 137 / 300],
}


@pytest.mark.parametrize("method", R_ADJUSTED)
def test_adjusted_p_values_are_those_of_r(method: str) -> None:
    assert adjust_p(P, method) == pytest.approx(R_ADJUSTED[method], nan_ok=True)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusting_never_makes_a_finding_surer(p: list[float]) -> None:
    plain = np.array(p)
    for method in R_ADJUSTED:
        adjusted = adjust_p(p, method)
        assert (adjusted >= plain - 1e-12).all()
        assert (adjusted <= 1).all()
    assert (adjust_p(p, "holm") <= adjust_p(p, "bonferroni") + 1e-12).all()
    assert (adjust_p(p, "bh") <= adjust_p(p, "holm") + 1e-12).all()


def test_pairs_are_those_of_each_item_across_domains() -> None:
    e = mean(design("strat"), ["api00", "api99"], by="stype")
    pairs = pairwise(e)
    assert pairs["first"].tolist() == ["E:api00", "E:api00", "H:api00", "E:api99", "E:api99", "H:api99"]
    one = contrast(e, {"d": {"H:api00": 1, "E:api00": -1}}).table.loc["d"]
    found = pairs.iloc[0]
    assert found[["difference", "se", "df"]].tolist() == pytest.approx(one[["estimate", "se", "df"]].tolist())
    assert found["p"] == pytest.approx(2 * stats.t.sf(abs(one["estimate"] / one["se"]), one["df"]))
    assert pairs["p_adjusted"].to_numpy() == pytest.approx(adjust_p(pairs["p"].to_numpy(), "holm"))


def test_without_domains_all_rows_are_paired_or_those_chosen() -> None:
    e = mean(design("clus1"), ["api00", "api99", "meals"])
    assert len(pairwise(e)) == 3
    [pair] = pairwise(e, rows=["meals", "api99"]).to_dict("records")
    assert (pair["first"], pair["second"], pair["p_adjusted"]) == ("meals", "api99", pair["p"])


def test_simultaneous_intervals_are_wider_the_less_they_know() -> None:
    e = mean(design("strat"), "api00", by="stype")
    kinds = ("pointwise", "max-t", "sidak", "bonferroni")
    widths = [(pairwise(e, intervals=kind).eval("upper - lower")).to_numpy() for kind in kinds]
    assert all((narrow < wide).all() for narrow, wide in itertools.pairwise(widths))


def test_max_t_of_equal_independent_groups_is_tukeys() -> None:
    """With equal variances the largest difference follows the studentized range."""
    rng = np.random.default_rng(2)
    values = rng.normal(size=(4, 25))
    values = (values - values.mean(axis=1)[:, None]) / values.std(axis=1)[:, None] + np.arange(4)[:, None] / 4
    frame = pd.DataFrame({"unit": np.repeat(list("abcd"), 25), "points": values.ravel()})
    e = mean(Design(frame, strata="unit"), "points", by="unit")
    pairs = pairwise(e, method="max-t", draws=200_000)
    tukey = stats.studentized_range.sf(np.abs(pairs["t"]) * np.sqrt(2), 4, 24)
    assert pairs["p_adjusted"].to_numpy() == pytest.approx(tukey, abs=0.004)
    reach = (pairs["upper"] - pairs["difference"]) / pairs["se"]
    assert reach.to_numpy() == pytest.approx(stats.studentized_range.ppf(0.95, 4, 24) / np.sqrt(2), rel=0.01)


def test_the_same_seed_gives_the_same_table() -> None:
    e = mean(design("strat"), "api00", by="stype")
    pd.testing.assert_frame_equal(pairwise(e, seed=7), pairwise(e, seed=7))


def test_a_unit_without_answers_is_unknown_and_does_not_count() -> None:
    frame = design("strat").frame.assign(points=lambda f: f["api00"].where(f["stype"] != "H"))
    pairs = pairwise(mean(Design(frame, weights="pw", strata="stype"), "points", by="stype"))
    assert pairs["p"].isna().tolist() == [True, False, True]
    known = pairs.iloc[1]
    assert known["p_adjusted"] == known["p"]


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda e: adjust_p([0.5, 1.5]), "between 0 and 1"),
        (lambda e: adjust_p([0.5], "tukey"), "method is one of bonferroni, .* not “tukey”"),
        (lambda e: pairwise(e, rows=["E:api00"]), "no two estimates"),
        (lambda e: pairwise(e, rows=["E:api00", "X"]), "0 estimates are called “X”"),
        (lambda e: pairwise(e, intervals="scheffe"), "intervals is one of"),
        (lambda e: pairwise(e, level=1.5), "A confidence level"),
        (lambda e: pairwise(e, level=0), "A confidence level"),
        (lambda e: pairwise(e, draws=0), "At least one draw"),
    ],
)
def test_what_cannot_be_compared_is_said(ask, sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        ask(mean(design("strat"), "api00", by="stype"))
