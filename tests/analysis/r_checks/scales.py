"""Reliability and components of scales."""

import numpy as np

from analysis import cronbach_alpha, principal_components
from tests.analysis.r_survey import assert_close, compares, result, survey

ITEMS = ["ell", "mobility", "meals"]


@compares("*/cralpha")
def weighted_alpha(check: str) -> None:
    [row] = cronbach_alpha(survey(check), ITEMS).table.to_dict("records")
    assert_close(row["estimate"], result(check))


@compares("*/prcomp")
def weighted_components(check: str) -> None:
    ours, theirs = principal_components(survey(check), ITEMS), result(check)
    assert_close(ours.sdev, theirs["sdev"])
    assert_close(np.abs(ours.rotation), theirs["absrotation"])
