"""An analyst is handed data with replicate weights, as statistical offices publish them."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, mean, replicate
from tests.analysis.r_survey import assert_close, design

RANDOM = np.random.default_rng(1)
FRAME = pd.DataFrame({"w": RANDOM.uniform(1, 9, 12), "y": RANDOM.normal(50, 10, 12)})
FACTORS = RANDOM.integers(0, 3, (12, 5)).astype(float)
COMBINED = FACTORS * FRAME[["w"]].to_numpy()


def spread(replicates: np.ndarray = COMBINED, **options: object) -> float:
    """Standard error of the mean of y."""
    plan = Design.from_replicates(FRAME, "w", replicates, **options)
    return float(mean(plan, "y").table["se"].iloc[0])


def squares() -> float:
    """Σ (estimate − mean of estimates)², worked out by hand."""
    estimates = (COMBINED * FRAME[["y"]].to_numpy()).sum(axis=0) / COMBINED.sum(axis=0)
    return float(((estimates - estimates.mean()) ** 2).sum())


@pytest.mark.parametrize(
    ("kind", "options", "scale"),
    [
        ("BRR", {}, 1 / 5),
        ("Fay", {"rho": 0.5}, 1 / (5 * 0.25)),
        ("JK1", {}, 4 / 5),
        ("JK1", {"scale": 0.3}, 0.3),
        ("JKn", {"rscales": 0.5}, 0.5),
        ("JK2", {}, 1),
        ("bootstrap", {}, 1 / 4),
        ("ACS", {}, 4 / 5),
        ("successive-difference", {}, 4 / 5),
        ("other", {"scale": 0.2, "rscales": [2] * 5}, 0.4),
    ],
)
def test_each_kind_has_its_scale(kind: str, options: dict, scale: float) -> None:
    assert spread(kind=kind, **options) == pytest.approx(np.sqrt(scale * squares()))


def test_factors_stand_for_weights_divided_by_the_base_weights() -> None:
    assert spread(FACTORS, kind="BRR", combined=False) == pytest.approx(spread(kind="BRR"))


def test_factors_of_a_jackknife_tell_its_scale() -> None:
    assert spread(FACTORS, kind="JKn", combined=False) == pytest.approx(np.sqrt(squares() / 2))
    assert spread(FACTORS, kind="JK1", combined=False) == pytest.approx(np.sqrt(squares() / 2))


def test_replicates_without_a_scale_do_not_count() -> None:
    some = spread(kind="other", rscales=[1, 1, 1, 0, 0])
    assert some == pytest.approx(spread(COMBINED[:, :3], kind="other", rscales=1))


def test_columns_are_named_one_by_one_or_by_what_they_begin_with() -> None:
    frame = FRAME.join(pd.DataFrame(COMBINED, columns=[f"rep{number}" for number in range(5)]))
    frame["repeated"] = 1
    by_prefix = Design.from_replicates(frame, "w", "rep", "BRR")
    by_name = Design.from_replicates(frame, "w", [f"rep{number}" for number in range(5)], "BRR")
    assert mean(by_prefix, "y").table.equals(mean(by_name, "y").table)
    assert mean(by_prefix, "y").table["se"].iloc[0] == pytest.approx(spread(kind="BRR"))


def test_replicates_given_back_are_the_ones_that_were_made() -> None:
    plan = replicate(design("strat"), "jackknife")
    weights = np.array(list(plan.replicates)).T
    again = Design.from_replicates(plan.frame, "pw", weights, "JKn", rscales=plan.replicates.rscales)
    assert again.degrees_of_freedom == plan.degrees_of_freedom == 197
    assert_close(
        mean(again, "api00", by="sch.wide").covariance, mean(plan, "api00", by="sch.wide").covariance
    )


def refused(match: str, replicates: object = COMBINED, kind: str = "BRR", **options: object) -> None:
    with pytest.raises(DesignError, match=match):
        Design.from_replicates(FRAME, "w", replicates, kind, **options)


def test_what_does_not_fit_is_refused() -> None:
    refused("“Brr” is no kind", kind="Brr")
    refused("12 rows of the data .* 11 rows and 5 columns", COMBINED[1:])
    refused("at least two columns", COMBINED[:, :1])
    refused("“1” is missing or infinite in row 2", np.where(np.arange(60).reshape(12, 5) == 11, np.nan, 1))
    refused("rows by replicates", np.ones(12))
    refused("no column r1", ["r1", "r2"])
    refused("No column is called “rep” and a number", "rep")
    refused("do not hold numbers", pd.DataFrame({"a": ["x"] * 12, "b": 1}))
    refused("need rho", kind="Fay")
    refused("rho belongs to Fay", rho=0.3)
    refused("The scale of these replicates is 0.2, not 0.5", scale=0.5)
    refused("JKn replicates need rscales", kind="JKn")
    refused("need scale, or rscales", kind="other")
    refused("one for each of the 5 replicates", kind="JKn", rscales=[1, 2])
    refused("say combined=False", FACTORS / 10)
    refused("say combined=True", COMBINED * 10, combined=False)
