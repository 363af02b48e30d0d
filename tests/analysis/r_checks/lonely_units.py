"""Strata with a single sampled unit, under each of R's rules."""

import pytest

from analysis import DesignError, mean, total
from tests.analysis.r_survey import assert_same, compares, design, result


@compares("lonely_strat/[!f]*")
def a_stratum_with_a_single_unit(check: str) -> None:
    rule = check.split("/")[1].removesuffix("_mean")
    theirs, ours = result(check), design("lonely_strat", lonely=rule)
    assert_same(mean(ours, ["api00", "enroll"]), theirs["mean"])
    assert_same(total(ours, ["api00", "enroll"]), theirs["total"])


@compares("lonely_strat/fail_mean")
def a_stratum_with_a_single_unit_is_refused_unless_a_rule_is_chosen(check: str) -> None:
    assert "error" in result(check)
    with pytest.raises(DesignError, match="Stratum “H” has a single sampled unit"):
        mean(design("lonely_strat"), "api00")


@compares("domain_lonely/*")
def lonely_rules_change_nothing_where_no_unit_is_alone(check: str) -> None:
    rule, in_domains = check.split("/")[1].split("_")
    domain = design("fpc", lonely=rule, lonely_in_domains=in_domains == "TRUE").where("x > 3")
    assert_same(mean(domain, "x"), result(check)["mean"])
