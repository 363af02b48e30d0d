"""Calibration: the weights nearest to those before that meet totals of categories and numbers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike

import numpy as np

from analysis.estimation.calibration import Calibration, on_parts
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimation import check_option
from analysis.estimation.weightsteps import WeightStep
from analysis.weighting.auxiliaries import Auxiliaries, collapsed
from analysis.weighting.bounds import Bounds, BoundsOn
from analysis.weighting.distances import SHAPES, Distance
from analysis.weighting.knowledge import Known, read_knowledge, row_numbers
from analysis.weighting.poststratification import refuse_domain
from analysis.weighting.solving import Problem, Solution, common_factor, solve
from questionnaires.faults import N_


def calibrate(
    design: Design,
    columns: Known | Sequence[Known],
    totals: Mapping | str | PathLike,
    distance: Distance = "linear",
    bounds: tuple[float, float] | None = None,
    *,
    bounds_on: BoundsOn = "factor",
    population: float | None = None,
    spread: str | None = None,
    aggregate_stage: int | None = None,
    negative: bool = False,
    tolerance: float = 1e-10,
    max_rounds: int = 50,
) -> Design:
    """Multiply the weights by factors as near to 1 as can be, so that they meet all totals (Deville &
    Särndal, 1992, JASA 87).

    `columns`: columns, or tuples of columns to cross. `totals`: {column: its total} for a column of numbers,
    {column: totals by category}, as in `poststratify`, for any other; or the path of a file of categories'
    totals. `population` is the total of all rows, to give where no categories do; without, numbers are
    calibrated on without an intercept.

    `distance`: "linear" is generalised regression, whose factors are 1 + x'λ; "raking" exp(x'λ); "logit"
    keeps strictly between bounds. `bounds` on the factors — or, with `bounds_on="weight"`, on the weights
    themselves — also cut the linear and raking factors off. Where all totals are over 20 times the sample's,
    bounds apply once weights are brought up by the mean ratio. `spread` names a column that the variance of
    rows' residuals is proportional to. `aggregate_stage` gives all rows of a unit of that stage one factor.

    The variance afterwards is that of the residuals from the regression on the columns with the weights
    before, carried by those after (eq. 3.4). Replicates are calibrated anew; one where that fails is left
    out. Semantics of R's `calibrate`, whose `epsilon` is `tolerance` and `maxit` is `max_rounds`.

    Raises DesignError naming the column or cell: for totals that are absent, disagree or contradict each
    other; bounds within which they cannot be met, with the narrowest that can; no convergence; and linear
    weights below 0, unless `negative` allows them.
    """
    refuse_domain(design, N_("Calibrate the whole sample first, then take the domain."))
    check_option("distance", distance, Distance)
    limits = Bounds.read(bounds, bounds_on, distance)
    knowledge = read_knowledge(design, columns, totals, population)
    spreads = None if spread is None else _spreads(design, spread)
    before = design.weights
    units = None if aggregate_stage is None else _units(design, aggregate_stage)
    alike = [values for values in (spreads, limits.fixed(before)) if values is not None]
    auxiliaries = collapsed(knowledge, before, alike, units)
    lower, upper = limits.of_groups(before[auxiliaries.rows])
    problem = Problem(
        auxiliaries,
        SHAPES[distance],
        lower,
        upper,
        _by_group(auxiliaries, spreads),
        limits.on_factors,
        tolerance,
        max_rounds,
    )
    solution = _solved(problem, limits, before)
    after = before * solution.factors[auxiliaries.codes]
    if not negative:
        _refuse_negative(design, before, after)

    def adjust(weights: np.ndarray) -> np.ndarray:
        found = solve(problem, auxiliaries.grouped(weights))
        return weights * found.factors[auxiliaries.codes] if found.converged else weights * np.nan

    name = f"calibrate ({distance}) to {_listed(columns)}"
    step = WeightStep.compare(name, before, after, *_worst(problem, before, solution), solution.rounds)
    even = before if units is None else auxiliaries.grouped(before)[units] / np.bincount(units)[units]
    return design.reweighted(after, _variance(problem, even, solution, spreads is not None), step, adjust)


def _solved(problem: Problem, bounds: Bounds, before: np.ndarray) -> Solution:
    """The factors for the sample's weights; raises DesignError where they do not meet the totals."""
    grouped = problem.auxiliaries.grouped(before)
    solution = solve(problem, grouped)
    if not solution.converged:
        cell, gap = _worst(problem, before, solution)
        share = f"{gap:.2%}" if gap < 10 else "more than 1000%"
        bounds.refuse_if_too_narrow(
            problem.auxiliaries, grouped * common_factor(problem, grouped), cell, share
        )
        raise DesignError(
            N_(
                "Calibration has not met the totals after %(rounds)s rounds: %(cell)s misses by %(gap)s. "
                "Totals may contradict each other or the sample: check them, join small categories, "
                "calibrate on fewer columns, widen the bounds, or allow more rounds."
            ),
            rounds=solution.rounds,
            cell=cell,
            gap=share,
        )
    return solution


def _worst(problem: Problem, before: np.ndarray, solution: Solution) -> tuple[str, float]:
    """The total missed by most, and by how much, relative to it."""
    auxiliaries = problem.auxiliaries
    gaps = auxiliaries.gaps(auxiliaries.grouped(before) * solution.factors)
    return auxiliaries.names[int(gaps.argmax())], float(gaps.max())


def _variance(problem: Problem, before: np.ndarray, solution: Solution, spread: bool) -> Calibration:
    codes = problem.auxiliaries.codes
    after = before * solution.factors[codes]
    return on_parts(problem.auxiliaries.row_parts, before, after, problem.spread[codes] if spread else None)


def _listed(columns: Known | Sequence[Known]) -> str:
    each = [columns] if isinstance(columns, str) else list(columns)
    return listed([by if isinstance(by, str) else " × ".join(by) for by in each])


def _spreads(design: Design, column: str) -> np.ndarray:
    values = row_numbers(design, column)
    wrong = (values <= 0) & (design.weights != 0)
    if wrong.any():
        raise DesignError(
            N_("Column “%(column)s” (spread) must be above 0; row %(row)s has %(value)s."),
            column=column,
            row=design.frame.index[int(np.argmax(wrong))],
            value=f"{values[wrong][0]:g}",
        )
    return np.where(values > 0, values, 1.0)


def _by_group(auxiliaries: Auxiliaries, spreads: np.ndarray | None) -> np.ndarray:
    """(G,) mean spread of each group's rows."""
    if spreads is None:
        return np.ones(auxiliaries.groups)
    rows = np.bincount(auxiliaries.codes, minlength=auxiliaries.groups)
    return auxiliaries.grouped(spreads) / np.maximum(rows, 1)


def _units(design: Design, stage: int) -> np.ndarray:
    if not 1 <= stage <= len(design.stages):
        raise DesignError(
            N_("The design has %(stages)s stage(s); there is no stage %(stage)s to aggregate over."),
            stages=len(design.stages),
            stage=stage,
        )
    return design.stages[stage - 1].units


def _refuse_negative(design: Design, before: np.ndarray, after: np.ndarray) -> None:
    below = (after < 0) & (before > 0)
    if below.any():
        row = int(np.argmax(below))
        raise DesignError(
            N_(
                "Linear calibration makes %(count)s weight(s) negative, first %(weight)s in row %(row)s. "
                "Take raking or logit distance, give bounds such as (0.2, 5), calibrate on fewer columns, or "
                "allow it (negative)."
            ),
            count=int(below.sum()),
            weight=f"{after[row]:.4g}",
            row=design.frame.index[row],
        )
