"""Adjusted weights, and what the adjustment does to the variance."""

import numpy as np

from analysis import Design, mean, poststratify, total
from tests.analysis.r_survey import assert_by, assert_close, assert_same, compares, result, survey

STYPE_TOTALS = {"E": 4421, "H": 755, "M": 1018}


@compares("*/cal_poststratify")
def post_stratification(check: str) -> None:
    assert_same_weighting(poststratify(survey(check), "stype", STYPE_TOTALS), result(check))


def assert_same_weighting(ours: Design, theirs: dict) -> None:
    """Compare the weights and the estimates under them."""
    weights = ours.weights
    summary = [weights.sum(), weights.min(), weights.max(), (weights**2).sum(), *weights[:5]]
    expected = [theirs["weights"][name] for name in ("sum_w", "min_w", "max_w", "sum_w2")]
    assert_close(summary, np.concatenate([expected, theirs["weights"]["w_first5"]]))
    assert_same(mean(ours, ["api00", "meals"]), theirs["mean"])
    assert_same(total(ours, "enroll"), theirs["total"])
    assert_same(mean(ours, "sch.wide"), theirs["prop"])
    assert_by(mean(ours, "api00", by="comp.imp"), theirs["by"])
