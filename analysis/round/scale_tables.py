"""How well the factors of a survey are measured, and what moves overall satisfaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from analysis.models.drivers import drivers
from analysis.recipe import Recipe
from analysis.round.inputs import SurveyInput
from analysis.round.small_cells import NOTE as SMALL_CELL
from analysis.round.weighting import Weighed
from analysis.scales.reliability import reliability_table
from analysis.scoring.rated import RatedItem

Factors = Mapping[str, Sequence[str]]
"""Factor → the columns of its items' values."""

DRIVERS = [
    "factor",
    "rank",
    "share",
    "share_se",
    "share_lower",
    "share_upper",
    "relative",
    "mean",
    "quadrant",
]
TOO_FEW = "cannot_be_estimated"


def factors_of(items: Sequence[RatedItem]) -> Factors:
    """The factors that have items, in the order of the items."""
    found: dict[str, list[str]] = {}
    for rated in items:
        if rated.item.factor:
            found.setdefault(rated.item.factor, []).append(rated.column)
    return found


def factor_column(factor: str) -> str:
    return f"factor:{factor}"


def factor_values(values: pd.DataFrame, items: Sequence[RatedItem]) -> pd.DataFrame:
    """Each person's mean over the items of a factor that they answered, a column a factor."""
    factors = factors_of(items)
    columns = {factor_column(factor): values[columns].mean(axis=1) for factor, columns in factors.items()}
    return pd.DataFrame(columns, index=values.index)


def scale_tables(
    survey: SurveyInput, items: Sequence[RatedItem], weighed: Weighed, recipe: Recipe
) -> dict[str, pd.DataFrame]:
    """The tables reliability and drivers of one survey; neither for one without factors."""
    factors = {factor: columns for factor, columns in factors_of(items).items() if len(columns) > 1}
    tables = {"reliability": _reliability(factors, weighed, recipe)} if factors else {}
    outcome = next((rated.column for rated in items if rated.item.code == recipe.outcome), None)
    if outcome and len(factors) > 1:
        tables["drivers"] = _drivers(outcome, list(factors), weighed, recipe)
    return {name: table.assign(survey=survey.code) for name, table in tables.items()}


def _reliability(factors: Factors, weighed: Weighed, recipe: Recipe) -> pd.DataFrame:
    table = reliability_table(weighed.weighted, factors, missing="available", level=recipe.level)
    faulty, few = table.pop("faults").map(bool), table["n"] < recipe.minimum_cell
    figures = table.columns.drop(["factor", "items", "n"])
    table[figures] = table[figures].mask(few)
    return table.assign(note=np.select([few, faulty], [SMALL_CELL, TOO_FEW], ""))


def _drivers(outcome: str, factors: Sequence[str], weighed: Weighed, recipe: Recipe) -> pd.DataFrame:
    """What each factor adds to the explained variance of the outcome; no figures where nobody can tell."""
    columns = [factor_column(factor) for factor in factors]
    try:
        found = drivers(
            weighed.weighted, outcome, columns, method="lmg", level=recipe.level, seed=recipe.seed
        )
    except DesignError:
        return pd.DataFrame({"factor": factors, "note": TOO_FEW})
    if found.n < recipe.minimum_cell:
        return pd.DataFrame({"factor": factors, "note": SMALL_CELL})
    table = found.table.reset_index(drop=True).assign(factor=list(factors))
    return table[DRIVERS].assign(
        n=found.n, r_squared=found.r_squared, r_squared_se=found.r_squared_se, note=""
    )
