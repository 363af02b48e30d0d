"""A survey design: the data, the weights, and how the sample was drawn."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

import numpy as np
import pandas as pd

from analysis.estimation.calibration import Calibration
from analysis.estimation.conditions import truth
from analysis.estimation.design_columns import Columns, check_columns, names_of, read_weights
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.given_replicates import GivenWeights, Kind, read_replicates
from analysis.estimation.lonely import Lonely
from analysis.estimation.replicate_ranks import replicate_ranks
from analysis.estimation.replicates import Adjustment, Replicates
from analysis.estimation.stages import Stage, build_stages
from analysis.estimation.weightsteps import WeightStep, report_table
from questionnaires.faults import N_

Effect = Calibration | Callable[[], Calibration]
"""What a weighting step does to the variance, or how that is made when it is asked for."""


class Design:
    """A sample with its design. Nothing here changes after construction; other designs are made from it.

    `frame`: one row per response. `weights` (or `probabilities` of selection) names a column, or one
    column a stage, multiplied. `strata`, `clusters` and `fpc` name one column a stage; without `clusters`
    each row is its own primary sampling unit. `fpc` holds population counts of units per stratum or
    sampling fractions; with it, weights may be left out and are N/n. `nest` says that cluster numbers
    start again in each stratum.

    `lonely` says what a stratum with a single sampled unit does to the variance: "fail" refuses; "remove"
    and "certainty" let it add nothing; "adjust" takes its distance from the mean of all units; "average"
    gives it the mean contribution of the other strata. `lonely_in_domains` extends "adjust" and "average"
    to strata of which a domain holds one unit only.

    Raises DesignError. Semantics follow `svydesign` (Lumley, 2010, Complex Surveys).
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        weights: Columns = None,
        probabilities: Columns = None,
        strata: Columns = None,
        clusters: Columns = None,
        fpc: Columns = None,
        nest: bool = False,
        lonely: Lonely = "fail",
        lonely_in_domains: bool = False,
    ) -> None:
        if lonely not in get_args(Lonely):
            raise DesignError(
                N_("“%(rule)s” is not a rule for strata with a single unit; there are %(rules)s."),
                rule=lonely,
                rules=listed(get_args(Lonely)),
            )
        roles = {
            "weights": names_of(weights),
            "probabilities": names_of(probabilities),
            "strata": names_of(strata),
            "clusters": names_of(clusters),
            "fpc": names_of(fpc),
        }
        check_columns(frame, roles)
        self.frame = frame.copy(deep=False)  # later columns of the caller's table do not reach in
        self.lonely = lonely
        self.lonely_in_domains = lonely_in_domains
        self.stages: tuple[Stage, ...] = build_stages(
            frame, roles["clusters"], roles["strata"], roles["fpc"], nest
        )
        if not roles["strata"] and self.stages[0].sampled.sum() < 2:
            raise DesignError(N_("The sample has a single primary unit: no variance can be estimated."))
        self._weights = read_weights(frame, roles, self.stages)
        self._inside: np.ndarray | None = None
        self.effects: tuple[Effect, ...] = ()
        self.replicates: Replicates | None = None
        self.starting_weights = self._weights
        self.adjustments: tuple[Adjustment, ...] = ()
        self.steps: tuple[WeightStep, ...] = (WeightStep.start(self._weights),)

    @property
    def weights(self) -> np.ndarray:
        """Weight of each row of the frame, 0 outside the domain."""
        return self._weights if self._inside is None else np.where(self._inside, self._weights, 0.0)

    @property
    def inside(self) -> np.ndarray:
        """True for the rows of the domain (all rows unless `where` was used)."""
        return np.ones(len(self.frame), dtype=bool) if self._inside is None else self._inside

    @property
    def is_domain(self) -> bool:
        return self._inside is not None

    @classmethod
    def from_replicates(
        cls,
        frame: pd.DataFrame,
        weights: Columns = None,
        replicates: GivenWeights = "",
        kind: Kind = "other",
        scale: float | None = None,
        rscales: Sequence[float] | float | None = None,
        combined: bool = True,
        mse: bool = False,
        rho: float | None = None,
    ) -> Design:
        """A design known by the replicate weights that came with the data.

        `replicates`: an array or table (rows, R), a list of columns, or what the columns' names begin with
        before a number. With `combined` false they are factors of `weights`. `scale` and `rscales` are as
        in `Replicates`; most kinds fix them: "BRR" 1/R; "Fay" 1/(R (1 − rho)²); "JK1" (R − 1)/R; "JKn"
        needs `rscales`; "JK2" 1; "bootstrap" 1/(R − 1); "ACS" and "successive-difference" 4/R; "other"
        needs one of them. `mse` takes distances from the full sample's estimate instead of the replicates'
        mean. Raises DesignError. Semantics of `svrepdesign` (Lumley, 2010, Complex Surveys, 2.3).
        """
        design = cls(frame, weights=weights)
        given = read_replicates(
            design.frame, design.weights, replicates, kind, scale, rscales, combined, mse, rho
        )
        return design.with_replicates(given)

    def with_replicates(self, replicates: Replicates) -> Design:
        """The same sample, whose variances come from `replicates` and from nothing else."""
        design = copy.copy(self)
        design.replicates, design.effects = replicates, ()
        return design

    def replicate_weights(self) -> Iterator[np.ndarray]:
        """(rows,) weights of each replicate in turn, 0 outside the domain; none without replicates."""
        for weights in self.replicates or ():
            yield weights if self._inside is None else np.where(self._inside, weights, 0.0)

    @property
    def calibrations(self) -> tuple[Calibration, ...]:
        """What each weighting step does to the variance, in order; made when first asked for."""
        return tuple(effect() if callable(effect) else effect for effect in self.effects)

    @property
    def degrees_of_freedom(self) -> int:
        """Primary sampling units less strata, among the rows of the domain with a weight; with replicates,
        their rank less 1.
        """
        if self.replicates is not None:
            whole = np.zeros(len(self.frame), dtype=np.int64)
            return int(replicate_ranks(self.replicates, whole, self.inside, 1)[0]) - 1
        first = self.stages[0]
        units = np.unique(first.units[self.weights != 0])
        return len(units) - len(np.unique(first.strata[units]))

    @property
    def report(self) -> pd.DataFrame:
        """One row per weighting step: what it did to the weights."""
        return report_table(self.steps)

    def where(self, condition: str | np.ndarray | pd.Series) -> Design:
        """The domain of rows for which `condition` holds; it keeps the whole design for its variance.

        `condition` is an expression as in `DataFrame.query` (names with dots or spaces go in backticks), or
        one truth value a row. A row whose value is missing is outside.
        """
        domain = copy.copy(self)
        domain._inside = self.inside & truth(condition, self.frame)
        return domain

    def reweighted(
        self,
        weights: np.ndarray,
        calibration: Effect | None,
        step: WeightStep,
        adjust: Adjustment | None = None,
    ) -> Design:
        """The same sample with other weights, whose variance takes `calibration` into account, which may be
        made later: many want the weights alone.

        `adjust` is the step itself, for replicate weights to go through again, which is how their variance
        takes it into account; without it they are multiplied by the same factors as the weights.
        """
        design = copy.copy(self)
        design._weights = weights
        again = adjust or _same_factors(self._weights, weights)
        design.adjustments = (*self.adjustments, again)
        if self.replicates is not None:
            design.replicates = self.replicates.adjusted(again)
        elif calibration:
            design.effects = (*self.effects, calibration)
        design.steps = (*self.steps, step)
        return design


def _same_factors(before: np.ndarray, after: np.ndarray) -> Adjustment:
    factors = np.divide(after, before, out=np.zeros(len(before)), where=before != 0)
    return lambda weights: weights * factors
