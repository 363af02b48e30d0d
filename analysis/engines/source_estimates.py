"""Means, totals and ratios from two readings of a source."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.engines.passes import ROWS, WEIGHED, WEIGHT, Centres, Scores, ScoresPass, Totals, TotalsPass
from analysis.engines.row_reader import INSIDE
from analysis.engines.row_units import (
    Cells,
    CrossProducts,
    CrossProductsPass,
    between,
    lonely_rows,
    stage_of_rows,
)
from analysis.engines.source_design import SourceDesign
from analysis.engines.sums import places
from analysis.estimation.design_error import DesignError
from analysis.estimation.domains import Domains, degrees_of_freedom, split_rows
from analysis.estimation.estimate import Estimate
from analysis.estimation.estimation import column_table, divide, simple_variance, tabulate
from analysis.estimation.linearise import CovarianceSums
from analysis.estimation.questions import Question, answer
from questionnaires.faults import N_


@answer.register
def _answer(design: SourceDesign, question: Question) -> Estimate:
    first = FirstReading.of(design, question)
    reading = _by_unit if design.has_clusters else _by_row
    covariance, squares, df = reading(design, question, first)
    rows = [
        column_table(
            column.name,
            column.level,
            column.estimate,
            column.n,
            simple_variance(column.spread(squares[:, j]), column.size, column.n, question.deff),
        )
        for j, column in enumerate(first.columns)
    ]
    return tabulate(rows, first.centres.domains, df, covariance, question.level)


@dataclass(frozen=True, eq=False)
class SummedColumn:
    """One column's totals in each of D domains: Σwy, Σwx, Σw and n of those who answered; (D,) each."""

    name: str
    level: object
    above: np.ndarray
    below: np.ndarray
    size: np.ndarray
    n: np.ndarray
    is_total: bool

    @property
    def estimate(self) -> np.ndarray:
        return self.above if self.is_total else divide(self.above, self.below)

    @property
    def centre(self) -> np.ndarray:
        """What residuals are taken at; 0 where nobody answered."""
        return np.divide(self.above, self.below, out=np.zeros(len(self.above)), where=self.below != 0)

    def spread(self, squares: np.ndarray) -> np.ndarray:
        """(D,) Σ w × squared distance of the residuals of the estimate from their mean."""
        return squares if self.is_total else divide(squares, self.below**2)


@dataclass(frozen=True, eq=False)
class FirstReading:
    """The totals by cell (the groups they were summed by), the cells' domains, and the columns' totals."""

    totals: Totals
    domains: Domains
    centres: Centres
    columns: Sequence[SummedColumn]

    @classmethod
    def of(cls, design: SourceDesign, question: Question) -> FirstReading:
        keys = question.by if design.has_clusters else (*design.keys, *question.by)
        asked = (*question.tops, *question.bottoms)
        _check_columns(design, [*asked, *question.by])
        reading = TotalsPass(design.reader, question, tuple(dict.fromkeys(keys)))
        columns = design.reader.columns([*reading.keys, *asked])
        totals = design.source.reduce(reading, Totals.joined, columns)
        cells = totals.sums.keys
        domains, values = split_rows(cells, cells[INSIDE].to_numpy(dtype=bool), question.by)
        summed = list(_summed(totals, domains, question))
        centres = Centres(
            values,
            np.column_stack([column.centre for column in summed]),
            np.column_stack([column.below for column in summed]),
            totals.levels,
            question.kind == "total",
        )
        return cls(totals, domains, centres, summed)


def _check_columns(design: SourceDesign, names: Sequence[str]) -> None:
    for name in names:
        if name not in design.source.columns:
            raise DesignError(N_("There is no column “%(column)s”."), column=name)


def _summed(totals: Totals, domains: Domains, question: Question) -> Iterator[SummedColumn]:
    def by_domain(name: Hashable) -> np.ndarray:
        return domains.sums(np.where(domains.active, totals.sums.of(name), 0.0))

    for i, levels in enumerate(totals.levels):
        name = f"{levels.name}/{question.bottoms[i]}" if question.bottoms else levels.name
        x, w, n = (by_domain((quantity, i)) for quantity in "xwn")
        for level in [None] if levels.values is None else levels.values:
            y = by_domain(("y", i, level))
            yield SummedColumn(name, level, y, x, w, n, question.kind == "total")


Reading = tuple[np.ndarray, np.ndarray, np.ndarray]
"""(D·J, D·J) covariance, (D, J) sums of weight × squared residual, (D,) degrees of freedom."""


def _by_unit(design: SourceDesign, question: Question, first: FirstReading) -> Reading:
    keys = tuple(dict.fromkeys((*design.keys, *question.by)))
    reading = ScoresPass(design.reader, question, keys, first.centres)
    columns = design.reader.columns([*keys, *question.tops, *question.bottoms])
    scores = design.source.reduce(reading, Scores.joined, columns)
    groups = scores.by_unit.keys
    small = design.collapsed(groups, scores.by_unit.of(WEIGHT)).where(groups[INSIDE].to_numpy(dtype=bool))
    domains, _ = split_rows(small.frame, small.inside, question.by)
    sums = CovarianceSums(small, domains, len(first.columns))
    for j, column in enumerate(first.columns):
        score = scores.by_unit.of(("s", j))
        if not column.is_total:
            score = divide(score, column.below[domains.codes])
        sums.add(np.where(domains.active, score, 0.0))
    return sums.covariance(), scores.squares, degrees_of_freedom(small, domains, small.weights)


def _by_row(design: SourceDesign, question: Question, first: FirstReading) -> Reading:
    stage = stage_of_rows(design.units.keys, design.units.of(ROWS), design.roles)
    cells = _cells(design, first, stage.strata)
    size = first.domains.size
    reading = CrossProductsPass(design.reader, question, first.centres, cells, stage.scale[cells.stratum])
    columns = design.reader.columns([*cells.keys.columns.drop(INSIDE), *question.tops, *question.bottoms])
    products = design.source.reduce(reading, CrossProducts.joined, columns)
    covariance = between(stage, cells, size)
    blocks = covariance.reshape(size, len(first.columns), size, -1)
    for domain, within in enumerate(products.within):
        blocks[domain, :, domain, :] += within
    covariance = lonely_rows(stage, cells, design.lonely, covariance, size)
    return covariance, products.squares, _freedom(cells, first.totals.sums.of(WEIGHED), size)


def _cells(design: SourceDesign, first: FirstReading, strata: np.ndarray) -> Cells:
    sums, domains = first.totals.sums, first.domains
    number = np.where(domains.active, domains.codes, -1)
    columns = iter(first.columns)
    totals = []
    for i, levels in enumerate(first.totals.levels):
        for level in [None] if levels.values is None else levels.values:
            column = next(columns)
            score = sums.of(("y", i, level))
            if not column.is_total:
                score = score - column.centre[domains.codes] * sums.of(("x", i))
                score = divide(score, column.below[domains.codes])
            totals.append(np.where(number >= 0, score, 0.0))
    stratum = strata[places(design.units.keys, sums.keys)]
    return Cells(sums.keys, stratum, number, sums.of(ROWS), np.column_stack(totals))


def _freedom(cells: Cells, weighed: np.ndarray, domains: int) -> np.ndarray:
    """(D,) rows with a weight less their strata."""
    used = (cells.domain >= 0) & (weighed > 0)
    rows = np.bincount(cells.domain[used], weighed[used], domains)
    return (rows - np.bincount(cells.domain[used], minlength=domains)).astype(int)
