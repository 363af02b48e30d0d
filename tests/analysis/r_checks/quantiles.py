"""Quantiles by every rule, with every interval."""

from analysis import quantile
from tests.analysis.r_survey import assert_close, compares, result, survey


@compares("*/quantile_qrule_*")
def quantiles_by_every_rule(check: str) -> None:
    _same(check, result(check)["p"], rule=check.split("_")[-1])


@compares("*/quantile_ci_*")
def quantiles_with_every_interval(check: str) -> None:
    _same(check, [0.25, 0.5, 0.75], interval=check.split("_")[-1])


def _same(check: str, probabilities: list[float], **options: str) -> None:
    theirs = result(check)
    table = quantile(survey(check), "api00", probabilities, **options).table
    for ours, r_name in (("estimate", "q"), ("lower", "lo"), ("upper", "hi"), ("se", "se")):
        known = [value != "NaN" for value in theirs[r_name]]
        assert (table[ours].notna() == known).all()
        assert_close(table.loc[known, ours], [value for value in theirs[r_name] if value != "NaN"])
