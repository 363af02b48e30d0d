"""Variances and correlations. R's numbers are of R 4.2.2 with survey 4.1-1, by the call in each test."""

import warnings

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, correlation, replicate, variance
from tests.analysis.r_survey import assert_close, data, design
from tests.analysis.two_stages import two_stages


def test_variances_in_two_stages_over_rows_with_every_answer() -> None:
    """svyvar(~api00 + api99 + enroll, …, na.rm = TRUE)"""
    table = variance(two_stages(), ["api00", "api99", "enroll"], missing="listwise").table
    rows = ["api00", "api00:api99", "api00:enroll", "enroll"]
    theirs = [18865.40331562834, 18624.917826301178, -12574.976365909577, 129134.02993325341]
    assert_close(table.loc[rows, "estimate"], theirs)
    theirs = [2139.1754774059941, 2175.7483927377325, 7407.6663657573745, 25022.789378789959]
    assert_close(table.loc[rows, "se"], theirs)


def test_r_counts_those_who_did_not_answer_too() -> None:
    """svyvar(~HI_CHOL, …, na.rm = TRUE)"""
    [row] = variance(design("nhanes"), "HI_CHOL").table.to_dict("records")
    assert_close([row["estimate"], row["se"]], [0.099578504716884106, 0.0042249063544972055])


def test_variances_from_replicates_in_a_domain() -> None:
    """svyvar(~api00 + api99, subset(as.svrepdesign(…, type = "JK1"), stype == "E"))"""
    clusters = replicate(Design(data("clus1"), weights="pw", clusters="dnum"), "jackknife")
    table = variance(clusters.where("stype == 'E'"), ["api00", "api99"]).table
    assert_close(table["estimate"], [11270.828622766125, 11729.62266899767, 13102.403846153848])
    assert_close(table["se"], [1533.7192315485854, 1422.1794998068924, 1342.3161111205636])
    same = variance(clusters, ["api00", "api99"], by="stype").table.filter(like="E:", axis=0)
    assert_close(same[["estimate", "se"]], table[["estimate", "se"]])


def test_a_correlation_has_the_error_of_the_delta_method() -> None:
    """svycontrast(svyvar(~api00 + api99, …), quote(ab / sqrt(aa * bb)))"""
    [row] = correlation(two_stages(), ["api00", "api99"]).table.to_dict("records")
    assert_close([row["estimate"], row["se"]], [0.98256018660081312, 0.0039911207599432124])


def test_fishers_interval_stays_below_1() -> None:
    frame = pd.DataFrame({"x": [1.0, 2, 3, 4, 5], "y": [1.0, 2, 3, 4, 6]})
    plain, fisher = (
        correlation(Design(frame), ["x", "y"], interval=kind).table for kind in ("mean", "fisher")
    )
    assert plain.loc["x:y", "upper"] > 1 > fisher.loc["x:y", "upper"]
    assert_close(plain.loc["x:y", ["estimate", "se"]], fisher.loc["x:y", ["estimate", "se"]])


def test_a_correlation_does_not_change_with_the_units_of_measurement() -> None:
    frame = data("clus1")[["api00", "api99", "stype", "dnum"]]
    moved = frame.assign(api00=1e9 + frame["api00"] * 3, api99=frame["api99"] / 7)
    ours, theirs = (
        correlation(Design(f, clusters="dnum"), ["api00", "api99"], by="stype").table for f in (frame, moved)
    )
    assert_close(ours[["estimate", "se"]], theirs[["estimate", "se"]], 1e-9)


def test_a_column_that_does_not_vary_has_no_correlation() -> None:
    frame = pd.DataFrame({"x": [0.1, 0.1, 0.1, 3.0], "y": [1.0, 2, 3, 4], "g": list("aaab")})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for survey in (Design(frame), replicate(Design(frame), "jackknife")):
            assert correlation(survey, ["x", "y"], by="g").table["estimate"].isna().all()
            spread = variance(survey, "x", by="g").table
            assert spread.loc["a:x", ["estimate", "se"]].tolist() == [0, 0]
            assert np.isnan(spread.loc["b:x", "estimate"])


def test_a_correlation_needs_two_columns() -> None:
    with pytest.raises(DesignError, match="at least two"):
        correlation(two_stages(), ["api00"])
