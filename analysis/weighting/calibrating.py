"""Calibration: the weights nearest to those before that meet totals of categories and numbers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Literal

import numpy as np

from analysis.estimation.calibration import on_parts
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimation import check_option
from analysis.estimation.weightsteps import WeightStep
from analysis.weighting.auxiliaries import Auxiliaries, collapsed
from analysis.weighting.distances import SHAPES, Distance
from analysis.weighting.feasibility import narrowest
from analysis.weighting.knowledge import Known, read_knowledge, row_numbers
from analysis.weighting.poststratification import refuse_domain
from analysis.weighting.solving import Problem, Solution, solve
from questionnaires.faults import N_

Bounds = tuple[float, float]
BoundsOn = Literal["factor", "weight"]


def calibrate(
    design: Design,
    columns: Known | Sequence[Known],
    totals: Mapping | str | PathLike,
    distance: Distance = "linear",
    bounds: Bounds | None = None,
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
    check_option("bounds_on", bounds_on, BoundsOn)
    lower, upper = _checked_bounds(distance, bounds, bounds_on)
    knowledge = read_knowledge(design, columns, totals, population)
    spreads = None if spread is None else _spreads(design, spread)
    before = design.weights
    fixed = before if bounds_on == "weight" else None
    alike = [values for values in (spreads, fixed) if values is not None]
    units = None if aggregate_stage is None else _units(design, aggregate_stage)
    auxiliaries = collapsed(knowledge, before, alike, units)
    limits = _limits(auxiliaries, before, lower, upper, bounds_on, distance)
    problem = Problem(
        auxiliaries,
        SHAPES[distance],
        *limits,
        _by_group(auxiliaries, spreads),
        bool(np.isfinite([lower, upper]).any()) and bounds_on == "factor",
        tolerance,
        max_rounds,
    )
    job = _Job(problem, distance, (lower, upper), bounds_on)
    solution = job.solved(before)
    factors = solution.factors[auxiliaries.codes]
    after = before * factors
    if not negative:
        _refuse_negative(design, before, after)
    even = before if units is None else auxiliaries.grouped(before)[units] / np.bincount(units)[units]
    calibration = on_parts(
        auxiliaries.row_parts,
        even,
        even * factors,
        None if spreads is None else problem.spread[auxiliaries.codes],
    )
    return design.reweighted(
        after, calibration, job.step(knowledge_names(columns), before, after, solution), job.again
    )


@dataclass(frozen=True, eq=False)
class _Job:
    """A calibration to be done: once for the sample, and anew for each replicate."""

    problem: Problem
    distance: Distance
    bounds: Bounds
    bounds_on: BoundsOn

    def solved(self, before: np.ndarray) -> Solution:
        """The factors for the sample's weights; raises DesignError where they do not meet the totals."""
        auxiliaries = self.problem.auxiliaries
        grouped = auxiliaries.grouped(before)
        solution = solve(self.problem, grouped)
        gaps = auxiliaries.gaps(grouped * solution.factors)
        if not solution.converged:
            self._refuse(grouped, gaps)
        return solution

    def again(self, weights: np.ndarray) -> np.ndarray:
        """The weights of a replicate calibrated; not numbers where no factors meet the totals."""
        auxiliaries = self.problem.auxiliaries
        solution = solve(self.problem, auxiliaries.grouped(weights))
        return weights * solution.factors[auxiliaries.codes] if solution.converged else weights * np.nan

    def step(self, names: str, before: np.ndarray, after: np.ndarray, solution: Solution) -> WeightStep:
        auxiliaries = self.problem.auxiliaries
        gaps = auxiliaries.gaps(auxiliaries.grouped(before) * solution.factors)
        worst = int(gaps.argmax())
        name = f"calibrate ({self.distance}) to {names}"
        return WeightStep.compare(
            name, before, after, auxiliaries.names[worst], float(gaps[worst]), solution.rounds
        )

    def _refuse(self, grouped: np.ndarray, gaps: np.ndarray) -> None:
        auxiliaries = self.problem.auxiliaries
        worst = int(gaps.argmax())
        about = {"cell": auxiliaries.names[worst], "gap": _share(gaps[worst]), "rounds": self.problem.most}
        lower, upper = self.bounds
        room = None
        if np.isfinite([lower, upper]).any() and self.bounds_on == "factor":
            room = narrowest(auxiliaries, grouped, lower, upper)
        if room is not None and (room[0] < lower or room[1] > upper):
            raise DesignError(
                N_(
                    "The bounds %(lower)s to %(upper)s cannot meet the totals: %(cell)s misses by %(gap)s. "
                    "The narrowest that can are %(low)s to %(high)s. Widen them, join small categories, or "
                    "calibrate on fewer columns."
                ),
                lower=f"{lower:g}",
                upper=f"{upper:g}",
                low=f"{room[0]:.4g}",
                high=f"{room[1]:.4g}",
                **about,
            )
        raise DesignError(
            N_(
                "Calibration has not met the totals after %(rounds)s rounds: %(cell)s misses by %(gap)s. "
                "Totals may contradict each other or the sample: check them, join small categories, "
                "calibrate on fewer columns, widen the bounds, or allow more rounds."
            ),
            **about,
        )


def knowledge_names(columns: Known | Sequence[Known]) -> str:
    each = [columns] if isinstance(columns, str) else list(columns)
    return listed([by if isinstance(by, str) else " × ".join(by) for by in each])


def _share(gap: float) -> str:
    return f"{gap:.2%}" if gap < 10 else "more than 1000%"


def _checked_bounds(distance: Distance, bounds: Bounds | None, bounds_on: BoundsOn) -> Bounds:
    if bounds is None:
        if distance == "logit":
            raise DesignError(N_("Logit calibration needs bounds, such as (0.5, 2)."))
        return -np.inf, np.inf
    lower, upper = map(float, bounds)
    finite = np.isfinite([lower, upper]).all()
    if not lower < upper or (distance == "logit" and not finite):
        raise DesignError(
            N_("Bounds are a lower and an upper number, such as (0.5, 2), not %(bounds)s."), bounds=bounds
        )
    if bounds_on == "factor" and not lower < 1 < upper:
        raise DesignError(
            N_("Bounds on the factors lie on both sides of 1, such as (0.5, 2), not %(bounds)s."),
            bounds=bounds,
        )
    return lower, upper


def _limits(
    auxiliaries: Auxiliaries,
    weights: np.ndarray,
    lower: float,
    upper: float,
    bounds_on: BoundsOn,
    distance: Distance,
) -> tuple[np.ndarray, np.ndarray]:
    """(G,) bounds on the factors."""
    if bounds_on == "factor":
        return np.full(auxiliaries.groups, lower), np.full(auxiliaries.groups, upper)
    own = weights[auxiliaries.rows]
    divisor = np.where(own > 0, own, 1.0)
    limits = np.where(own > 0, lower / divisor, 0.5), np.where(own > 0, upper / divisor, 2.0)
    if distance == "logit" and not ((limits[0] < 1) & (limits[1] > 1)).all():
        raise DesignError(
            N_(
                "Some weights lie outside the bounds %(lower)s to %(upper)s already. Trim them first, or "
                "take the linear or raking distance."
            ),
            lower=f"{lower:g}",
            upper=f"{upper:g}",
        )
    return limits


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
