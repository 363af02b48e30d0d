"""Covariance where each row is its own sampling unit: cross-products of scores instead of sums by unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.engines.passes import Block, Centres
from analysis.engines.row_reader import INSIDE, RowReader
from analysis.engines.sums import places
from analysis.estimation.design_error import DesignError
from analysis.estimation.lonely import Lonely, refuse
from analysis.estimation.questions import Question
from analysis.estimation.stages import Stage, build_stages, checked_population
from analysis.estimation.unit_pairs import products
from questionnaires.faults import N_


def stage_of_rows(strata: pd.DataFrame, rows: np.ndarray, roles: Mapping[str, list[str]]) -> Stage:
    """The one stage of a sample of rows, from its strata (H, ·) and the (H,) rows sampled in each.

    Its units are the strata. Raises DesignError as a design over the rows would.
    """
    [stage] = build_stages(strata, [], roles["strata"], roles["fpc"], nest=False)
    if not roles["strata"] and rows.sum() < 2:
        raise DesignError(N_("The sample has a single primary unit: no variance can be estimated."))
    sampled = np.bincount(stage.strata, rows)
    population = stage.population
    if roles["fpc"] and (strata[roles["fpc"]].to_numpy(dtype=float) <= 1).all():
        population = population * sampled  # 1 / fraction so far, each stratum being one row here
    population = checked_population(population, sampled, stage.stratum_names, 1)
    return replace(stage, sampled=sampled, population=population)


@dataclass(frozen=True, eq=False)
class Cells:
    """Rows of one stratum and domain. (C,) each, but `keys` (C, ·) and `totals` (C, J), sums of scores.

    `domain` is -1 for rows in no domain, which are units all the same, with a score of 0.
    """

    keys: pd.DataFrame
    stratum: np.ndarray
    domain: np.ndarray
    rows: np.ndarray
    totals: np.ndarray


@dataclass(frozen=True, eq=False)
class CrossProducts:
    """`within`: (D, J, J) scaled cross-products of the scores about the mean of their cell. `squares`: (D, J)
    sums of weight × squared residual."""

    within: np.ndarray
    squares: np.ndarray

    @classmethod
    def joined(cls, parts: Sequence[CrossProducts]) -> CrossProducts:
        within = np.sum([part.within for part in parts], axis=0)
        return cls(within, np.sum([part.squares for part in parts], axis=0))


@dataclass(frozen=True, eq=False)
class CrossProductsPass:
    """Second reading where rows are units; `scale`: (C,) what a squared distance adds to the variance."""

    reader: RowReader
    question: Question
    centres: Centres
    cells: Cells
    scale: np.ndarray

    def __call__(self, frame: pd.DataFrame) -> CrossProducts:
        block = Block.read(frame, self.reader, self.question)
        codes, found = self.reader.groups(frame, list(self.cells.keys.columns.drop(INSIDE)))
        cell = places(self.cells.keys, found)[codes]
        domain = self.cells.domain[cell]
        means = self.cells.totals / self.cells.rows[:, None]
        distances = np.empty((len(frame), self.centres.centre.shape[1]))
        squares = np.zeros_like(self.centres.centre)
        for j, (weights, values, residual) in enumerate(self.centres.residuals(block, domain)):
            score = weights * values if self.centres.is_total else self._score(weights * residual, domain, j)
            distances[:, j] = score - means[cell, j]
            squared = weights * residual**2
            squares[:, j] = np.bincount(np.maximum(domain, 0), squared, self.centres.size)
        distances *= np.sqrt(self.scale[cell])[:, None]
        return CrossProducts(self._within(distances, domain), squares)

    def _score(self, weighted: np.ndarray, domain: np.ndarray, column: int) -> np.ndarray:
        below = self.centres.below[np.maximum(domain, 0), column]
        return np.divide(weighted, below, out=np.zeros(len(weighted)), where=weighted != 0)

    def _within(self, distances: np.ndarray, domain: np.ndarray) -> np.ndarray:
        chosen = (distances[domain == number] for number in range(self.centres.size))
        return np.array([rows.T @ rows for rows in chosen])


def between(stage: Stage, cells: Cells, domains: int) -> np.ndarray:
    """(D·J, D·J) what the cells' means add: the distances of domains from their strata's means.

    Nothing, where a domain fills its stratum.
    """
    inside = (cells.domain >= 0) & (cells.rows < stage.sampled[cells.stratum])
    order = np.flatnonzero(inside)[np.lexsort((cells.domain[inside], cells.stratum[inside]))]
    size = domains * cells.totals.shape[1]
    if not len(order):
        return np.zeros((size, size))
    stratum, domain, totals = cells.stratum[order], cells.domain[order], cells.totals[order]
    own = totals / np.sqrt(cells.rows[order])[:, None]
    alone = products(np.arange(len(order)), domain, own, stage.scale[stratum], domains)
    return alone - products(stratum, domain, totals, stage.scale / stage.sampled, domains)


def lonely_rows(stage: Stage, cells: Cells, rule: Lonely, covariance: np.ndarray, domains: int) -> np.ndarray:
    """The covariance once the rule for strata of a single row has been applied; see `Design`."""
    alone = (cells.domain >= 0) & stage.lonely[cells.stratum]
    if not alone.any():
        return covariance
    if rule == "fail":
        marked = np.zeros(len(stage.sampled), dtype=bool)
        marked[cells.stratum[alone]] = True
        refuse(stage, marked)
    return {"adjust": _adjusted, "average": _averaged}.get(rule, _kept)(
        stage, cells, alone, covariance, domains
    )


def _kept(stage: Stage, cells: Cells, alone: np.ndarray, covariance: np.ndarray, domains: int) -> np.ndarray:
    return covariance


def _adjusted(
    stage: Stage, cells: Cells, alone: np.ndarray, covariance: np.ndarray, domains: int
) -> np.ndarray:
    """Take single rows from the mean of all rows in the strata where their domain occurs."""
    inside = cells.domain >= 0
    units = np.bincount(cells.domain[inside], stage.sampled[cells.stratum[inside]], domains)
    sums = np.zeros((domains, cells.totals.shape[1]))
    np.add.at(sums, cells.domain[inside], cells.totals[inside])
    domain = cells.domain[alone]
    far = cells.totals[alone] - sums[domain] / units[domain, None]
    return covariance + products(np.arange(len(far)), domain, far, stage.scale[cells.stratum[alone]], domains)


def _averaged(
    stage: Stage, cells: Cells, alone: np.ndarray, covariance: np.ndarray, domains: int
) -> np.ndarray:
    """Leave single rows out, and let the other strata of their domain stand for them."""
    inside = cells.domain >= 0
    strata = np.bincount(cells.domain[inside], minlength=domains)
    usable = np.bincount(cells.domain[inside & ~alone], minlength=domains)
    with np.errstate(divide="ignore", invalid="ignore"):  # nan where every stratum is lonely
        stretch = np.repeat(np.sqrt(strata / usable), cells.totals.shape[1])
        return covariance * stretch[:, None] * stretch
