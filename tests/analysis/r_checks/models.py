"""Regressions and the tests of their terms. Each function stands for one call of R."""

import pandas as pd

from analysis.models.fit import Fit
from analysis.models.regression import regress
from analysis.models.term_tests import term_test
from tests.analysis.r_survey import assert_close, compares, result, survey

MODELS = {
    "glm_linear": ("api00 ~ ell + meals + mobility", "linear"),
    "glm_linear_factor": ("api00 ~ stype + meals + comp.imp", "linear"),
    "glm_logistic": ("sch.wide ~ ell + meals + mobility", "logistic"),
    "glm_poisson": ("api.stu ~ ell + meals + offset(log(enroll))", "poisson"),
}
R_COLUMNS = {"coef": "estimate", "se": "se", "t": "t", "p": "p", "ci_low": "lower", "ci_high": "upper"}


def fitted(check: str) -> Fit:
    name = check.split("/")[1]
    formula, family = MODELS[name.removesuffix("_tight")]
    return regress(survey(check), formula, family=family, stopping="tight" if "tight" in name else "R")


@compares("*/glm_linear*", "srs/glm_*[cn]", "strat/glm_*[cn]", "clus1/glm_*[cn]")
def coefficients_stopped_where_r_stops(check: str) -> None:
    assert_regression(fitted(check), result(check))


@compares("*/glm_*_tight")
def coefficients_at_full_convergence(check: str) -> None:
    assert_regression(fitted(check), result(check), tolerance=1e-8)


@compares("nhanes/glm_logistic")
def a_logistic_model_of_rows_with_every_answer(check: str) -> None:
    model = regress(
        survey(check), "HI_CHOL ~ C(race) + C(RIAGENDR) + agecat", family="logistic", stopping="R"
    )
    assert_regression(model, result(check))


def assert_regression(ours: Fit, theirs: dict, tolerance: float = 1e-10) -> None:
    for name, column in R_COLUMNS.items():
        if name in theirs:
            assert_close(ours.table[column], theirs[name], tolerance)
    assert_close(ours.covariance, theirs.get("vcov", ours.covariance), tolerance)
    assert theirs.get("df_resid", ours.df_residual) == ours.df_residual
    assert_close(ours.dispersion, theirs.get("dispersion", ours.dispersion), tolerance)


@compares("*/regTermTest_wald")
def wald_tests(check: str) -> None:
    ours, theirs = term_test(regress(survey(check), "api00 ~ stype + meals"), "stype"), result(check)
    assert_close([ours.statistic, ours.p], [theirs["F"], theirs["p"]])
    assert (ours.df, ours.ddf) == (theirs["df"], theirs["ddf"])


@compares("*/regTermTest_lrt")
def likelihood_ratio_tests(check: str) -> None:
    model = regress(survey(check), "sch.wide ~ stype + meals", family="logistic", stopping="R")
    ours, theirs = term_test(model, "stype", method="LRT"), result(check)
    assert_close(ours.statistic, theirs["chisq"])
    assert_close(ours.scale_factors, theirs["lambda"])
    assert_close(ours.p, theirs["p"], tolerance=1e-8)
    assert (ours.df, ours.ddf) == (theirs["df"], theirs["ddf"])


@compares("*/olr")
def ordinal_models(check: str) -> None:
    design, theirs = survey(check), result(check)
    design.frame["band"] = pd.cut(design.frame["api00"], [0, 550, 650, 750, 1000])
    for stopping, tolerance in {"R": 1e-7, "tight": 1e-3}.items():
        ours = regress(design, "band ~ meals + ell", family="ordinal", stopping=stopping)
        assert_close(ours.table["estimate"], theirs["coef"], tolerance)
        assert_close(ours.table["se"], theirs["se"], tolerance)
