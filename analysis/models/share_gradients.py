"""How shares of R² change with the covariance matrix they come from.

What a set S of predictors leaves unexplained is v'Σv, with v the residual of the outcome written in the
columns: 1 for the outcome, minus its regression on S. Regression makes v best, so that only Σ moves it: the
derivative by Σ is vv'. A share is a weighted sum over sets of the unexplained parts of the outcome's
variance, Σ_S c_S v'Σv / σ².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.models.explained_variance import columns_in_orders, shapley_weights


@dataclass(frozen=True, eq=False)
class Residuals:
    """(N, K) `vectors`, the outcome's residual after each of N sets, and (N, G) `weights` of the sets in a
    share.
    """

    vectors: np.ndarray
    weights: np.ndarray

    def gradients(self, covariance: np.ndarray, shares: np.ndarray) -> np.ndarray:
        """(G, K, K) of the `shares` by the covariance, whose last row is the outcome's."""
        slopes = np.array([(self.vectors.T * weight) @ self.vectors for weight in self.weights.T])
        slopes[:, -1, -1] -= shares
        return slopes / covariance[-1, -1]


def residuals_of_all_sets(covariance: np.ndarray, groups: Sequence[np.ndarray]) -> Residuals:
    """After each set of groups, which are taken up one by one as in `subset_r_squared`."""
    size = len(covariance)
    order = np.concatenate([*groups, [size - 1]]).astype(int)
    left, vectors = covariance[np.ix_(order, order)][None], np.eye(size)[:, order][None]
    for width in map(len, groups):
        cross, rest = left[:, :width, width:], left[:, width:, width:]
        slopes = np.linalg.solve(left[:, :width, :width], cross)
        left = np.concatenate([rest, rest - np.swapaxes(cross, 1, 2) @ slopes])
        kept = vectors[:, :, width:]
        vectors = np.concatenate([kept, kept - vectors[:, :, :width] @ slopes])
    return Residuals(vectors[:, :, 0], -shapley_weights(len(groups)))


def residuals_in_orders(
    covariance: np.ndarray, groups: Sequence[np.ndarray], orders: np.ndarray
) -> Residuals:
    """Before the first and after each column, as the columns enter in each of the `orders` (P, G) of the
    groups.
    """
    size, number = len(covariance), len(orders)
    members = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    columns = columns_in_orders(groups, orders)
    turned = covariance[columns[:, :, None], columns[:, None, :]]
    roots = np.linalg.cholesky(turned)
    explained = np.cumsum(roots[:, -1, :-1, None] * np.linalg.inv(roots)[:, :-1], axis=1)
    turned_vectors = -np.concatenate([np.zeros((number, 1, size)), explained], axis=1)
    turned_vectors[:, :, -1] += 1
    vectors = np.empty_like(turned_vectors)
    np.put_along_axis(vectors, np.broadcast_to(columns[:, None], vectors.shape), turned_vectors, axis=2)
    owner = np.empty(size - 1, dtype=int)
    owner[np.concatenate(groups)] = members
    entering = np.eye(len(groups))[owner[columns[:, :-1]]] / number
    weights = np.zeros((number, size, len(groups)))
    weights[:, :-1] += entering
    weights[:, 1:] -= entering
    return Residuals(vectors.reshape(-1, size), weights.reshape(-1, len(groups)))
