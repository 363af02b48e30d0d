"""Bootstraps: units are drawn again and again from the sample, stratum by stratum."""

from __future__ import annotations

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.replicate_factors import Matrix
from analysis.estimation.replicates import Replicates
from analysis.estimation.stages import Stage
from analysis.replication.first_stage import lonely_without_variance, replicates_of

# Units drawn at one time: few enough to stay in the processor's cache.
_DRAWN = 50_000


def bootstrap(design: Design, replicates: int, seed: int, mse: bool) -> Replicates:
    """As many units as sampled, drawn with replacement; the number of draws is the factor.

    With population sizes the draws are without replacement from a population in which each unit stands
    N/n times (Canty & Davison, 1999, The Statistician 48). The scale makes up for n units having n − 1
    degrees of freedom by the harmonic mean of n over strata: right where strata have about the same number
    of units; else "rescaling_bootstrap" is better. As R's `as.svrepdesign(type = "bootstrap")`.
    """
    stage = design.stages[0]
    lonely_without_variance(design)
    draws = _with_replacement(stage, stage.sampled, replicates, np.random.default_rng(seed))
    _from_population(stage, draws, np.random.default_rng([seed, 1]))
    typical = 1 / float(np.mean(1 / stage.sampled))
    scale = typical / ((typical - 1) * (replicates - 1)) if typical > 1 else 0.0
    return replicates_of(design, "bootstrap", Matrix(draws.T), scale, np.ones(replicates), mse)


def rescaling_bootstrap(design: Design, replicates: int, seed: int, mse: bool) -> Replicates:
    """One unit fewer than sampled, drawn with replacement, and weights rescaled to the right variance.

    Factor 1 − λ + λ r n/(n − 1) for a unit drawn r times, λ² = 1 − f (Rao, Wu & Yue, 1992, Survey
    Methodology 18; Rao & Wu, 1988, JASA 83, for f). Of a sample of several stages the primary units are
    drawn with all that was selected in them, so the variance is that of the first stage.
    """
    stage = design.stages[0]
    lonely = lonely_without_variance(design)
    draws = _with_replacement(stage, stage.sampled - 1, replicates, np.random.default_rng(seed))
    share = np.where(lonely, 0.0, np.sqrt(1 - stage.fraction))
    stretch = share * stage.sampled / np.maximum(stage.sampled - 1, 1)
    factors = Matrix(draws.T, (1 - share)[stage.strata], stretch[stage.strata])
    return replicates_of(design, "bootstrap", factors, 1 / (replicates - 1), np.ones(replicates), mse)


def _with_replacement(
    stage: Stage, times: np.ndarray, replicates: int, random: np.random.Generator
) -> np.ndarray:
    """(R, U) how often each unit is drawn when `times` (H,) units are drawn from each stratum."""
    order = np.argsort(stage.strata, kind="stable")
    units = len(order)
    stratum = np.repeat(np.arange(len(times)), times.astype(np.int64))
    starts = (np.cumsum(stage.sampled) - stage.sampled)[stratum].astype(np.int64)
    sizes = stage.sampled[stratum]
    draws = np.empty((replicates, units), dtype=np.uint8)
    together = max(1, _DRAWN // max(1, units))
    for first in range(0, replicates, together):
        block = draws[first : first + together]
        places = (random.random((len(block), len(stratum))) * sizes).astype(np.int64)
        places += starts + units * np.arange(len(block))[:, None]
        drawn = np.bincount(places.ravel(), minlength=block.size).reshape(block.shape)
        block[:, order] = np.minimum(drawn, 255)  # more is beyond all odds
    return draws


def _from_population(stage: Stage, draws: np.ndarray, random: np.random.Generator) -> None:
    """Draw anew, without replacement, in the strata whose population is known."""
    for stratum in np.flatnonzero(np.isfinite(stage.population)):
        units = random.permutation(np.flatnonzero(stage.strata == stratum))
        size = int(stage.population[stratum] + 1e-6)  # a fraction's reciprocal may fall short of its count
        copies = np.full(len(units), size // len(units))
        copies[: size % len(units)] += 1
        draws[:, units] = random.multivariate_hypergeometric(
            copies, len(units), len(draws), method="marginals"
        )
