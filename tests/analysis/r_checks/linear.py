"""Means, totals, ratios and their combinations. Each function stands for one call of R."""

from analysis import contrast, domain_means, mean, ratio, total
from tests.analysis.r_survey import assert_by, assert_close, assert_same, compares, design, result, survey


@compares("*/info")
def a_design_counts_units_strata_and_weights(check: str) -> None:
    ours, theirs = survey(check), result(check)
    first = ours.stages[0]
    assert len(ours.frame) == theirs["n"]
    assert len(first.strata) == theirs["n_psu"]
    assert len(first.sampled) == theirs["n_strata"]
    assert ours.degrees_of_freedom == theirs["degf"]
    assert_close(ours.weights.sum(), theirs["sum_weights"])


@compares("*/mean")
def means_and_shares(check: str) -> None:
    assert_same(mean(survey(check), ["api00", "api99", "stype"]), result(check))


@compares("*/mean_deff_replace")
def means_with_the_design_effect_against_sampling_with_replacement(check: str) -> None:
    assert_same(mean(survey(check), ["api00", "sch.wide"], deff="replace"), result(check))


@compares("*/total")
def totals_of_rows_with_every_answer(check: str) -> None:
    assert_same(total(survey(check), ["enroll", "stype"], missing="listwise"), result(check))


@compares("*/ratio")
def ratios(check: str) -> None:
    theirs = result(check)
    [row] = ratio(survey(check), "api.stu", "enroll").table.to_dict("records")
    ours = [row["estimate"], row["se"], row["deff"], row["lower"], row["upper"]]
    assert_close(ours, [theirs["coef"], theirs["se"], theirs["deff"], *theirs["ci"]])


@compares("*/by_mean")
def means_by_domain_with_their_covariance(check: str) -> None:
    assert_same(domain_means(survey(check), ["api00", "api99"], by="stype"), result(check))


@compares("*/by_total2")
def totals_by_two_columns(check: str) -> None:
    assert_by(total(survey(check), "enroll", by=["stype", "sch.wide"]), result(check))


@compares("*/by_ratio")
def ratios_by_domain(check: str) -> None:
    assert_by(ratio(survey(check), "api.stu", "enroll", by="stype"), result(check))


@compares("*/contrast_diff")
def differences_between_domains(check: str) -> None:
    by_type = mean(survey(check), "api00", by="stype")
    differences = {
        "EmH": {"E:api00": 1, "H:api00": -1},
        "EmM": {("E", "api00"): 1, ("M", "api00"): -1},
    }
    assert_same(contrast(by_type, differences), result(check))


@compares("*/contrast_composite_linear")
def a_weighted_sum_of_means(check: str) -> None:
    means = mean(survey(check), ["api00", "api99", "meals"])
    assert_same(contrast(means, {"idx": {"api00": 0.5, "api99": 0.3, "meals": 0.2}}), result(check))


@compares("*/contrast_composite_geometric")
def a_weighted_product_of_means(check: str) -> None:
    means = mean(survey(check), ["api00", "api99", "meals"])
    product = "exp(.5 * log(api00) + .3 * log(api99) + .2 * log(meals))"
    assert_same(contrast(means, product), result(check))


@compares("*/domain_subset")
def a_domain_keeps_the_whole_design(check: str) -> None:
    domain = survey(check).where("`comp.imp` == 'Yes' and ell < 50")
    assert_same(mean(domain, ["api00", "meals"]), result(check)["mean"])
    assert_same(total(domain, "enroll"), result(check)["total"])


@compares("fpc/mean_total")
def nested_clusters_with_population_counts(check: str) -> None:
    assert_same(mean(design("fpc"), "x"), result("fpc/mean_total")["mean"])
    assert_same(total(design("fpc"), "x"), result("fpc/mean_total")["total"])


@compares("nhanes/HI_CHOL")
def a_national_health_survey_with_missing_answers(check: str) -> None:
    theirs, nhanes = result("nhanes/HI_CHOL"), design("nhanes")
    assert_same(mean(nhanes, "HI_CHOL"), theirs["mean"])
    assert_by(mean(nhanes, "HI_CHOL", by="race"), theirs["by"])
    assert_by(mean(nhanes, "HI_CHOL", by=["RIAGENDR", "agecat"]), theirs["by2"])
