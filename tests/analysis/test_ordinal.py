"""An analyst regresses an answer on an ordered scale."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, replicate
from analysis.models.regression import regress
from analysis.models.term_tests import term_test
from tests.analysis.r_survey import assert_close, data

SCALE = ["unhappy", "neutral", "happy"]


def answers(**columns: object) -> Design:
    """Schools that answer on a scale of three, by their results."""
    frame = data("strat").assign(
        answer=lambda rows: pd.cut(rows["api00"], [0, 600, 700, 1000], labels=SCALE), **columns
    )
    return Design(frame, weights="pw", strata="stype", fpc="fpc")


def test_the_answers_keep_the_order_of_the_scale() -> None:
    fit = regress(answers(), "answer ~ meals", family="ordinal")
    assert list(fit.table.index) == ["meals", "unhappy|neutral", "neutral|happy"]
    assert fit.table.loc["meals", "estimate"] < 0  # more free meals, fewer happy
    assert fit.table.loc["meals", "odds_ratio"] == pytest.approx(np.exp(fit.table.loc["meals", "estimate"]))
    assert fit.df_residual == answers().degrees_of_freedom - 1


def test_a_scale_of_numbers_is_taken_in_their_order() -> None:
    words = regress(answers(), "answer ~ meals", family="ordinal")
    numbers = regress(
        answers(code=lambda rows: rows["answer"].cat.codes + 1), "code ~ meals", family="ordinal"
    )
    assert list(numbers.table.index) == ["meals", "1|2", "2|3"]
    assert_close(numbers.table["se"], words.table["se"])


def test_slopes_are_those_of_statsmodels_where_weights_are_equal() -> None:
    ordinal = pytest.importorskip("statsmodels.miscmodels.ordinal_model")
    frame = data("srs").assign(answer=lambda rows: pd.cut(rows["api00"], [0, 600, 700, 1000], labels=SCALE))
    for link in ("logit", "probit"):
        model = ordinal.OrderedModel(frame["answer"], frame[["meals", "ell"]], distr=link)
        theirs = model.fit(method="newton", disp=False, maxiter=100)
        fit = regress(Design(frame, fpc="fpc"), "answer ~ meals + ell", family="ordinal", link=link)
        assert_close(fit.table["estimate"].iloc[:2], theirs.params[:2], tolerance=1e-6)
        assert_close(fit.deviance, -2 * theirs.llf, tolerance=1e-10)


def test_without_predictors_the_cut_points_are_the_shares() -> None:
    fit = regress(answers(), "answer", [], family="ordinal", link="cloglog")
    frame = answers().frame
    low = frame["pw"][frame["answer"] == "unhappy"].sum() / frame["pw"].sum()
    assert fit.table["estimate"].iloc[0] == pytest.approx(np.log(-np.log1p(-low)))


def test_predicted_shares_add_up_to_one() -> None:
    fit = regress(answers(), "answer ~ meals + stype", family="ordinal")
    shares = fit.predict(data("strat").head(4))
    assert list(shares.loc[0].index) == SCALE
    assert_close(shares["estimate"].groupby(level=0).sum(), np.ones(4))
    assert (shares["se"] > 0).all()


def test_the_weighted_mean_of_predictions_is_the_share_in_the_sample() -> None:
    """The likelihood equations of the cut points do not promise it; a model of categories alone does."""
    fit = regress(answers(), "answer ~ comp.imp", family="ordinal")
    frame = answers().frame
    shares = fit.predict(frame)["estimate"].unstack()[SCALE]
    observed = pd.get_dummies(frame["answer"])[SCALE]
    weighted = frame["pw"].to_numpy()
    assert_close(weighted @ shares.to_numpy(), weighted @ observed.to_numpy(), tolerance=0.02)


def test_terms_of_an_ordinal_model_are_tested_together() -> None:
    fit = regress(answers(), "answer ~ meals + stype", family="ordinal")
    wald, likelihood, working = (term_test(fit, "stype", m) for m in ("Wald", "LRT", "WorkingWald"))
    assert (wald.df, wald.ddf) == (2, fit.df_residual)
    assert np.log(likelihood.p) == pytest.approx(np.log(working.p), rel=0.25)


def test_a_jackknife_comes_near_to_linearisation() -> None:
    linear = regress(answers(), "answer ~ meals + ell", family="ordinal")
    jackknife = regress(replicate(answers(), "jackknife"), "answer ~ meals + ell", family="ordinal")
    assert_close(jackknife.table["estimate"], linear.table["estimate"], tolerance=1e-9)
    assert_close(jackknife.table["se"], linear.table["se"], tolerance=0.1)
