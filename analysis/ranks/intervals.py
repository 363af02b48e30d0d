"""How sure a place is, when the indexes behind it carry sampling error."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DRAWS = 10_000
CHUNK = 1_000  # draws at a time, so that thousands of units fit in memory


def rank_intervals(
    index: pd.Series,
    covariance: pd.DataFrame | pd.Series,
    *,
    draws: int = DRAWS,
    seed: int = 1,
    level: float = 0.95,
) -> pd.DataFrame:
    """The places each unit takes in `level` of simulated rankings: unit, rank_lower, rank_upper, first_share.

    `index`: unit → estimate. `covariance`: their covariance matrix, or a Series of standard errors where the
    units' samples are independent. Each draw adds a normal error to every index and ranks anew, the highest
    first (parametric bootstrap of ranks; Goldstein and Spiegelhalter, 1996, JRSS A 159). `rank_lower` is the
    better end. `first_share` is the share of draws in which the unit comes first. Equal indexes take the best
    of their places, as in the ranking itself. The same seed gives the same places.
    """
    spread = _spread(index, covariance)
    generator = np.random.default_rng(seed)
    counts = np.zeros((len(index), len(index)))
    for start in range(0, draws, CHUNK):
        errors = generator.standard_normal((min(CHUNK, draws - start), len(index))) @ spread.T
        _count(_places(index.to_numpy(dtype=float) + errors), counts)
    cumulated = counts.cumsum(axis=1) / max(draws, 1)
    tail = (1 - level) / 2
    return pd.DataFrame(
        {
            "unit": index.index,
            "rank_lower": 1 + (cumulated <= tail).sum(axis=1),
            "rank_upper": 1 + (cumulated < 1 - tail).sum(axis=1),
            "first_share": cumulated[:, 0],
        }
    )


def _spread(index: pd.Series, covariance: pd.DataFrame | pd.Series) -> NDArray[np.float64]:
    """A matrix A with A·Aᵀ = the covariance, which may be singular (units without sampling error)."""
    if isinstance(covariance, pd.Series):
        return np.diag(covariance.reindex(index.index).to_numpy(dtype=float))
    matrix = covariance.reindex(index=index.index, columns=index.index).to_numpy(dtype=float)
    values, vectors = np.linalg.eigh(matrix)
    return vectors * np.sqrt(np.clip(values, 0.0, None))


def _places(drawn: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draws × units → the place of each unit in each draw, from 0: how many units stand strictly above it."""
    ascending = np.sort(drawn, axis=1)
    above = [
        row.size - np.searchsorted(row, values, "right") for row, values in zip(ascending, drawn, strict=True)
    ]
    return np.asarray(above, dtype=np.int64)


def _count(places: NDArray[np.int64], counts: NDArray[np.float64]) -> None:
    """Add to `counts` (units × places) how often each unit took each place."""
    units = np.broadcast_to(np.arange(places.shape[1]), places.shape)
    np.add.at(counts, (units.ravel(), places.ravel()), 1)
