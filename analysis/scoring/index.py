"""The tree of criteria: points of its leaves → points, percent, band and place of every unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from analysis.notes import note
from analysis.refused import DataError
from analysis.scoring.bands import band_units
from analysis.scoring.grid import Grid, build_grid
from analysis.scoring.index_faults import index_faults
from analysis.scoring.ranking import place_units
from questionnaires.framework import Framework, Node

Numbers = NDArray[np.float64]
SIGNS = {"points": 1.0, "bonus": 1.0, "penalty": -1.0}


@dataclass(frozen=True)
class IndexResult:
    """What the tree makes of the points.

    `nodes`: one row per (unit, node): unit, node, points, max_applicable, percent, percent_se, awaited.
    `index`: one row per unit: unit, points, max_applicable, index (% on the framework's scale), index_se,
    index_lower, index_upper, band, ranking_group, ranked, rank, rank_shared, awaited, note. `awaited` counts
    the leaves that apply but have no points yet. While there are any, `points` is what is known so far, and
    there is no percentage, band or place.
    """

    nodes: pd.DataFrame
    index: pd.DataFrame


def compute_index(
    framework: Framework,
    scores: pd.DataFrame,
    units: pd.DataFrame,
    *,
    with_survey: bool = True,
    covariances: Mapping[str, pd.DataFrame] | None = None,
    level: float = 0.95,
) -> IndexResult:
    """The index of each unit: points / maximum applicable points × 100, summed unrounded at every node.

    `scores`: unit, criterion (leaf code), points, and optionally applicable (default True). A leaf that does
    not apply, by `applies_to` and the column `type` of `units` or by `applicable`, leaves the denominator.
    `units`: unit, ranking_group and the facts that bands ask for. Without a survey, the survey's leaves of a
    framework with `survey_optional` leave the denominator too, so what was appraised is rescaled to 100.

    `covariances`: unit → covariance matrix of the points of its leaves (rows and columns: leaf codes), from
    which the index gets its standard error and a normal interval of the given level. Points from evidence
    carry no sampling error.

    Raises DataError naming every unknown unit, criterion and ranking group and all points out of range.
    """
    if faults := index_faults(framework, scores, units):
        raise DataError(faults)
    grid = build_grid(framework, scores, units, with_survey)
    sums = _roll_up(framework, grid)
    variances = _variances(framework, grid, covariances or {})
    nodes = {node.code: _node_columns(sums[node.code], variances[node.code]) for node in framework.nodes}
    index = _index_table(framework, units, sums[None], variances[None], level)
    index["note"] = [note("missing_points", grid.awaited.columns[row]) for row in grid.awaited.to_numpy()]
    percents = pd.DataFrame({code: columns["percent"] for code, columns in nodes.items()})
    index = band_units(framework, index, units, percents)
    return IndexResult(_node_table(nodes, units["unit"]), place_units(framework, index, percents))


@dataclass(frozen=True)
class Sums:
    """Points, maximum applicable points and number of awaited leaves of one node, by unit."""

    points: Numbers
    most: Numbers
    awaited: Numbers

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.points + other.points, self.most + other.most, self.awaited + other.awaited)

    def percent_of(self, points: Numbers) -> Numbers:
        """`points` in % of the maximum applicable points; nothing while points are missing."""
        known = (self.most > 0) & (self.awaited == 0)
        return np.divide(100 * points, self.most, out=np.full(len(known), np.nan), where=known)

    def capped(self, most: float) -> Sums:
        """A bonus gives, and a penalty takes, at most its maximum, however many contents it has."""
        return Sums(np.clip(self.points, -most, most), self.most, self.awaited)


def _roll_up(framework: Framework, grid: Grid) -> dict[str | None, Sums]:
    """Node code → its sums; `None` → those of the whole tree."""
    sums: dict[str | None, Sums] = {}
    gained = grid.points.where(grid.applicable).fillna(0.0)

    def visit(node: Node) -> Sums:
        children = framework.children.get(node.code, ())
        total = _total(map(visit, children)) if children else leaf_sums(node)
        sums[node.code] = total if node.kind == "points" else total.capped(node.max_points)
        return sums[node.code]

    def leaf_sums(leaf: Node) -> Sums:
        columns = (
            gained[leaf.code] * SIGNS[leaf.kind],
            grid.max_applicable[leaf.code],
            grid.awaited[leaf.code],
        )
        return Sums(*(column.to_numpy(dtype=float) for column in columns))

    sums[None] = _total(map(visit, framework.fields))
    return sums


def _total(parts: Iterable[Sums]) -> Sums:
    first, *others = parts
    return sum(others, start=first)


def _variances(
    framework: Framework, grid: Grid, covariances: Mapping[str, pd.DataFrame]
) -> dict[str | None, Numbers]:
    """Node code → the variance of its points by unit: the sum of its leaves' covariances."""
    members = framework_leaves(framework)
    variances = {node: np.zeros(len(grid.points)) for node in members}
    for row, (unit, applicable) in enumerate(grid.applicable.iterrows()):
        if (covariance := covariances.get(str(unit))) is None:
            continue
        sampled = applicable.reindex(covariance.index, fill_value=False).to_numpy(dtype=float)
        for node, leaves in members.items():
            chosen = sampled * covariance.index.isin(leaves)
            variances[node][row] = max(float(chosen @ covariance.to_numpy() @ chosen), 0.0)
    return variances


def framework_leaves(framework: Framework) -> dict[str | None, list[str]]:
    """Node code → the codes of the leaves under it (a leaf: itself); `None` → all leaves."""
    under: dict[str | None, list[str]] = {}

    def visit(node: Node) -> list[str]:
        children = framework.children.get(node.code, ())
        under[node.code] = [code for child in children for code in visit(child)] if children else [node.code]
        return under[node.code]

    under[None] = [code for node in framework.fields for code in visit(node)]
    return under


def _node_columns(sums: Sums, variance: Numbers) -> dict[str, Numbers]:
    return {
        "points": sums.points,
        "max_applicable": sums.most,
        "percent": sums.percent_of(sums.points),
        "percent_se": sums.percent_of(np.sqrt(variance)),
        "awaited": sums.awaited.astype(int),
    }


def _node_table(nodes: Mapping[str, Mapping[str, Numbers]], units: pd.Series) -> pd.DataFrame:
    """One row per (unit, node), units in their order and nodes in the tree's."""
    tables = [pd.DataFrame({"unit": units.to_numpy(), "node": code, **nodes[code]}) for code in nodes]
    return pd.concat(tables).sort_index(kind="stable").reset_index(drop=True)


def _index_table(
    framework: Framework, units: pd.DataFrame, total: Sums, variance: Numbers, level: float
) -> pd.DataFrame:
    scale = framework.scale / 100
    index, se = total.percent_of(total.points) * scale, total.percent_of(np.sqrt(variance)) * scale
    margin = special.ndtri((1 + level) / 2) * se
    columns = {
        "unit": units["unit"],
        "points": total.points,
        "max_applicable": total.most,
        "index": index,
        "index_se": se,
        "index_lower": np.maximum(index - margin, np.minimum(index, 0.0)),
        "index_upper": np.minimum(index + margin, np.maximum(index, framework.scale)),
        "ranking_group": units["ranking_group"].fillna("") if "ranking_group" in units else "",
        "awaited": total.awaited.astype(int),
    }
    return pd.DataFrame(columns).reset_index(drop=True)
