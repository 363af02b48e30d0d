"""Intervals of shares. R's numbers are of R 4.2.2 with survey 4.1-1, by the call in each test."""

import warnings
from typing import get_args

import numpy as np
import pandas as pd
import pytest

from analysis import Design, poststratify, proportion, replicate
from analysis.estimation.proportions import Method
from tests.analysis.r_survey import assert_close, data
from tests.analysis.two_stages import two_stages

SHOWN = ["estimate", "se", "lower", "upper"]


@pytest.fixture
def clusters() -> Design:
    """In R: svydesign(id = ~dnum, weights = ~pw, data = apiclus1)."""
    return Design(data("clus1"), weights="pw", clusters="dnum")


def test_the_likelihood_in_two_stages() -> None:
    """svyciprop(~I(sch.wide == "No"), …, method = "likelihood")"""
    table = proportion(two_stages(), "sch.wide", "No", method="likelihood").table
    theirs = [0.24870848715193555, 0.06639498843428826, 0.13240230047611548, 0.3966170447724312]
    assert_close(table[SHOWN].iloc[0], theirs, 1e-7)


def test_replicates_of_a_domain(clusters: Design) -> None:
    """svyciprop(~I(sch.wide == "No"), subset(as.svrepdesign(…, type = "JK1"), stype == "E"))"""
    table = proportion(replicate(clusters, "jackknife"), "sch.wide", "No", by="stype").table
    theirs = [0.083333333333339712, 0.023928672646476992, 0.041321652737036633, 0.16088990974382031]
    assert_close(table.loc["E:sch.wide=No", SHOWN], theirs)


@pytest.mark.parametrize(
    ("method", "lower", "upper"),
    [
        ("logit", 0.047743079242771977, 0.1415118046090037),
        ("beta", 0.043790693962855488, 0.14106551924189514),
    ],
)
def test_a_domain_of_a_post_stratified_sample(
    clusters: Design, method: str, lower: float, upper: float
) -> None:
    """svyciprop(~I(sch.wide == "No"), subset(postStratify(…, ~stype, …), stype == "E"), method = …)"""
    fitted = poststratify(clusters, "stype", {"E": 4421, "H": 755, "M": 1018})
    table = proportion(fitted, "sch.wide", "No", method=method, by="stype").table
    assert_close(table.loc["E:sch.wide=No", ["lower", "upper"]], [lower, upper])


@pytest.mark.parametrize("method", get_args(Method))
def test_nobody_everybody_and_somebody_alone(method: str) -> None:
    """Domains a: all said no; b: all said yes; c: one answer; d: none; e: both, with a row without weight."""
    frame = pd.DataFrame(
        {
            "yes": [0, 0, 0, 1, 1, 1, 1, np.nan, 0, 1, 1, 0],
            "w": [2.0, 3, 4, 2, 3, 4, 5, 1, 2, 2, 3, 0],
            "g": list("aaabbbcdeeee"),
        }
    )
    for survey in (Design(frame, weights="w"), replicate(Design(frame, weights="w"), "jackknife")):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            table = proportion(survey, "yes", method=method, by="g").table.set_index("g")
        assert_close(table.loc[list("abce"), "estimate"], [0, 1, 1, 5 / 7], 1e-8)
        assert np.isnan(table.loc["d", "estimate"])
        assert table.loc[["c", "d"], ["lower", "upper"]].isna().all(axis=None)
        known = table.loc[list("ab")].dropna(subset=["lower", "upper"])
        assert len(known) == (2 if method in ("wilson", "beta", "mean") else 0)
        assert ((known["lower"] <= known["estimate"]) & (known["estimate"] <= known["upper"])).all()


def test_a_census_leaves_no_doubt() -> None:
    frame = pd.DataFrame({"yes": [0, 1, 1, 1], "N": 4})
    for method in get_args(Method):
        row = proportion(Design(frame, fpc="N"), "yes", method=method).table.iloc[0]
        assert_close(row[["lower", "upper"]], [0.75, 0.75], 1e-8)


def test_the_logit_that_stops_early_is_the_closed_form_but_for_its_last_digits(clusters: Design) -> None:
    ours, theirs = (
        proportion(clusters, "sch.wide", "No", method=method, by="stype").table[SHOWN]
        for method in ("logit", "xlogit")
    )
    assert_close(ours, theirs, 1e-6)
