"""Weights scaled within cells to the population total of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.estimation.calibration import within_cells
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.weightsteps import WeightStep
from analysis.weighting.targets import Totals, check_positive, target, worst_cell
from questionnaires.faults import N_


def poststratify(design: Design, by: str | Sequence[str], totals: Totals) -> Design:
    """Scale the weights so that each cell of the columns `by` sums to its population total.

    `totals`: {value: total} (tuples for several columns), a Series indexed by the values, a table of
    the `by` columns and one column of totals, or the path of a file with such a table. The result's variance
    is that of distances from the cell means (Holt & Smith, 1979, JRSS A 142; Särndal, Swensson & Wretman,
    1992, 7.6). Each replicate is post-stratified anew; one without rows in a cell has no weights there.
    Raises DesignError naming every cell that has a total but no respondents, or respondents but no total.
    """
    refuse_domain(design, N_("Post-stratify the whole sample first, then take the domain."))
    wanted = target(design, by, totals)
    cells = wanted.cells

    def adjust(weights: np.ndarray) -> np.ndarray:
        return weights * (wanted.wanted / cells.sums(weights))[cells.codes]

    before = design.weights
    check_positive(wanted, cells.sums(before))
    after = adjust(before)
    worst = worst_cell([wanted], [cells.sums(after)])
    step = WeightStep.compare(f"post-stratify by {wanted.name}", before, after, *worst)
    return design.reweighted(after, within_cells(cells.codes, cells.size, before, after), step, adjust)


def refuse_domain(design: Design, template: str) -> None:
    if design.is_domain:
        raise DesignError(template)
