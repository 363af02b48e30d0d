"""Shares of R² from a covariance matrix alone: what each group of predictors explains, averaged over all
orders.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_

# All orders at once cost 2^groups numbers; beyond, orders are sampled.
MOST_EXACT = 18


def r_squared(covariance: np.ndarray) -> np.ndarray:
    """(1,) R² of the outcome, the last row of `covariance`, on all other columns."""
    slopes = np.linalg.solve(covariance[:-1, :-1], covariance[:-1, -1])
    return np.array([slopes @ covariance[:-1, -1] / covariance[-1, -1]])


def subset_r_squared(covariance: np.ndarray, groups: Sequence[np.ndarray]) -> np.ndarray:
    """(2^G,) R² of the outcome, the last row of `covariance`, on each set of groups: bit g of the place says
    that group g is in.

    Groups are taken up one by one: from every set so far, what is left of the covariance of the groups to
    come is kept twice, once as it is and once after the group has explained its part. So each set costs one
    small step.
    """
    covariance = np.asarray(covariance, dtype=float)
    order = np.concatenate([*groups, [len(covariance) - 1]]).astype(int)
    left = covariance[np.ix_(order, order)][None]
    for width in map(len, groups):
        own, cross, rest = left[:, :width, :width], left[:, :width, width:], left[:, width:, width:]
        slopes = cross / own if width == 1 else np.linalg.solve(own, cross)
        explained = sum(cross[:, row, :, None] * slopes[:, row, None, :] for row in range(width))
        left = np.concatenate([rest, rest - explained])
    return 1 - left[:, 0, 0] / covariance[-1, -1]


def shapley_weights(size: int) -> np.ndarray:
    """(2^G, G) what the worth of each set counts in the Shapley value of each member.

    |S|! (G − |S| − 1)! / G! for what joining S gains a member: with a plus for sets it has joined, with a
    minus for those it has not. The value is its mean gain over all orders of joining.
    """
    sets = np.arange(1 << size)
    members = np.bitwise_count(sets).astype(int)
    gain = np.append(1 / (size * special.comb(size - 1, np.arange(size))), 0.0)
    joined = (sets[:, None] >> np.arange(size)) & 1 == 1
    return np.where(joined, gain[members - 1][:, None], -gain[members][:, None])


def exact_shares(covariance: np.ndarray, groups: Sequence[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """(G,) LMG shares of R², which they add up to (Lindeman, Merenda & Gold, 1980; Grömping, 2007, Journal of
    Statistical Software 17), with the `weights` of `shapley_weights`.
    """
    return subset_r_squared(covariance, groups) @ weights


def sampled_shares(covariance: np.ndarray, groups: Sequence[np.ndarray], orders: np.ndarray) -> np.ndarray:
    """(G,) the same over some `orders` of the groups, (P, G), instead of all."""
    columns = columns_in_orders(groups, orders)
    roots = np.linalg.cholesky(covariance[columns[:, :, None], columns[:, None, :]])
    owner = np.empty(len(covariance) - 1, dtype=int)
    for number, group in enumerate(groups):
        owner[group] = number
    explained = roots[:, -1, :-1] ** 2 / covariance[-1, -1] / len(orders)
    return np.bincount(owner[columns[:, :-1]].ravel(), explained.ravel(), len(groups))


def columns_in_orders(groups: Sequence[np.ndarray], orders: np.ndarray) -> np.ndarray:
    """(P, K) the columns as the groups enter, the outcome last."""
    outcome = [sum(map(len, groups))]
    rows = [np.concatenate([*[groups[group] for group in order], outcome]) for order in orders]
    return np.array(rows).astype(int)


def sample_orders(groups: int, number: int, seed: int) -> np.ndarray:
    """(number, groups) random orders, each followed by its reverse, which evens out who comes first."""
    if number < 1:
        raise DesignError(N_("At least one draw is needed."))
    generator = np.random.default_rng(seed)
    half = [generator.permutation(groups) for _ in range((number + 1) // 2)]
    return np.array([order for pair in half for order in (pair, pair[::-1])])[:number]


def standardised_coefficients(covariance: np.ndarray, groups: Sequence[np.ndarray]) -> np.ndarray:
    """(G,) by how many of its standard deviations the outcome moves with one of the group's.

    For a group of several columns that of what they add up to in the model, without a sign (the sheaf
    coefficient of Heise, 1972, Sociological Methods & Research 1).
    """
    slopes = np.linalg.solve(covariance[:-1, :-1], covariance[:-1, -1])
    outcome = np.sqrt(covariance[-1, -1])
    values = []
    for group in groups:
        part = covariance[np.ix_(group, group)]
        spread = np.sqrt(slopes[group] @ part @ slopes[group])
        values.append((np.sign(slopes[group[0]]) if len(group) == 1 else 1.0) * spread / outcome)
    return np.array(values)
