"""The reliability of a questionnaire's factors, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import check_level
from analysis.estimation.estimation import Missing, check_option
from analysis.estimation.items import read_numbers
from analysis.scales.alpha import cronbach_alpha
from analysis.scales.answers import read_whole
from analysis.scales.moments import correlations
from analysis.scales.omega import omega
from questionnaires.faults import Fault
from questionnaires.schema import Questionnaire


def factors_of(questionnaire: Questionnaire, prefix: str = "") -> dict[str, list[str]]:
    """Factor → its items' columns, in the questionnaire's order; factors without items are left out.

    `prefix`: what the columns' names begin with before the item's code.
    """
    return {
        factor: items
        for factor in questionnaire.factors
        if (items := [prefix + item.code for item in questionnaire.items() if item.factor == factor])
    }


def reliability_table(
    design: Design,
    factors: Mapping[str, Sequence[str]],
    missing: Missing = "listwise",
    level: float = 0.95,
) -> pd.DataFrame:
    """A row per factor: factor, items, n, mean_correlation (of its pairs of items), alpha and omega with
    _se, _lower, _upper, and faults: why a figure is missing.

    A factor whose figure cannot be had does not stop the others: it gets nan, and the reason stands in
    `faults`, a tuple of `Fault`. See `cronbach_alpha` and `omega`. Raises DesignError for columns that are
    not in the data and for options that are none.
    """
    read_numbers(design.frame, [item for items in factors.values() for item in items])
    check_option("missing", missing, Missing)
    check_level(level)
    rows = [_row(design, factor, list(items), missing, level) for factor, items in factors.items()]
    return pd.DataFrame(rows)


def _row(design: Design, factor: str, items: list[str], missing: Missing, level: float) -> dict[str, object]:
    row: dict[str, object] = {"factor": factor, "items": len(items), "n": 0, "mean_correlation": np.nan}
    faults: list[Fault] = []
    try:
        answers, covariance = read_whole(design, items, missing)
        above = np.triu_indices(len(items), 1)
        row |= {"n": answers.n, "mean_correlation": float(correlations(covariance)[above].mean())}
    except DesignError as error:
        faults += error.faults
    for name, estimator in (("alpha", cronbach_alpha), ("omega", omega)):
        found = pd.Series(np.nan, ["estimate", "se", "lower", "upper"])
        if row["n"]:
            try:
                found = estimator(design, items, None, missing, level).table.iloc[0]
            except DesignError as error:
                faults += error.faults
        row |= {name: found["estimate"], **{f"{name}_{key}": found[key] for key in ("se", "lower", "upper")}}
    return {**row, "faults": tuple(faults)}
