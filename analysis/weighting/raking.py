"""Raking: weights scaled to one margin after another until all of them hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
from scipy import sparse

from analysis.estimation.auxiliary_parts import whole
from analysis.estimation.calibration import Calibration, in_turn, on_parts, one_hot
from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.weightsteps import WeightStep
from analysis.weighting.cells import joint_cells, used_rows
from analysis.weighting.poststratification import refuse_domain
from analysis.weighting.targets import Margins, Target, check_positive, margin_targets, worst_cell
from questionnaires.faults import N_

RakedVariance = Literal["rake", "calibrate"]

# So many rounds does R's `rake` project scores on the margins before it takes their spread.
_PROJECTION_ROUNDS = 10

# A margin off by no more than this share is met.
_CLOSE = 1e-6


def rake(
    design: Design,
    margins: Margins,
    tolerance: float = 1e-12,
    max_rounds: int = 1000,
    variance: RakedVariance = "rake",
) -> Design:
    """Scale the weights to the totals of each margin in turn until all hold (Deming & Stephan, 1940, Annals
    of Mathematical Statistics 11).

    `margins`: {column, or tuple of columns for a crossing: totals}, totals as in `poststratify`; or the path
    of a file of them, one margin a sheet. It ends once a round changes no joint cell of the margins by
    `tolerance`: a share of the sum of the weights if below 1, else a count (R's `epsilon`).

    The variance afterwards follows one of two rules of R's `survey`. "rake", as after its `rake()`: scores
    over weights are taken as distances from their unweighted margin means, one margin after another, ten
    rounds long. "calibrate", as after its `calibrate()`: residuals of the regression on the margins with the
    weights before, carried by those after (Deville, Särndal & Sautory, 1993, JASA 88). Replicates are raked
    anew, in as many rounds as the sample took.

    Work goes by joint cells of the margins, so many rows cost little more than few.
    Raises DesignError naming the cells with a total but no respondents or respondents but no total, margins
    whose totals have different sums, and the cell farthest from its total when `max_rounds` are not enough.
    """
    refuse_domain(design, N_("Rake the whole sample first, then take the domain."))
    _check_rule(variance)
    targets = margin_targets(design, margins)
    raking = Raking.over(targets, design.weights)
    before = design.weights
    start = np.bincount(raking.codes, before, raking.size)
    for target, found in zip(targets, raking.sums(start), strict=True):
        check_positive(target, found)
    limit = tolerance * before.sum() if tolerance < 1 else tolerance
    factors, rounds = raking.converge(start, limit, max_rounds)
    after = factors[-1][raking.codes]
    after *= before
    sums = raking.sums(start * factors[-1])
    worst = worst_cell(targets, sums)
    if rounds > max_rounds:
        _refuse_rounds(*worst, max_rounds)
    if any(_missed(target, found, limit) for target, found in zip(targets, sums, strict=True)):
        _refuse_margins(*worst)
    name = f"rake by {listed([target.name for target in targets])}"
    reach = (float(factors[-1].min()), float(factors[-1].max()))
    step = WeightStep.compare(name, before, after, *worst, rounds, factors=reach)

    def adjust(weights: np.ndarray) -> np.ndarray:
        return weights * raking.factors(np.bincount(raking.codes, weights, raking.size), rounds)[raking.codes]

    @cache
    def effect() -> Calibration:
        return raking.calibration(before, factors, variance)

    return design.reweighted(after, effect, step, adjust)


@dataclass(frozen=True, eq=False)
class Raking:
    """Margins on their joint cells.

    `codes`: (rows,) joint cell 0..J-1 of each row. `margins`: for each margin the (J,) margin cell of each
    joint cell; `wanted`: its totals.
    """

    codes: np.ndarray
    margins: tuple[np.ndarray, ...]
    wanted: tuple[np.ndarray, ...]

    @classmethod
    def over(cls, targets: Sequence[Target], weights: np.ndarray) -> Raking:
        parts = [target.cells.codes for target in targets]
        sizes = [target.cells.size for target in targets]
        codes, rows = joint_cells(parts, sizes, used_rows(weights))
        return cls(codes, tuple(part[rows] for part in parts), tuple(target.wanted for target in targets))

    @property
    def size(self) -> int:
        return len(self.margins[0])

    def sums(self, weights: np.ndarray) -> list[np.ndarray]:
        """The (C,) sums of each margin's cells; `weights`: (J,)."""
        return [
            np.bincount(cells, weights, len(wanted))
            for cells, wanted in zip(self.margins, self.wanted, strict=True)
        ]

    def round(self, start: np.ndarray, factor: np.ndarray) -> list[np.ndarray]:
        """(J,) factors after each margin in turn has been fitted; `start`: (J,) weights, `factor`: (J,)."""
        factors = []
        for cells, wanted in zip(self.margins, self.wanted, strict=True):
            sums = np.bincount(cells, start * factor, len(wanted))
            factor = factor * (wanted / sums)[cells]
            factors.append(factor)
        return factors

    def converge(self, start: np.ndarray, limit: float, most: int) -> tuple[list[np.ndarray], int]:
        """The factors after each margin of the last round, and how many rounds there were: `most` + 1 if
        they did not settle.
        """
        factor = np.ones(self.size)
        for number in range(1, most + 1):
            factors = self.round(start, factor)
            if np.abs(start * (factors[-1] - factor)).max() < limit:
                return factors, number
            factor = factors[-1]
        return [factor] * len(self.margins), most + 1

    def factors(self, start: np.ndarray, rounds: int) -> np.ndarray:
        """(J,) factors after so many rounds."""
        factor = np.ones(self.size)
        for _ in range(rounds):
            factor = self.round(start, factor)[-1]
        return factor

    def calibration(
        self, before: np.ndarray, factors: Sequence[np.ndarray], variance: RakedVariance
    ) -> Calibration:
        if variance == "rake":
            return in_turn(
                self.codes, list(zip(self.margins, factors, strict=True)), before, _PROJECTION_ROUNDS
            )
        after = before * factors[-1][self.codes]
        return on_parts(
            whole(self.codes, sparse.hstack(list(map(one_hot, self.margins))).tocsr()), before, after
        )


def _check_rule(variance: str) -> None:
    if variance not in get_args(RakedVariance):
        raise DesignError(
            N_("“%(rule)s” is not a rule for the variance after raking; there are %(rules)s."),
            rule=variance,
            rules=listed(get_args(RakedVariance)),
        )


def _missed(target: Target, sums: np.ndarray, limit: float) -> bool:
    """Whether a margin is off by more than its last round's changes account for."""
    return bool((np.abs(sums - target.wanted) > 100 * limit + _CLOSE * target.wanted).any())


def _refuse_margins(cell: str, gap: float) -> None:
    raise DesignError(
        N_(
            "No weights meet all margins: %(cell)s misses its total by %(gap)s when the others are met, "
            "since some combinations of them have no respondents. Join categories, or rake on fewer margins."
        ),
        cell=cell,
        gap=f"{gap:.3%}",
    )


def _refuse_rounds(cell: str, gap: float, rounds: int) -> None:
    raise DesignError(
        N_(
            "Raking has not settled after %(rounds)s rounds: %(cell)s misses its total by %(gap)s. "
            "Join small categories, rake on fewer margins, or allow more rounds or a larger tolerance."
        ),
        rounds=rounds,
        cell=cell,
        gap=f"{gap:.3%}",
    )
