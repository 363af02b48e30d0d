"""Designs known by replicate weights, given or made here."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import partial

import numpy as np
import pandas as pd

from analysis import Design, calibrate, mean, poststratify, quantile, rake, ratio, replicate, total
from analysis.comparison.chisquare import chisq
from analysis.estimation.replicates import Replicates
from analysis.models.regression import regress
from tests.analysis.r_survey import (
    CHECKS,
    REFERENCE,
    assert_by,
    assert_close,
    assert_same,
    compares,
    data,
    design,
    result,
)

STYPE_TOTALS = {"E": 4421, "H": 755, "M": 1018}
SCHOOL_WIDE_TOTALS = {"No": 1072, "Yes": 5122}
ITERATED = RAO_SCOTT = 1e-8
MADE = {"rep/clus1_JK1": "clus1", "rep/strat_JKn": "strat", "rep/fpc_JKn": "fpc", "rep/nhanes_JKn": "nhanes"}


def weights_of(check: str, suffix: str = ".csv.gz") -> np.ndarray:
    """(rows, R) replicate weights as R has them."""
    file = REFERENCE / "weights" / f"rep_{check.removeprefix('rep/')}{suffix}"
    return pd.read_csv(file).to_numpy(dtype=float)


def given(check: str, mse: bool = False) -> Design:
    """The design made of R's own replicate weights."""
    info = result(check)["info"]
    frame = data(CHECKS[check]["design"]).assign(base=weights_of(check, "_base.csv")[:, 0])
    return Design.from_replicates(
        frame, "base", weights_of(check), info["type"], info["scale"], info["rscales"], mse=mse
    )


def columns(check: str) -> list[str]:
    for design_name, items in (
        ("rep/fpc*", ["x"]),
        ("rep/nhanes*", ["HI_CHOL", "RIAGENDR"]),
        ("rep/scd*", ["alive"]),
    ):
        if fnmatchcase(check, design_name):
            return items
    return ["api00", "api99", "stype"]


@compares("rep/*_JK[1n]", "rep/*_boot", "rep/*_BRR")
def estimates_from_given_replicate_weights(check: str) -> None:
    theirs, ours = result(check), given(check)
    assert ours.degrees_of_freedom == theirs["info"]["degf"]
    assert_same(mean(ours, columns(check), missing="listwise"), theirs["mean"])
    for part, comparison in PARTS.items():
        if part in theirs:
            comparison(ours, theirs[part], check)
    if check in MADE:
        assert_made_alike(replicate(design(MADE[check]), "jackknife"), check)


def _total(ours: Design, theirs: dict, check: str) -> None:
    assert_same(total(ours, "x" if check.startswith("rep/fpc") else "enroll"), theirs)


def _ratio(ours: Design, theirs: dict, check: str) -> None:
    pair = ("alive", "arrests") if check.startswith("rep/scd") else ("api.stu", "enroll")
    [row] = ratio(ours, *pair).table.to_dict("records")
    assert_close([row["estimate"], row["se"]], [theirs["coef"], theirs["se"]])


def _by(ours: Design, theirs: dict, check: str) -> None:
    item, by = ("HI_CHOL", "race") if check.startswith("rep/nhanes") else ("api00", "stype")
    assert_by(mean(ours, item, by=by), theirs)


def _domain(ours: Design, theirs: dict, check: str) -> None:
    assert_same(mean(ours.where("`comp.imp` == 'Yes'"), "api00"), theirs)


def _quantile(ours: Design, theirs: dict, check: str) -> None:
    table = quantile(ours, "api00", [0.25, 0.5, 0.75], interval="quantile").table
    assert_close(table["estimate"], theirs["q"])
    assert_close(table["se"], theirs["se"])


def _linear_model(ours: Design, theirs: dict, check: str) -> None:
    model = regress(ours, "api00 ~ ell + meals")
    assert_close(model.coefficients, list(theirs["coef"].values()))
    assert_close(model.table["se"], list(theirs["se"].values()))
    assert model.df_residual == theirs["df"]


def _logistic_model(ours: Design, theirs: dict, check: str) -> None:
    model = regress(ours, "HI_CHOL ~ C(race) + agecat", family="logistic", stopping="R")
    assert_close(model.coefficients, list(theirs["coef"].values()))
    assert_close(model.table["se"], list(theirs["se"].values()))


def _chisq(ours: Design, theirs: dict, check: str) -> None:
    test = chisq(ours, "sch.wide", "stype")
    assert_close([test.statistic, test.p], [theirs["statistic"], theirs["p"]], RAO_SCOTT)
    assert_close([test.df, test.ddf], theirs["parameter"], RAO_SCOTT)


PARTS: dict[str, Callable[[Design, dict, str], None]] = {
    "total": _total,
    "ratio": _ratio,
    "by": _by,
    "domain": _domain,
    "quantile": _quantile,
    "glm": _linear_model,
    "logit": _logistic_model,
    "chisq": _chisq,
}


@compares("rep/*_mseTRUE")
def distances_from_the_full_sample(check: str) -> None:
    ours = given(check.removesuffix("_mseTRUE"), mse=True)
    table = mean(ours, columns(check), missing="listwise").table
    assert_close(table["se"], list(result(check)["mean_se"].values()))


def assert_made_alike(made: Design, check: str) -> None:
    """Our replicates are R's, in whatever order."""
    ours, theirs = made.replicates, weights_of(check)
    assert isinstance(ours, Replicates)
    values = np.array(list(ours))
    info = result(check)["info"]
    order = [np.argmin(np.abs(values - column).sum(axis=1)) for column in theirs.T]
    assert sorted(order) == list(range(ours.size))
    assert_close(values[order].T, theirs)
    assert_close(ours.scale * ours.rscales[order], info["scale"] * np.array(info["rscales"]))


@compares("rep/*_poststrat")
def post_stratification_of_each_replicate(check: str) -> None:
    adjust = partial(poststratify, by="stype", totals=STYPE_TOTALS)
    assert_same_after(check, adjust, 1e-10)


@compares("rep/*_rake")
def raking_of_each_replicate(check: str) -> None:
    margins = {"stype": STYPE_TOTALS, "sch.wide": SCHOOL_WIDE_TOTALS}
    assert_same_after(check, partial(rake, margins=margins, tolerance=1e-10), ITERATED)


@compares("rep/*_cal")
def calibration_of_each_replicate(check: str) -> None:
    totals = {"stype": STYPE_TOTALS, "api99": 3914069}
    assert_same_after(check, partial(calibrate, columns=list(totals), totals=totals), 1e-10)


def assert_same_after(check: str, adjust: Callable[[Design], Design], tolerance: float) -> None:
    """Adjusting R's replicates, and making replicates of the adjusted design, give R's numbers."""
    source = check.rpartition("_")[0]
    made = [replicate(adjust(design(MADE[source])), "jackknife")] if source in MADE else []
    for ours in (adjust(given(source)), *made):
        assert_same(mean(ours, ["api00", "meals"]), result(check)["mean"], tolerance)
        assert_same(total(ours, "enroll"), result(check)["total"], tolerance)
