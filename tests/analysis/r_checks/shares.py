"""Intervals of a share."""

from analysis import proportion
from tests.analysis.r_survey import assert_close, compares, result, survey


@compares("*/ciprop_[!l]*", "*/ciprop_logit")
def intervals_of_a_share(check: str) -> None:
    theirs, method = result(check), check.split("_")[-1]
    item, level = ("HI_CHOL", None) if check.startswith("nhanes") else ("sch.wide", "No")
    [row] = proportion(survey(check), item, level, method=method).table.to_dict("records")
    assert_close([row["estimate"], row["lower"], row["upper"]], [theirs["coef"], *theirs["ci"]])
    assert_close(row["se"], theirs.get("se", row["se"]))
