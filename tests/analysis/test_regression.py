"""An analyst regresses answers on who gave them and what else they said."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, mean, poststratify, replicate
from analysis.models.fit import Fit
from analysis.models.regression import regress
from analysis.models.term_tests import term_test
from tests.analysis.r_survey import assert_close, data, design


def school_answers() -> Design:
    return design("strat")


def terms(fit: Fit) -> list[str]:
    return list(fit.table.index)


def test_predictors_may_be_listed_or_written_as_a_formula() -> None:
    listed = regress(school_answers(), "api00", ["stype", "meals", "stype:meals"])
    written = regress(school_answers(), "api00 ~ stype * meals")
    assert terms(listed) == ["(Intercept)", "stype=H", "stype=M", "meals", "stype=H:meals", "stype=M:meals"]
    pd.testing.assert_frame_equal(listed.table, written.table)
    pd.testing.assert_frame_equal(listed.covariance, written.covariance)


def test_names_with_spaces_stand_in_backticks() -> None:
    frame = data("strat").rename(columns={"meals": "free meals"})
    renamed = Design(frame, weights="pw", strata="stype", fpc="fpc")
    written, plain = regress(renamed, "api00 ~ `free meals`"), regress(school_answers(), "api00 ~ meals")
    assert_close(written.table["se"], plain.table["se"])
    assert terms(regress(renamed, "api00", ["free meals"])) == ["(Intercept)", "free meals"]


def test_numbers_can_be_taken_for_categories_and_logarithms() -> None:
    fit = regress(school_answers(), "log(enroll) ~ C(awards) + log(api99)", level=0.9)
    assert terms(fit) == ["(Intercept)", "awards=Yes", "log(api99)"]
    wide = regress(school_answers(), "log(enroll) ~ C(awards) + log(api99)", level=0.99)
    assert (wide.table["upper"] > fit.table["upper"]).all()


def test_coefficients_are_those_of_statsmodels_with_the_weights_as_frequencies() -> None:
    statsmodels = pytest.importorskip("statsmodels.api")
    frame = data("strat")
    x = statsmodels.add_constant(frame[["ell", "meals"]].astype(float))
    families = {
        "linear": ("api00", statsmodels.families.Gaussian()),
        "logistic": ("sch.wide", statsmodels.families.Binomial()),
        "poisson": ("api.stu", statsmodels.families.Poisson()),
    }
    for family, (outcome, theirs) in families.items():
        y = frame[outcome] == "Yes" if family == "logistic" else frame[outcome]
        glm = statsmodels.GLM(y.astype(float), x, theirs, freq_weights=frame["pw"]).fit(
            tol=1e-14, maxiter=100
        )
        fit = regress(school_answers(), outcome, ["ell", "meals"], family=family)
        assert_close(fit.table["estimate"], glm.params, tolerance=1e-9)


def test_one_row_with_weight_two_is_two_rows() -> None:
    once = data("srs")[["ell", "meals", "api00", "stype"]].assign(w=1.0 + np.arange(200) % 2)
    twice = once.loc[np.repeat(once.index, once["w"].astype(int))].assign(w=1.0, unit=lambda rows: rows.index)
    heavy = regress(Design(once.assign(unit=once.index), weights="w", clusters="unit"), "api00 ~ ell + stype")
    copied = regress(Design(twice, weights="w", clusters="unit"), "api00 ~ ell + stype")
    assert_close(heavy.table[["estimate", "se"]], copied.table[["estimate", "se"]], tolerance=1e-9)


def test_a_mean_is_a_regression_on_nothing() -> None:
    fit, means = regress(school_answers(), "api00", []), mean(school_answers(), "api00")
    assert_close(fit.table[["estimate", "se"]].iloc[0], means.table[["estimate", "se"]].iloc[0])
    assert fit.r_squared == pytest.approx(0, abs=1e-12)


def test_odds_ratios_stand_beside_logistic_coefficients() -> None:
    fit = regress(school_answers(), "awards", ["stype"], family="logistic")
    assert_close(fit.table["odds_ratio"], np.exp(fit.table["estimate"]))
    assert_close(fit.table["odds_ratio_upper"], np.exp(fit.table["upper"]))
    assert "odds_ratio" not in regress(school_answers(), "awards", ["stype"], "logistic", "probit").table
    assert (
        "rate_ratio" in regress(school_answers(), "api.stu", ["stype"], "poisson", offset="log(enroll)").table
    )


@pytest.mark.parametrize("answer", [1.0, 0.0])
def test_a_row_far_out_is_expected_or_against_all_expectation(answer: float) -> None:
    draw = np.random.default_rng(1)
    distance = draw.normal(size=200)
    chosen = (draw.random(200) < 1 / (1 + np.exp(-distance))).astype(float)
    distance[0], chosen[0] = 36.0, answer
    frame = pd.DataFrame({"yes": chosen, "no": 1 - chosen, "distance": distance, "weight": 1.0})
    frame.loc[0, "weight"] = 1e-2
    yes, no = (
        regress(Design(frame, weights="weight"), outcome, "distance", family="logistic")
        for outcome in ("yes", "no")
    )
    assert_close(yes.coefficients, -no.coefficients)
    assert_close(yes.covariance, no.covariance)
    assert_close(yes.dispersion, no.dispersion)


def test_only_the_rows_of_the_domain_need_a_logarithm() -> None:
    fit = regress(school_answers().where("ell > 0"), "api00 ~ log(ell)")
    assert fit.left_out == 0


def test_rows_without_all_answers_are_left_out_and_counted() -> None:
    fit = regress(design("nhanes"), "HI_CHOL ~ C(race) + agecat", family="logistic", stopping="R")
    assert (fit.n, fit.left_out, fit.df_residual) == (7846, 745, 10)
    # R 4.2.2, survey 4.1-1: summary(svyglm(HI_CHOL~factor(race)+agecat, d, family=quasibinomial))$dispersion
    assert_close(fit.dispersion, 1.0091030745782)


def test_missing_values_and_an_interaction_in_strata_with_population_counts() -> None:
    """R 4.2.2, survey 4.1-1: as `apistrat` with meals NA in rows 3, 50 and 120,
    svyglm(api00~ell*stype+meals).
    """
    frame = data("strat").copy()
    frame.loc[[2, 49, 119], "meals"] = np.nan
    fit = regress(Design(frame, weights="pw", strata="stype", fpc="fpc"), "api00 ~ ell * stype + meals")
    table = fit.table.loc[["(Intercept)", "ell", "stype=H", "stype=M", "meals", "ell:stype=H", "ell:stype=M"]]
    theirs = [861.4372788193394, -0.5172676117618, -113.4445634486590, -47.7661999297439, -3.3510654995558]
    assert_close(table["estimate"], [*theirs, -0.9586269892651, -0.6300218709853], tolerance=1e-11)
    errors = [9.2484798824732, 0.3592291466790, 13.3389070070056, 15.5144947803272, 0.2427217344620]
    assert_close(table["se"], [*errors, 0.7335354282318, 0.5864192196873], tolerance=1e-11)
    wald = term_test(fit, "stype:ell")
    assert_close([wald.statistic, wald.p], [1.25536669110998, 0.28734896493107])
    likelihood, working = (term_test(fit, "ell:stype", method) for method in ("LRT", "WorkingWald"))
    assert_close([likelihood.p, working.p], [0.26512672280433, 0.26512672280428])
    assert_close(fit.dispersion, 3244.507536969887)


def test_a_domain_of_a_post_stratified_sample() -> None:
    """R 4.2.2, survey 4.1-1: svyglm(I(awards=="Yes")~ell+meals, subset(dp, stype!="H"),
    family=quasibinomial) with dp the stratified sample after postStratify(~sch.wide, c(No=1072,
    Yes=5122)); regTermTest(~ell, method="LRT").
    """
    adjusted = poststratify(school_answers(), "sch.wide", {"No": 1072, "Yes": 5122})
    fit = regress(adjusted.where("stype != 'H'"), "awards ~ ell + meals", family="logistic", stopping="R")
    assert_close(fit.table["estimate"], [1.02450025089649, 0.0047243329959801364, -0.00727025919070029])
    assert_close(fit.table["se"], [0.36881923345801498, 0.011601507572474353, 0.0091579977473836612])
    assert_close([fit.df_residual, fit.dispersion], [146, 1.007422630564645])
    test = term_test(fit, "ell", "LRT")
    assert_close([test.statistic, test.p], [0.21342183899437828, 0.67844338347948407])


def test_a_jackknife_fits_the_model_anew_without_each_cluster() -> None:
    """R 4.2.2, survey 4.1-1: svyglm(I(sch.wide=="Yes")~ell+meals, as.svrepdesign(clus1),
    family=quasibinomial).
    """
    jackknife = replicate(design("clus1"), "jackknife")
    fit = regress(jackknife, "sch.wide ~ ell + meals", family="logistic", stopping="R")
    assert_close(fit.table["estimate"], [1.8995569111363253, 0.039925410797801229, -0.019114682466144801])
    assert_close(fit.table["se"], [0.53534047577856025, 0.013588296571005036, 0.0096091593003888899])
    wald, likelihood = term_test(fit, "ell"), term_test(fit, "ell", "LRT")
    assert_close([fit.df_residual, wald.statistic, wald.p], [12, 8.6331393834812289, 0.012412947161992595])
    assert_close([likelihood.statistic, likelihood.p], [4.8321116239723949, 0.010856440763354621])


def test_without_a_constant_each_category_has_its_own() -> None:
    """R 4.2.2, survey 4.1-1: svyglm(api00~0+stype+meals:stype, strat)."""
    fit = regress(school_answers(), "api00 ~ 0 + stype + meals:stype")
    levels, slopes = [866.16298550811189, 730.89065469768207, 825.75906656006237], fit.table["se"].iloc[3:]
    assert terms(fit)[:3] == ["stype=E", "stype=H", "stype=M"]
    assert_close(fit.table["estimate"].iloc[:3], levels)
    assert_close(slopes, [0.18400361679526453, 0.30739514076215446, 0.27706042167227724])


def test_what_the_model_expects_of_a_school() -> None:
    """R 4.2.2, survey 4.1-1: predict(svyglm(I(sch.wide=="Yes")~ell+meals, strat, family=quasibinomial),
    newdata=apistrat[1:3,], type="response").
    """
    fit = regress(school_answers(), "sch.wide ~ ell + meals", family="logistic", stopping="R")
    expected = fit.predict(data("strat").head(3))
    assert_close(expected["estimate"], [0.81846009110992057, 0.79896588860646534, 0.83601599169304319])
    assert_close(expected["se"], [0.033292024598323922, 0.081525586927547078, 0.030631407306361325])
    unknown = fit.predict(data("strat").head(3).assign(ell=[np.nan, 1, 2]))
    assert list(unknown["estimate"].isna()) == [True, False, False]


REFUSED = [
    ("api00 ~ ell + el", {}, "no column “el”"),
    ("api00 ~ ell +", {}, "cannot be read at “…”"),
    ("api00 ~ ell ~ meals", {}, "cannot be read at “~ meals”"),
    ("api00 ~ sin(ell)", {}, "knows no function “sin”"),
    ("api00 ~ log(ell)", {}, r"log\(ell\) is not defined for 0 in row"),
    ("api00 ~ ell + twice", {}, "cannot tell apart what belongs to “twice”"),
    ("api00 ~ ell + one", {}, "“one” has a single level"),
    ("sname ~ ell", {}, "“sname” does not hold numbers"),
    (
        "api00 ~ ell",
        {"family": "logistic"},
        "“api00” has 840 in row 0; a logistic model needs values from 0 to 1",
    ),
    ("stype ~ ell", {"family": "logistic"}, "“stype” has 3: E, H, M"),
    ("sch.wide ~ ell", {"family": "ordinal"}, "three levels or more"),
    ("fixed ~ ell", {}, "“fixed” has the same value"),
    (
        "sch.wide ~ ell",
        {"family": "probit"},
        "no family of models; there are linear, logistic, poisson, ordinal",
    ),
    (
        "high ~ api00",
        {"family": "logistic"},
        "of “\\(Intercept\\)”, “api00” grow without end: .* “high” perfectly",
    ),
    ("high ~ good + ell", {"family": "logistic", "stopping": "R"}, "“good=yes” grow without end"),
    ("band ~ api00", {"family": "ordinal"}, "“api00” grow without end"),
    ("none ~ stype", {"family": "poisson"}, "“stype=H” grow without end"),
]


@pytest.mark.parametrize(("formula", "options", "sentence"), REFUSED)
def test_what_cannot_be_fitted_is_refused_in_plain_words(formula: str, options: dict, sentence: str) -> None:
    frame = data("strat").assign(
        one="same",
        fixed=3,
        twice=lambda rows: 2.0 * rows["ell"],
        high=lambda rows: (rows["api00"] > 650).astype(int),
        good=lambda rows: np.where(rows["api00"] > 700, "yes", "maybe"),
        band=lambda rows: pd.cut(rows["api00"], [0, 550, 650, 1000]),
        none=lambda rows: np.where(rows["stype"] == "H", 0, rows["snum"] % 3),
    )
    survey = Design(frame, weights="pw", strata="stype", fpc="fpc")
    with pytest.raises(DesignError, match=sentence):
        regress(survey, formula, **options)


def test_a_term_the_model_lacks_cannot_be_tested() -> None:
    fit = regress(school_answers(), "api00 ~ ell + stype")
    with pytest.raises(DesignError, match="no term “meals”; there are: ell, stype"):
        term_test(fit, "meals")
    with pytest.raises(DesignError, match="leave one in the model"):
        term_test(fit, ["ell", "stype", "(Intercept)"])
    with pytest.raises(DesignError, match="the model knows E, H, M"):
        fit.predict(pd.DataFrame({"ell": [1], "stype": ["X"]}))
