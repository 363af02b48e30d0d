"""Do the factors hold their own items, and are they different things?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.scales.fit_indices import Weight
from analysis.scales.structure import Discrepancy, Structure


def average_variance(structure: Structure, theta: np.ndarray) -> np.ndarray:
    """(m,) AVE: mean squared standardised loading (Fornell & Larcker, 1981, J. Marketing Research 18)."""
    loadings = structure.loadings(theta)
    return _by_factor(structure) @ loadings**2 / _by_factor(structure).sum(axis=1)


def composite_reliability(structure: Structure, theta: np.ndarray) -> np.ndarray:
    """(m,) (Σλ)² / ((Σλ)² + Σ(1 − λ²)) of each factor's standardised items (Fornell & Larcker, 1981)."""
    common, unique = _common_and_unique(structure, theta)
    return common**2 / (common**2 + unique)


def validity_slopes(structure: Structure, theta: np.ndarray) -> np.ndarray:
    """(2m, q) derivatives of AVE, then of composite reliability, by the parameters."""
    loadings, own = structure.loadings(theta), _by_factor(structure)
    common, unique = _common_and_unique(structure, theta)
    average = 2 * own * loadings / own.sum(axis=1, keepdims=True)
    both = (2 * common * unique)[:, None] * own + 2 * (common**2)[:, None] * own * loadings
    composite = both / ((common**2 + unique) ** 2)[:, None]
    return np.hstack([np.vstack([average, composite]), np.zeros((2 * len(own), len(structure.pairs[0])))])


def htmt(structure: Structure, observed: np.ndarray) -> np.ndarray:
    """(m(m−1)/2,) heterotrait-monotrait ratio of each pair of factors: mean correlation of items across
    the two, over the geometric mean of that within each (Henseler, Ringle & Sarstedt, 2015). Absolute
    correlations, so that reversed items do no harm.
    """
    own = _by_factor(structure)
    size = own.sum(axis=1)
    sums = own @ np.abs(observed) @ own.T
    within = (np.diag(sums) - size) / (size * (size - 1))
    one, other = structure.pairs
    across = sums[one, other] / (size[one] * size[other])
    return across / np.sqrt(within[one] * within[other])


def placement(
    discrepancy: Discrepancy,
    theta: np.ndarray,
    weight: Weight,
    covariance: np.ndarray,
    moments: np.ndarray,
) -> pd.DataFrame:
    """A row per item and factor that is not its own: how much it would rather be there.

    with_own: correlation with the sum of the other items of its factor; with_other: with the sum of the
    other factor's. loading: what it would load there besides (expected parameter change), its design-based
    se, and z, their ratio (Saris, Satorra & Sörbom, 1987). `covariance`: (P, P) of the correlations;
    `moments`: (p, p) covariance matrix of the items.
    """
    structure = discrepancy.structure
    rows = [
        (place, other)
        for place, own in enumerate(structure.of)
        for other in range(len(structure.factors))
        if other != own
    ]
    changes = [_change(discrepancy, theta, weight, covariance, *row) for row in rows]
    sums = _by_factor(structure)
    table = pd.DataFrame(changes, columns=["loading", "se"])
    with_own = [_correlation(moments, place, sums[structure.of[place]]) for place, _ in rows]
    with_other = [_correlation(moments, place, sums[other]) for place, other in rows]
    named = pd.DataFrame(
        {
            "item": [structure.items[place] for place, _ in rows],
            "factor": [structure.factors[structure.of[place]] for place, _ in rows],
            "other": [structure.factors[other] for _, other in rows],
            "with_own": with_own,
            "with_other": with_other,
        }
    )
    return pd.concat([named, table], axis=1).assign(z=table["loading"] / table["se"])


def _change(
    discrepancy: Discrepancy,
    theta: np.ndarray,
    weight: Weight,
    covariance: np.ndarray,
    item: int,
    factor: int,
) -> tuple[float, float]:
    """Loading of an item on one more factor, and its error."""
    structure = discrepancy.structure
    between = structure.factor_correlations(theta)[factor, structure.of]
    slope = np.zeros_like(discrepancy.observed)
    slope[item] = slope[:, item] = between * structure.loadings(theta)
    pairs = np.triu_indices(len(slope), 1)
    pull = weight.left @ slope[pairs]
    size = slope[pairs] @ pull
    residuals = (discrepancy.observed - structure.correlations(theta))[pairs]
    if size < 1e-10:  # the model cannot tell such a loading from the ones it has
        return np.nan, np.nan
    return float(pull @ residuals / size), float(np.sqrt(max(pull @ covariance @ pull, 0.0)) / size)


def _correlation(moments: np.ndarray, item: int, members: np.ndarray) -> float:
    """Of an item with the sum of the members other than itself."""
    others = np.where(np.arange(len(moments)) == item, 0.0, members)
    spread = moments[item, item] * (others @ moments @ others)
    return float(moments[item] @ others / np.sqrt(spread)) if spread > 0 else np.nan


def _common_and_unique(structure: Structure, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    loadings, own = structure.loadings(theta), _by_factor(structure)
    return own @ loadings, own @ (1 - loadings**2)


def _by_factor(structure: Structure) -> np.ndarray:
    """(m, p) 1 where the item belongs to the factor."""
    return (structure.of == np.arange(len(structure.factors))[:, None]).astype(float)
