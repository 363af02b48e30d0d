"""Points and applicability of every leaf for every unit, as two tables of the same shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from questionnaires.framework import Framework


@dataclass(frozen=True)
class Grid:
    """Rows are units, columns are leaf codes. `points` is NaN where a leaf has none yet."""

    points: pd.DataFrame
    applicable: pd.DataFrame
    max_points: pd.Series

    @cached_property
    def awaited(self) -> pd.DataFrame:
        """True where a leaf counts for the unit but has no points yet."""
        return self.applicable & (self.max_points > 0) & self.points.isna()

    @property
    def max_applicable(self) -> pd.DataFrame:
        return self.applicable * self.max_points


def build_grid(framework: Framework, scores: pd.DataFrame, units: pd.DataFrame, with_survey: bool) -> Grid:
    """Lay out the points of `scores` and find out which leaves apply to which units (see `compute_index`)."""
    leaves = [leaf.code for leaf in framework.leaves]
    laid_out = scores.pivot(index="unit", columns="criterion").reindex(units["unit"])
    points = _column(laid_out, "points", leaves).astype(float)
    said = _column(laid_out, "applicable", leaves).fillna(True).astype(bool)
    counted = pd.Series({leaf.code: _counted(framework, leaf.code) for leaf in framework.leaves}, dtype=float)
    return Grid(points, said & _applies(framework, units, with_survey), counted)


def _column(laid_out: pd.DataFrame, column: str, leaves: list[str]) -> pd.DataFrame:
    given = column in laid_out.columns.get_level_values(0)
    present = laid_out.xs(column, axis="columns") if given else pd.DataFrame(index=laid_out.index)
    return pd.DataFrame(present).reindex(columns=leaves).astype(object)


def _counted(framework: Framework, code: str) -> float:
    """What the leaf adds to the denominator: a bonus or penalty adds nothing."""
    leaf = framework.by_code[code]
    return leaf.max_points if leaf.kind == "points" else 0.0


def _applies(framework: Framework, units: pd.DataFrame, with_survey: bool) -> pd.DataFrame:
    unasked = framework.survey_optional and not with_survey
    types = units.get("type")
    applies = {}
    for leaf in framework.leaves:
        counts = leaf.assessed_by != "none" and not (unasked and leaf.assessed_by == "survey")
        fits = types.isin(leaf.applies_to) if leaf.applies_to and types is not None else True
        applies[leaf.code] = np.asarray(fits) & np.full(len(units), counts)
    return pd.DataFrame(applies, index=pd.Index(units["unit"], name="unit"))
