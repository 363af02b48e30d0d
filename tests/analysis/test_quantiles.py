"""Quantiles. R's numbers are of R 4.2.2 with survey 4.1-1, by the call in each test."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import Design, DesignError, poststratify, quantile, replicate
from tests.analysis.r_survey import assert_close, data
from tests.analysis.two_stages import two_stages

SHOWN = ["estimate", "lower", "upper", "se"]
SCHOOLS = {"E": 4421, "H": 755, "M": 1018}
QUARTERS = [0.25, 0.5, 0.75]


@pytest.fixture
def clusters() -> Design:
    """In R: svydesign(id = ~dnum, weights = ~pw, data = apiclus1)."""
    return Design(data("clus1"), weights="pw", clusters="dnum")


class TestTheNumbersAreThoseOfR:
    def test_in_two_stages_with_missing_answers(self) -> None:
        """svyquantile(~enroll, …, c(.25, .5, .75), qrule = "hf6", na.rm = TRUE)"""
        assert_close(
            quantile(two_stages(), "enroll", QUARTERS, rule="hf6").table[SHOWN],
            [
                [234.21428571428572, 161.10805083850573, 395.58209148885061, 57.860752355038336],
                [408, 271.83508947243024, 806.63050219291426, 131.97053648126246],
                [806.91666666666663, 454.61539847456311, 1119.3661528881203, 164.03939076443183],
            ],
        )

    def test_by_the_score_test(self) -> None:
        """svyquantile(~api00, …, interval.type = "score")"""
        assert_close(
            quantile(two_stages(), "api00", QUARTERS, interval="score").table[SHOWN],
            [
                [545, 479, 580, 24.966740840010402],
                [653, 537, 742, 50.675068041605272],
                [807, 644, 807, 40.292858979422725],
            ],
        )

    def test_where_ties_hang_on_the_last_digit_of_calibrated_weights(self, clusters: Design) -> None:
        """svyquantile(~api00, subset(postStratify(…, ~stype, …), stype == "E"), …)"""
        fitted = poststratify(clusters, "stype", SCHOOLS)
        assert_close(
            quantile(fitted, "api00", QUARTERS, by="stype").table.loc["E:api00=0.25":"E:api00=0.75", SHOWN],
            [
                [553, 502, 625, 28.674180209363975],
                [652, 561, 717, 36.367252948461626],
                [733, 700, 780, 18.649873306903398],
            ],
        )

    def test_computed_anew_in_each_replicate(self, clusters: Design) -> None:
        """svyquantile(~api00, as.svrepdesign(…, type = "JK1"), …, interval.type = "quantile")"""
        table = quantile(replicate(clusters, "jackknife"), "api00", QUARTERS, interval="quantile").table
        assert_close(table["estimate"], [552, 652, 719])
        assert_close(table["se"], [46.908705659681843, 43.848223073080952, 18.626623717440335])
        assert_close(table["lower"], [451.39083255365983, 557.95491486400567, 679.04986540997993])

    def test_in_a_domain_of_a_replicate_design(self, clusters: Design) -> None:
        """svyquantile(~api00, subset(as.svrepdesign(…, type = "JK1"), stype == "E"), …)"""
        domain = replicate(clusters, "jackknife").where("stype == 'E'")
        assert_close(
            quantile(domain, "api00", [0.25, 0.5]).table[SHOWN],
            [[553, 493, 628, 31.471661205399485], [652, 553, 733, 41.962214940532647]],
        )


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9)), min_size=2, max_size=30),
    st.floats(0.01, 0.99),
)
def test_half_of_the_weight_or_more_lies_on_either_side(answers: list[tuple[int, int]], p: float) -> None:
    """Weight p at or below, and 1 − p at or above, but where the first answer alone weighs more than p."""
    frame = pd.DataFrame(answers, columns=["y", "w"])
    [found] = quantile(Design(frame, weights="w"), "y", p).table["estimate"]
    whole = frame["w"].sum()
    first = frame.sort_values("y", kind="stable")["w"].iloc[0]
    assert frame.loc[frame["y"] <= found, "w"].sum() >= p * whole - 1e-9
    assert frame.loc[frame["y"] >= found, "w"].sum() >= (1 - p) * whole - 1e-9 or first > p * whole


def test_rows_without_weight_count_for_nothing() -> None:
    frame = pd.DataFrame({"y": [1.0, 2, 3, 4, 99], "w": [1.0, 1, 1, 1, 0]})
    with_it, without = (quantile(Design(f, weights="w"), "y", 0.9) for f in (frame, frame[:4]))
    assert_close(with_it.table["estimate"], without.table["estimate"])


def test_different_quantiles_are_correlated_as_the_shares_below_them(clusters: Design) -> None:
    e = quantile(clusters, "api00", [0.5, 0.55])
    one, other = e.table["se"]
    assert_close(np.diag(e.covariance), [one**2, other**2])
    assert 0.8 < e.covariance.iloc[0, 1] / (one * other) < 1


def test_a_domain_with_one_answer_or_none_has_no_interval() -> None:
    frame = pd.DataFrame({"y": [1, 2, 3, np.nan, 7], "g": list("aaabc"), "w": 2.0})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = quantile(Design(frame, weights="w"), "y", 0.5, by="g").table
    assert table.loc["c:y=0.5", "estimate"] == 7
    assert np.isnan(table.loc["b:y=0.5", "estimate"])
    assert table.loc[["b:y=0.5", "c:y=0.5"], ["se", "lower", "upper"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"probabilities": 1.2}, "between 0 and 1, not 1.2"),
        ({"probabilities": []}, "between 0 and 1"),
        ({"rule": "hf10"}, "rule is one of math"),
        ({"interval": "quantile"}, "need a design with replicates"),
    ],
)
def test_what_cannot_be_asked_is_refused(clusters: Design, options: dict, message: str) -> None:
    with pytest.raises(DesignError, match=message):
        quantile(clusters, "api00", **options)


def test_score_intervals_are_not_for_replicates(clusters: Design) -> None:
    with pytest.raises(DesignError, match="not for replicate weights"):
        quantile(replicate(clusters, "jackknife"), "api00", interval="score")
