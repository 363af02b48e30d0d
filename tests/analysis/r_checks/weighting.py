"""Adjusted weights, and what the adjustment does to the variance."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, calibrate, mean, poststratify, rake, total, trim
from tests.analysis.r_survey import (
    REFERENCE,
    assert_by,
    assert_close,
    assert_same,
    compares,
    result,
    survey,
)

STYPE_TOTALS = {"E": 4421, "H": 755, "M": 1018}
SCHOOL_WIDE_TOTALS = {"No": 1072, "Yes": 5122}
IMPROVED_TOTALS = {"No": 1712, "Yes": 4482}
ITERATED = 1e-8
R_STOP = {"tolerance": 1e-10, "max_rounds": 200}


@compares("*/cal_poststratify")
def post_stratification(check: str) -> None:
    assert_same_weighting(poststratify(survey(check), "stype", STYPE_TOTALS), check)


@compares("*/cal_rake2")
def raking_to_two_margins(check: str) -> None:
    raked = rake(survey(check), {"stype": STYPE_TOTALS, "sch.wide": SCHOOL_WIDE_TOTALS}, **R_STOP)
    assert_same_weighting(raked, check, ITERATED)


@compares("*/cal_rake3")
def raking_to_three_margins(check: str) -> None:
    margins = {"stype": STYPE_TOTALS, "sch.wide": SCHOOL_WIDE_TOTALS, "comp.imp": IMPROVED_TOTALS}
    assert_same_weighting(rake(survey(check), margins, **R_STOP), check, ITERATED)


TYPE_AND_SCORE = {"stype": STYPE_TOTALS, "api99": 3914069}
TYPE_AND_TARGET = {"stype": STYPE_TOTALS, "sch.wide": SCHOOL_WIDE_TOTALS}


def calibrated(check: str, totals: dict = TYPE_AND_SCORE, **options: object) -> Design:
    return calibrate(survey(check), list(totals), totals, **options)


@compares("*/cal_linear")
def linear_calibration_on_a_category_and_a_number(check: str) -> None:
    assert_same_weighting(calibrated(check), check)


@compares("*/cal_linear_aux")
def linear_calibration_on_two_categories(check: str) -> None:
    assert_same_weighting(calibrated(check, TYPE_AND_TARGET), check)


@compares("*/cal_raking")
def calibration_by_raking_distance(check: str) -> None:
    assert_same_weighting(calibrated(check, distance="raking"), check, ITERATED)


@compares("*/cal_raking_aux", "*/cal_marginlist")
def calibration_by_raking_distance_on_two_categories(check: str) -> None:
    assert_same_weighting(calibrated(check, TYPE_AND_TARGET, distance="raking"), check, ITERATED)


@compares("*/cal_logit_*", "*/cal_linearbnd_*")
def calibration_within_bounds(check: str) -> None:
    name, lower, upper = check.split("/cal_")[1].split("_")
    options = {"distance": name.removesuffix("bnd"), "bounds": (float(lower), float(upper))}
    if "error" in result(check):
        with pytest.raises(DesignError, match="The narrowest that can are"):
            calibrated(check, **options)
    else:
        assert_same_weighting(calibrated(check, **options), check, ITERATED)


@compares("*/cal_lambda_heter")
def calibration_with_one_factor_for_each_cluster(check: str) -> None:
    if "error" in result(check):  # R stops at the first model: some weights are negative
        with pytest.raises(DesignError, match="negative"):
            calibrated(check, aggregate_stage=1)
        assert_same_weights(calibrated(check, aggregate_stage=1, negative=True), check)
    else:
        assert_same_weighting(calibrated(check, aggregate_stage=1), check)


@compares("*/cal_linear_then_trim")
def trimming_after_calibration(check: str) -> None:
    weighed = calibrated(check)
    lower, upper = np.quantile(weighed.weights, [0.05, 0.95])
    assert_same_weighting(trim(weighed, lower=lower, upper=upper), check)


@compares("*/cal_trim_strict")
def trimming_until_all_weights_keep_to_the_bound(check: str) -> None:
    bound = 1.15 * np.median(survey(check).weights)  # the call says 1.2; its weights say 1.15
    assert_same_weighting(trim(calibrated(check), upper=bound, strict=True), check)


@compares("sampling/calib")
def factors_of_the_sampling_package(check: str) -> None:
    theirs, before = result(check), survey(check).weights
    # That package stops once sums are within 1e-6 of the totals; its logit gets there by steps of its own
    for name, options, tolerance in (
        ("linear", {}, 1e-10),
        ("truncated", {"bounds": (0.7, 1.5)}, 1e-10),
        ("raking", {"distance": "raking", "tolerance": 1e-6}, 1e-10),
        ("logit", {"distance": "logit", "bounds": (0.7, 1.5)}, 1e-5),
    ):
        factors = calibrated(check, **options).weights / before
        sums = [factors.min(), factors.max(), *factors[:5]]
        assert_close(sums, [theirs[name]["min"], theirs[name]["max"], *theirs[name]["first5"]], tolerance)


def assert_same_weights(ours: Design, check: str, tolerance: float = 1e-10) -> None:
    theirs = pd.read_csv(REFERENCE / "weights" / f"cal_{check.replace('/cal', '')}.csv")["w"]
    assert_close(ours.weights, theirs, tolerance)


def assert_same_weighting(ours: Design, check: str, tolerance: float = 1e-10) -> None:
    """Compare every weight, and the estimates under them."""
    theirs = result(check)
    weights = ours.weights
    assert_same_weights(ours, check, tolerance)
    summary = [weights.sum(), weights.min(), weights.max(), (weights**2).sum(), *weights[:5]]
    expected = [theirs["weights"][name] for name in ("sum_w", "min_w", "max_w", "sum_w2")]
    assert_close(summary, np.concatenate([expected, theirs["weights"]["w_first5"]]), tolerance)
    assert_same(mean(ours, ["api00", "meals"]), theirs["mean"], tolerance)
    assert_same(total(ours, "enroll"), theirs["total"], tolerance)
    assert_same(mean(ours, "sch.wide"), theirs["prop"], tolerance)
    assert_by(mean(ours, "api00", by="comp.imp"), theirs["by"], tolerance)
