"""The estimates are R's, on every design whose numbers we hold. Each test is one call of R."""

import numpy as np
import pytest

from analysis import (
    Design,
    DesignError,
    Estimate,
    contrast,
    domain_means,
    mean,
    poststratify,
    proportion,
    ratio,
    total,
)
from tests.analysis.r_survey import CHECKS, DESIGNS, assert_close, design, ids, result

STYPE_TOTALS = {"E": 4421, "H": 755, "M": 1018}
# R names a share by item and level in one word.
R_NAMES = {
    f"{item}{level}": f"{item}={level}"
    for item, levels in (("stype", "EHM"), ("sch.wide", ("No", "Yes")))
    for level in levels
}


def assert_same(ours: Estimate, theirs: dict) -> None:
    """Compare what R gave: estimates, errors, covariance, intervals and design effects, row by row."""
    order = [R_NAMES.get(name, name) for name in theirs["coef"]]
    table = ours.table.loc[order]
    for column, r_column in (
        ("estimate", "coef"),
        ("se", "se"),
        ("lower", "ci_low"),
        ("upper", "ci_high"),
        ("deff", "deff"),
    ):
        if r_column in theirs:
            assert_close(table[column], list(theirs[r_column].values()))
    if "vcov" in theirs:
        assert_close(ours.covariance.loc[order, order], theirs["vcov"])
    if "df" in theirs:
        assert set(table["df"]) == {theirs["df"]}


def survey(check: str, **options: object) -> Design:
    return design(CHECKS[check]["design"], **options)


@pytest.mark.parametrize("check", ids("info"))
def test_a_design_counts_units_strata_and_weights(check: str) -> None:
    ours, theirs = survey(check), result(check)
    first = ours.stages[0]
    assert len(ours.frame) == theirs["n"]
    assert len(first.strata) == theirs["n_psu"]
    assert len(first.sampled) == theirs["n_strata"]
    assert ours.degrees_of_freedom == theirs["degf"]
    assert_close(ours.weights.sum(), theirs["sum_weights"])


@pytest.mark.parametrize("check", ids("mean"))
def test_means_and_shares(check: str) -> None:
    assert_same(mean(survey(check), ["api00", "api99", "stype"]), result(check))


@pytest.mark.parametrize("check", ids("mean_deff_replace"))
def test_means_with_the_design_effect_against_sampling_with_replacement(check: str) -> None:
    assert_same(mean(survey(check), ["api00", "sch.wide"], deff="replace"), result(check))


@pytest.mark.parametrize("check", ids("total"))
def test_totals_of_rows_with_every_answer(check: str) -> None:
    assert_same(total(survey(check), ["enroll", "stype"], missing="listwise"), result(check))


@pytest.mark.parametrize("check", ids("ratio"))
def test_ratios(check: str) -> None:
    theirs = result(check)
    [row] = ratio(survey(check), "api.stu", "enroll").table.to_dict("records")
    ours = [row["estimate"], row["se"], row["deff"], row["lower"], row["upper"]]
    assert_close(ours, [theirs["coef"], theirs["se"], theirs["deff"], *theirs["ci"]])


@pytest.mark.parametrize("check", ids("by_mean"))
def test_means_by_domain_with_their_covariance(check: str) -> None:
    assert_same(domain_means(survey(check), ["api00", "api99"], by="stype"), result(check))


@pytest.mark.parametrize("check", ids("by_total2"))
def test_totals_by_two_columns(check: str) -> None:
    assert_by(total(survey(check), "enroll", by=["stype", "sch.wide"]), result(check))


@pytest.mark.parametrize("check", ids("by_ratio"))
def test_ratios_by_domain(check: str) -> None:
    assert_by(ratio(survey(check), "api.stu", "enroll", by="stype"), result(check))


def assert_by(ours: Estimate, theirs: dict) -> None:
    """R names the rows of one item by domain alone."""
    renamed = ours.table.set_axis([label.split(":")[0] for label in ours.table.index])
    assert_close(renamed.loc[theirs["rows"], "estimate"], list(theirs["coef"].values()))
    assert_close(renamed.loc[theirs["rows"], "se"], list(theirs["se"].values()))


@pytest.mark.parametrize("check", ids("contrast_diff"))
def test_differences_between_domains(check: str) -> None:
    by_type = mean(survey(check), "api00", by="stype")
    differences = {
        "EmH": {"E:api00": 1, "H:api00": -1},
        "EmM": {("E", "api00"): 1, ("M", "api00"): -1},
    }
    assert_same(contrast(by_type, differences), result(check))


