"""Combinations of many estimates."""

import numpy as np
import pandas as pd
import pytest

from analysis import Design, DesignError, Estimate, contrast, geometric, mean
from tests.analysis.r_survey import assert_close


@pytest.fixture
def scores() -> Estimate:
    rng = np.random.default_rng(7)
    frame = pd.DataFrame(rng.random((6000, 3)) + 1, columns=["speed", "care", "cost"])
    return mean(Design(frame.assign(unit=rng.integers(0, 1000, 6000))), ["speed", "care", "cost"], by="unit")


def test_a_geometric_composite_is_the_expression_written_out(scores: Estimate) -> None:
    ours = contrast(scores, geometric({(3, "speed"): 0.5, (3, "care"): 0.3, "3:cost": 0.2}))
    theirs = contrast(scores, "exp(0.5 * log(`3:speed`) + 0.3 * log(`3:care`) + 0.2 * log(`3:cost`))")
    assert_close(ours.table[["estimate", "se"]], theirs.table[["estimate", "se"]])


def test_thousands_of_rows_in_one_composite_and_one_in_thousands(scores: Estimate) -> None:
    units = scores.table["unit"].unique()
    weights = {(unit, "speed"): 1 / len(units) for unit in units}
    table = contrast(scores, {"sum": weights, "product": geometric(weights)}).table
    speeds = scores.table.loc[scores.table["item"] == "speed", "estimate"]
    assert_close(table["estimate"], [speeds.mean(), np.exp(np.log(speeds).mean())])
    gaps = contrast(scores, {f"gap {unit}": {(unit, "speed"): 1, (unit, "care"): -1} for unit in units})
    assert gaps.covariance.shape == (len(units), len(units))


def test_a_geometric_composite_needs_values_above_0() -> None:
    frame = pd.DataFrame({"gain": [-2.0, 1.0, 0.5], "care": [1.0, 2.0, 3.0]})
    with pytest.raises(DesignError, match=r"“gain” is -0\.166667"):
        contrast(mean(Design(frame), ["gain", "care"]), geometric({"gain": 0.5, "care": 0.5}))


def test_an_expression_too_long_to_read_is_refused(scores: Estimate) -> None:
    with pytest.raises(DesignError, match="cannot be read"):
        contrast(scores, "+".join(["`3:speed`"] * 20_000))
