"""Intervals of a share."""

from analysis import proportion
from tests.analysis.r_survey import assert_close, compares, result, survey


@compares("*/ciprop_*")
def intervals_of_a_share(check: str) -> None:
    theirs, method = result(check), check.split("_")[-1]
    item, level = ("HI_CHOL", None) if check.startswith("nhanes") else ("sch.wide", "No")
    [row] = proportion(survey(check), item, level, method=method).table.to_dict("records")
    assert_close([row["estimate"], row["se"]], [theirs["coef"], theirs.get("se", row["se"])])
    assert_close([row["lower"], row["upper"]], theirs["ci"], 1e-6 if method == "likelihood" else 1e-10)