@pytest.mark.parametrize("check", ids("contrast_composite_linear"))
def test_a_weighted_sum_of_means(check: str) -> None:
    means = mean(survey(check), ["api00", "api99", "meals"])
    assert_same(contrast(means, {"idx": {"api00": 0.5, "api99": 0.3, "meals": 0.2}}), result(check))


@pytest.mark.parametrize("check", ids("contrast_composite_geometric"))
def test_a_weighted_product_of_means(check: str) -> None:
    means = mean(survey(check), ["api00", "api99", "meals"])
    product = "exp(.5 * log(api00) + .3 * log(api99) + .2 * log(meals))"
    assert_same(contrast(means, product), result(check))


@pytest.mark.parametrize("check", ids("domain_subset"))
def test_a_domain_keeps_the_whole_design(check: str) -> None:
    domain = survey(check).where("`comp.imp` == 'Yes' and ell < 50")
    assert_same(mean(domain, ["api00", "meals"]), result(check)["mean"])
    assert_same(total(domain, "enroll"), result(check)["total"])


def test_nested_clusters_with_population_counts() -> None:
    assert_same(mean(design("fpc"), "x"), result("fpc/mean_total")["mean"])
    assert_same(total(design("fpc"), "x"), result("fpc/mean_total")["total"])


def test_a_national_health_survey_with_missing_answers() -> None:
    theirs, nhanes = result("nhanes/HI_CHOL"), design("nhanes")
    assert_same(mean(nhanes, "HI_CHOL"), theirs["mean"])
    assert_by(mean(nhanes, "HI_CHOL", by="race"), theirs["by"])
    assert_by(mean(nhanes, "HI_CHOL", by=["RIAGENDR", "agecat"]), theirs["by2"])


@pytest.mark.parametrize("lonely", ["remove", "certainty", "adjust", "average"])
def test_a_stratum_with_a_single_unit(lonely: str) -> None:
    theirs, ours = result(f"lonely_strat/{lonely}_mean"), design("lonely_strat", lonely=lonely)
    assert_same(mean(ours, ["api00", "enroll"]), theirs["mean"])
    assert_same(total(ours, ["api00", "enroll"]), theirs["total"])


def test_a_stratum_with_a_single_unit_is_refused_unless_a_rule_is_chosen() -> None:
    assert "error" in result("lonely_strat/fail_mean")
    with pytest.raises(DesignError, match="Stratum “H” has a single sampled unit"):
        mean(design("lonely_strat"), "api00")


@pytest.mark.parametrize("lonely", ["adjust", "average"])
@pytest.mark.parametrize("in_domains", [True, False])
def test_lonely_rules_change_nothing_where_no_unit_is_alone(lonely: str, in_domains: bool) -> None:
    domain = design("fpc", lonely=lonely, lonely_in_domains=in_domains).where("x > 3")
    assert_same(mean(domain, "x"), result(f"domain_lonely/{lonely}_{str(in_domains).upper()}")["mean"])


@pytest.mark.parametrize("check", ids("cal_poststratify"))
def test_post_stratified_weights_and_their_variance(check: str) -> None:
    theirs, ours = result(check), poststratify(survey(check), "stype", STYPE_TOTALS)
    weights = ours.weights
    summary = [weights.sum(), weights.min(), weights.max(), (weights**2).sum(), *weights[:5]]
    expected = [theirs["weights"][name] for name in ("sum_w", "min_w", "max_w", "sum_w2")]
    assert_close(summary, np.concatenate([expected, theirs["weights"]["w_first5"]]))
    assert_same(mean(ours, ["api00", "meals"]), theirs["mean"])
    assert_same(total(ours, "enroll"), theirs["total"])
    assert_same(mean(ours, "sch.wide"), theirs["prop"])
    assert_by(mean(ours, "api00", by="comp.imp"), theirs["by"])


def test_every_design_and_check_is_used() -> None:
    assert {check["design"] for check in CHECKS.values()} == set(DESIGNS)


@pytest.mark.parametrize("check", [check for check in CHECKS if "/ciprop_" in check])
def test_intervals_of_a_share(check: str) -> None:
    theirs, method = result(check), check.split("_")[-1]
    item, level = ("HI_CHOL", None) if check.startswith("nhanes") else ("sch.wide", "No")
    [row] = proportion(survey(check), item, level, method=method).table.to_dict("records")
    assert_close([row["estimate"], row["lower"], row["upper"]], [theirs["coef"], *theirs["ci"]])
    assert_close(row["se"], theirs.get("se", row["se"]))
