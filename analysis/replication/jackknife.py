"""The jackknife: each primary unit is left out once, and the others of its stratum stand for it."""

from __future__ import annotations

import numpy as np

from analysis.estimation.design import Design
from analysis.estimation.design_error import DesignError
from analysis.estimation.lonely import refuse
from analysis.estimation.replicate_factors import Deletions
from analysis.estimation.replicates import Replicates
from analysis.replication.first_stage import replicates_of
from questionnaires.faults import N_


def jackknife(design: Design, mse: bool) -> Replicates:
    """One replicate for each primary unit, JK1 in one stratum and JKn in several.

    The unit left out weighs 0, the others of its stratum n/(n − 1) (Wolter, 2007, Introduction to Variance
    Estimation, 4.5); squares count (1 − f)(n − 1)/n. Strata sampled completely have no replicates. A single
    unit of a stratum has none under "remove" and "certainty"; under "average" the others' squares are
    stretched to stand for it; under "adjust" it is left out of the whole sample. As R's `as.svrepdesign`,
    except that R's totals lose the completely sampled strata in the replicates, which is wrong with `mse`
    or after post-stratification.
    """
    stage = design.stages[0]
    if design.lonely == "fail" and stage.lonely.any():
        refuse(stage, stage.lonely)
    sampled = stage.sampled[stage.strata]
    alone = stage.lonely[stage.strata] & (design.lonely == "adjust")
    deleted = np.flatnonzero(((sampled > 1) & (stage.fraction[stage.strata] < 1)) | alone)
    if not len(deleted):
        raise DesignError(
            N_("Every stratum is sampled completely, or by a single unit: leaving units out says nothing.")
        )
    n, alone, strata = sampled[deleted], alone[deleted], len(stage.sampled)
    others = np.where(alone, strata / max(strata - 1, 1), n / np.maximum(n - 1, 1))
    factors = Deletions(
        stage.strata,
        deleted,
        everywhere=np.where(alone, others, 1.0),
        nearby=np.where(alone, 0.0, others - 1),
        itself=-others,
    )
    squares = (1 - stage.fraction[stage.strata[deleted]]) / others
    return _scaled(design, factors, np.where(alone, 1 / others, squares), mse)


def _scaled(design: Design, factors: Deletions, squares: np.ndarray, mse: bool) -> Replicates:
    stage = design.stages[0]
    whole = len(stage.sampled) == 1
    scale = float(squares[0]) if whole else 1.0
    if design.lonely == "average" and stage.lonely.any():
        scale *= len(stage.strata) / factors.size
    rscales = np.ones(factors.size) if whole else squares
    kind = "JK1" if whole else "JKn"
    return replicates_of(design, kind, factors, scale, rscales, mse)
