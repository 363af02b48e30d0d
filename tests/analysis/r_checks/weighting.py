"""Adjusted weights, and what the adjustment does to the variance."""

import numpy as np
import pandas as pd

from analysis import Design, mean, poststratify, rake, total
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


def assert_same_weighting(ours: Design, check: str, tolerance: float = 1e-10) -> None:
    """Compare every weight, and the estimates under them."""
    theirs = result(check)
    weights = ours.weights
    r_weights = pd.read_csv(REFERENCE / "weights" / f"cal_{check.replace('/cal', '')}.csv")["w"]
    assert_close(weights, r_weights, tolerance)
    summary = [weights.sum(), weights.min(), weights.max(), (weights**2).sum(), *weights[:5]]
    expected = [theirs["weights"][name] for name in ("sum_w", "min_w", "max_w", "sum_w2")]
    assert_close(summary, np.concatenate([expected, theirs["weights"]["w_first5"]]), tolerance)
    assert_same(mean(ours, ["api00", "meals"]), theirs["mean"], tolerance)
    assert_same(total(ours, "enroll"), theirs["total"], tolerance)
    assert_same(mean(ours, "sch.wide"), theirs["prop"], tolerance)
    assert_by(mean(ours, "api00", by="comp.imp"), theirs["by"], tolerance)
