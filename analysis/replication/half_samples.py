"""Balanced repeated replication: one unit of each pair, chosen by the rows of a Hadamard matrix."""

from __future__ import annotations

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.replicate_factors import Matrix
from analysis.estimation.replicates import Replicates
from analysis.estimation.stages import Stage
from analysis.replication.first_stage import lonely_without_variance, replicates_of
from analysis.replication.hadamard import hadamard_of_at_least
from questionnaires.faults import N_


def half_samples(design: Design, rho: float, mse: bool) -> Replicates:
    """Balanced half-samples: in each replicate one unit of a pair weighs 2 − rho and the other rho.

    BRR with rho = 0 (McCarthy, 1969, Review of the International Statistical Institute 37), else Fay's
    method (Judkins, 1990, Journal of Official Statistics 6). As many replicates as the smallest Hadamard
    matrix with more rows than pairs. Strata of more than two units are split into pairs in the order of the
    data. Population sizes play no part: the variance is that of sampling with replacement.
    """
    stage = design.stages[0]
    lonely = lonely_without_variance(design)
    _check_even(stage, lonely)
    pair, side = _pairs(stage)
    paired = ~lonely[stage.strata]
    number = np.cumsum(np.bincount(pair[paired], minlength=len(stage.strata)) > 0) - 1
    balance = hadamard_of_at_least(int(number.max()) + 2)
    factors = np.ones((len(stage.strata), len(balance)))
    signs = balance[1:][number[pair[paired]]] * side[paired][:, None]
    factors[paired] += (1 - rho) * signs
    size = len(balance)
    scale = 1 / (size * (1 - rho) ** 2)
    kind = "Fay" if rho else "BRR"
    return replicates_of(design, kind, Matrix(factors), scale, np.ones(size), mse)


def _check_even(stage: Stage, lonely: np.ndarray) -> None:
    odd = (stage.sampled % 2 == 1) & ~lonely
    if odd.any():
        stratum = int(np.argmax(odd))
        raise DesignError(
            N_(
                "Balanced half-samples need two units in each stratum, or an even number to make pairs of; "
                "stratum “%(stratum)s” has %(sampled)s. Join units or strata, or use the jackknife or a "
                "bootstrap."
            ),
            stratum=stage.stratum_names[stratum],
            sampled=f"{stage.sampled[stratum]:g}",
        )


def _pairs(stage: Stage) -> tuple[np.ndarray, np.ndarray]:
    """(U,) pair of each unit, two neighbours in their stratum in the order of the data; (U,) its side, ±1."""
    first_row = np.full(len(stage.strata), len(stage.units))
    np.minimum.at(first_row, stage.units, np.arange(len(stage.units)))
    order = np.lexsort((first_row, stage.strata))
    starts = np.cumsum(stage.sampled) - stage.sampled
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order)) - starts[stage.strata[order]].astype(np.int64)
    pair = np.empty(len(order), dtype=np.int64)
    pair[order] = np.arange(len(order)) - place[order] % 2
    return pair, np.where(place % 2 == 0, -1, 1)
