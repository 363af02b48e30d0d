"""What a fitted regression expects for given rows, with the error of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.estimation.design_error import DesignError
from analysis.estimation.estimate import t_quantile
from analysis.models.factors import read_values
from analysis.models.families import LINKS
from questionnaires.faults import N_

if TYPE_CHECKING:
    from analysis.models.fit import Fit

_SCALES = ("response", "link")


def predict(fit: Fit, frame: pd.DataFrame, scale: str, level: float) -> pd.DataFrame:
    """See `Fit.predict`."""
    ordinal = fit.specification.family == "ordinal"
    if scale not in _SCALES or (ordinal and scale == "link"):
        raise DesignError(N_("This model does not predict on the scale “%(scale)s”."), scale=scale)
    matrix = fit.specification.columns.read(frame)
    offset = _offset(fit, frame)
    return (
        _levels(fit, frame, matrix, offset, level)
        if ordinal
        else _means(fit, frame, matrix, offset, scale, level)
    )


def _offset(fit: Fit, frame: pd.DataFrame) -> np.ndarray:
    factor = fit.specification.formula.offset
    if factor is None:
        return np.zeros(len(frame))
    values = read_values(frame, factor)
    return np.where(values.answered, values.values, np.nan)


def _means(
    fit: Fit, frame: pd.DataFrame, matrix: np.ndarray, offset: np.ndarray, scale: str, level: float
) -> pd.DataFrame:
    link = LINKS[fit.specification.link]
    eta = matrix @ fit.coefficients.to_numpy() + offset
    se = np.sqrt(_quadratic(matrix, fit.covariance.to_numpy()))
    if scale == "response":
        return _table(link.back(eta), se * link.slope(eta), fit, level, frame.index)
    return _table(eta, se, fit, level, frame.index)


def _levels(
    fit: Fit, frame: pd.DataFrame, matrix: np.ndarray, offset: np.ndarray, level: float
) -> pd.DataFrame:
    """Share of each level, row by row: differences of F between neighbouring cut points."""
    link, covariance = LINKS[fit.specification.link], fit.covariance.to_numpy()
    slopes = matrix.shape[1]
    theta = fit.coefficients.to_numpy()
    distance = theta[slopes:] - (matrix @ theta[:slopes] + offset)[:, None]
    below = np.pad(link.back(distance), ((0, 0), (1, 1)), constant_values=((0, 0), (0, 1)))
    density = np.pad(link.slope(distance), ((0, 0), (1, 1)))
    levels = fit.specification.outcomes or ()
    tables = []
    for number, name in enumerate(levels):
        gradient = np.zeros((len(matrix), len(theta)))
        high, low = density[:, number + 1], density[:, number]
        gradient[:, :slopes] = -matrix * (high - low)[:, None]
        if number < len(levels) - 1:
            gradient[:, slopes + number] = high
        if number:
            gradient[:, slopes + number - 1] = -low
        se = np.sqrt(_quadratic(gradient, covariance))
        share = below[:, number + 1] - below[:, number]
        table = _table(share, se, fit, level, frame.index)
        tables.append(pd.concat({name: table}, names=["level"]).swaplevel())
    return pd.concat(tables).sort_index(level=0, sort_remaining=False)


def _quadratic(rows: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    return np.maximum(((rows @ covariance) * rows).sum(axis=1), 0.0)


def _table(estimate: np.ndarray, se: np.ndarray, fit: Fit, level: float, index: pd.Index) -> pd.DataFrame:
    reach = t_quantile(level, fit.df_residual) * se
    return pd.DataFrame(
        {"estimate": estimate, "se": se, "lower": estimate - reach, "upper": estimate + reach}, index=index
    )
