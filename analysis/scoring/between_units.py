"""Covariance between the indexes of units: what they share of sampling, raters and calibration."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimation.design import Design
from analysis.estimation.domains import Domains, split
from analysis.estimation.linearise import CovarianceSums
from analysis.scoring.item_means import LARGEST_GRID
from analysis.scoring.scores import RatedSurvey, SubScores

Numbers = NDArray[np.float64]


def index_covariance(
    surveys: Sequence[RatedSurvey], scores: SubScores, shares: pd.DataFrame, official: str
) -> pd.DataFrame:
    """(units, units) covariance of the indexes, rows and columns named by unit.

    `shares`: units × leaf codes, what one point of the leaf adds to the unit's index, 0 where it does not
    apply. `official`: "weighted" or "unweighted". An index is, to first order, a weighted sum of item means;
    so each response adds one score to its unit's index, and the scores of all units go through the design at
    once: clusters that rate several units and weights calibrated across units make indexes move together.
    A unit whose points have no known error has NaN.
    """
    total = pd.DataFrame(0.0, shares.index, shares.index)
    for place, survey in enumerate(surveys):
        design: Design = getattr(survey, official)
        weights = _item_weights(scores, shares, place, survey.columns)
        if survey.columns and len(design.frame):
            part = _one_survey(design, survey.columns, weights)
            total = total.add(part.reindex(index=total.index, columns=total.columns, fill_value=0.0))
        unknown = weights.index[weights.isna().any(axis=1)]
        total.loc[unknown, :] = total.loc[:, unknown] = np.nan
    return total


def _item_weights(
    scores: SubScores, shares: pd.DataFrame, place: int, columns: Sequence[str]
) -> pd.DataFrame:
    """Units × columns of one survey: what each item mean adds to the unit's index."""
    rows = [
        shares.loc[[unit], gradients[place].index].to_numpy()[0] @ gradients[place].to_numpy()
        for unit, gradients in scores.gradients.items()
    ]
    return pd.DataFrame(
        np.array(rows).reshape(len(rows), len(columns)), list(scores.gradients), list(columns)
    )


def _one_survey(design: Design, columns: Sequence[str], weights: pd.DataFrame) -> pd.DataFrame:
    domains, found = split(design, ["unit"])
    units = [str(unit) for unit in found["unit"]]
    of_row = weights.reindex(units).fillna(0.0)
    score = np.zeros(len(design.frame))
    for column in columns:
        score += of_row[column].to_numpy()[domains.codes] * _mean_score(design, column, domains)
    return pd.DataFrame(_covariance(design, domains, score), units, units)


def _mean_score(design: Design, column: str, domains: Domains) -> Numbers:
    """(rows,) what each response adds to the error of the item's mean in its own unit."""
    values = design.frame[column].to_numpy(dtype=float)
    weights = np.where(domains.active & ~np.isnan(values), design.weights, 0.0)
    size = domains.sums(weights)
    known = np.where(size > 0, size, 1.0)
    mean = domains.sums(weights * np.nan_to_num(values)) / known
    return weights * (np.nan_to_num(values) - mean[domains.codes]) / known[domains.codes]


def _covariance(design: Design, domains: Domains, score: Numbers) -> Numbers:
    """(D, D) covariance of the sums of scores by unit."""
    if _fits(design, domains):
        sums = CovarianceSums(design, domains, 1)
        sums.add(score)
        return sums.covariance()
    covariance = np.zeros((domains.size, domains.size))
    for unit in range(domains.size):
        inside = domains.active & (domains.codes == unit)
        alone = Domains(np.zeros(len(score), dtype=np.int64), inside, 1)
        sums = CovarianceSums(design, alone, 1)
        sums.add(np.where(inside, score, 0.0))
        covariance[unit, unit] = sums.covariance()[0, 0]
    return covariance


def _fits(design: Design, domains: Domains) -> bool:
    """Whether lonely strata, which ask for every unit in every domain, leave room for all units at once."""
    lonely = any(stage.lonely.any() for stage in design.stages)
    return not lonely or len(design.frame) * domains.size <= LARGEST_GRID
