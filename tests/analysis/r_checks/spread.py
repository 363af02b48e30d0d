"""Variances and correlations."""

from itertools import product

from analysis import correlation, variance
from tests.analysis.r_survey import assert_close, compares, result, survey


@compares("*/var")
def variances_and_covariances(check: str) -> None:
    theirs, items = result(check), ["api00", "api99"]
    table = variance(survey(check), items).table
    names = [x if x == y else "api00:api99" for x, y in product(items, items)]
    assert_close(table.loc[names, "estimate"], [cell for row in theirs["coef"] for cell in row])
    assert_close(table.loc[names, "se"], theirs["se"])


@compares("*/cor_api00_api99")
def correlations(check: str) -> None:
    [row] = correlation(survey(check), ["api00", "api99"]).table.to_dict("records")
    assert_close(row["estimate"], result(check))
