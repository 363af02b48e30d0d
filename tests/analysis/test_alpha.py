"""Cronbach's alpha and principal components of a scale."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Design, DesignError, cronbach_alpha, principal_components, replicate
from tests.analysis.r_survey import data, design

# Three items of five people, the third of them asked for three.
FIVE = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [2, 1, 4, 3, 5], "c": [1, 3, 2, 5, 4], "w": [1, 1, 3, 1, 1]})


def test_alpha_of_two_items_is_the_spearman_brown_formula_where_their_spread_is_equal() -> None:
    # r = 0.8 (Σ of squared rank differences 4: 1 − 6·4 / (5·24)); 2r / (1 + r)
    [row] = cronbach_alpha(Design(FIVE), ["a", "b"]).table.to_dict("records")
    assert row["estimate"] == pytest.approx(2 * 0.8 / 1.8)
    assert (row["n"], row["df"]) == (5, 4)


def test_a_weight_counts_an_answer_so_many_times() -> None:
    repeated = FIVE.loc[FIVE.index.repeat(FIVE["w"])]
    weighted, plain = Design(FIVE, weights="w"), Design(repeated)
    ours, theirs = (cronbach_alpha(one, ["a", "b", "c"]) for one in (weighted, plain))
    assert ours.table["estimate"].item() == pytest.approx(theirs.table["estimate"].item())
    assert list(ours.items["item_rest"]) == pytest.approx(list(theirs.items["item_rest"]))


def test_the_item_table_shows_what_each_item_adds() -> None:
    table = cronbach_alpha(Design(FIVE), ["a", "b", "c"]).items.set_index("item")
    assert table.loc["c", "alpha_if_deleted"] == pytest.approx(2 * 0.8 / 1.8)
    assert table.loc["a", "item_rest"] == pytest.approx(np.corrcoef(FIVE["a"], FIVE["b"] + FIVE["c"])[0, 1])
    assert table.loc["a", "item_total"] == pytest.approx(
        np.corrcoef(FIVE["a"], FIVE.sum(axis=1) - FIVE["w"])[0, 1]
    )
    assert list(table["mean"]) == [3, 3, 3]
    assert table["sd"].to_list() == pytest.approx([sqrt(2.5)] * 3)


def test_the_error_is_near_the_jackknifes() -> None:
    items = ["ell", "mobility", "meals"]
    strat = Design(data("strat"), weights="pw", strata="stype")
    linear, jackknife = (
        cronbach_alpha(one, items).table.iloc[0] for one in (strat, replicate(strat, "jackknife"))
    )
    assert linear["estimate"] == jackknife["estimate"]
    # R 4.2.2, survey 4.1-1: withReplicates(as.svrepdesign(svydesign(~1, ~stype, weights=~pw,
    # data=apistrat)), …) with alpha from cov.wt; SE 0.03123
    assert jackknife["se"] == pytest.approx(0.03123, abs=5e-6)
    assert linear["se"] == pytest.approx(jackknife["se"], rel=0.05)


def test_normal_answers_give_the_error_known_for_them() -> None:
    """Feldt (1965): for parallel items Var α → 2k (1−α)² / ((k−1) n)."""
    drawn = np.random.default_rng(1)
    people = drawn.normal(size=20_000)
    frame = pd.DataFrame({f"q{j}": people + drawn.normal(size=20_000) for j in range(4)})
    [row] = cronbach_alpha(Design(frame), list(frame)).table.to_dict("records")
    expected = sqrt(2 * 4 * (1 - row["estimate"]) ** 2 / (3 * 20_000))
    assert row["se"] == pytest.approx(expected, rel=0.03)
    assert row["deff"] == pytest.approx(1, rel=1e-3)


def test_two_stages_with_population_counts_domains_and_gaps() -> None:
    """R 4.2.2, survey 4.1-1: svycralpha(~HI_CHOL+as.numeric(agecat)+RIAGENDR, nhanes design, na.rm=TRUE)."""
    frame = data("nhanes")
    codes = {"(0,19]": 1, "(19,39]": 2, "(39,59]": 3, "(59,Inf]": 4}
    frame = frame.assign(age=frame["agecat"].map(codes))
    people = Design(frame, weights="WTMEC2YR", strata="SDMVSTRA", clusters="SDMVPSU", nest=True)
    found = cronbach_alpha(people, ["HI_CHOL", "age", "RIAGENDR"]).table
    assert found["estimate"].item() == pytest.approx(0.15806819925306498, rel=1e-10)
    assert found["n"].item() == frame["HI_CHOL"].notna().sum()


def test_domains_share_their_clusters() -> None:
    schools, items = design("clus1"), ["ell", "mobility", "meals"]
    found = cronbach_alpha(schools, items, by="stype")
    alone = cronbach_alpha(schools.where("stype == 'E'"), items).table.iloc[0]
    assert found.table.loc["E:alpha", ["estimate", "se", "df"]].to_list() == pytest.approx(
        alone[["estimate", "se", "df"]].to_list()
    )
    assert found.covariance.loc["E:alpha", "M:alpha"] != 0
    assert len(found.items) == 9


def test_answers_given_may_each_count() -> None:
    frame = FIVE.assign(c=[1, np.nan, 2, 5, 4])
    listwise, available = (
        cronbach_alpha(Design(frame), ["a", "b", "c"], missing=missing).table.iloc[0]
        for missing in ("listwise", "available")
    )
    assert (listwise["n"], available["n"]) == (4, 5)
    spread = np.ma.cov(np.ma.masked_invalid(frame[["a", "b", "c"]].to_numpy().T), bias=True)
    both = frame.dropna()
    pairs = {(one, other): np.cov(both[one], both[other], bias=True)[0, 1] for one, other in ("ac", "bc")}
    whole = 2 + 2 + spread[2, 2] + 2 * (1.6 + pairs["a", "c"] + pairs["b", "c"])
    assert available["estimate"] == pytest.approx(1.5 * (1 - (2 + 2 + spread[2, 2]) / whole))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_error_with_gaps_is_that_of_a_small_change_of_weights(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    frame = pd.DataFrame(drawn.integers(1, 6, (30, 4)).astype(float), columns=list("abcd"))
    frame = frame.mask(drawn.random(frame.shape) < 0.2).assign(w=drawn.uniform(1, 3, 30))
    sample = Design(frame, weights="w")
    linear = cronbach_alpha(sample, list("abcd"), missing="available").table["se"].item()
    step = 1e-4
    nudged = Design.from_replicates(
        frame,
        weights="w",
        replicates=1 + step * np.eye(30),
        combined=False,
        scale=30 / 29 / step**2,  # with replacement: n/(n−1) Σ score², each score a slope by one weight
        rscales=1,
        mse=True,
    )
    again = cronbach_alpha(nudged, list("abcd"), missing="available").table["se"].item()
    assert again == pytest.approx(linear, rel=1e-2)


def test_scales_that_cannot_be_judged_are_refused() -> None:
    alike = Design(FIVE.assign(d=3))
    with pytest.raises(DesignError, match="at least two items; there is only: a"):
        cronbach_alpha(alike, ["a"])
    with pytest.raises(DesignError, match="same answer to: d"):
        cronbach_alpha(alike, ["a", "d"])
    with pytest.raises(DesignError, match="same answer to: d"):
        principal_components(alike, ["a", "d"])
    with pytest.raises(DesignError, match="“a” is named twice"):
        cronbach_alpha(alike, ["a", "b", "a"])
    with pytest.raises(DesignError, match="1 row"):
        cronbach_alpha(alike.where("a == 1"), ["a", "b"])
    with pytest.raises(DesignError, match="both “a” and “e”"):
        cronbach_alpha(
            Design(FIVE.assign(a=[1, 2, None, None, None], e=[None, None, 1, 2, 3])),
            ["a", "e"],
            missing="available",
        )


def test_components_of_weights_all_alike_are_those_of_the_correlation_matrix() -> None:
    found = principal_components(design("srs"), ["ell", "mobility", "meals"])
    values = np.linalg.eigvalsh(data("srs")[["ell", "mobility", "meals"]].corr())[::-1]
    assert (found.sdev**2).to_list() == pytest.approx(values)
    assert found.share.sum() == pytest.approx(1)
    assert np.cov(found.scores.to_numpy().T) == pytest.approx(np.diag(values), abs=1e-12)
