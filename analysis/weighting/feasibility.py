"""The narrowest bounds within which totals can be met, for those whose bounds are too tight."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from analysis.weighting.auxiliaries import Auxiliaries

# Beyond so many groups of rows the question takes longer than its answer is worth.
_MOST_GROUPS = 50_000


def narrowest(
    auxiliaries: Auxiliaries, weights: np.ndarray, lower: float, upper: float
) -> tuple[float, float] | None:
    """The tightest bounds on the factors, grown or shrunk alike on both sides of 1, that the totals allow.

    `weights`: (G,). None where none do, or the answer would take too long.
    """
    groups = auxiliaries.groups
    if groups > _MOST_GROUPS:
        return None
    below, above = 1 - lower, upper - 1
    # Unknown: the factors' distances from 1, then by how much the bounds are stretched.
    sums = auxiliaries.matrix().T @ sparse.diags(weights)
    missing = auxiliaries.totals - auxiliaries.sums(weights)
    size = np.maximum(np.abs(auxiliaries.totals), 1.0)
    meets = sparse.hstack([sparse.diags(1 / size) @ sums, sparse.csr_matrix((len(missing), 1))])
    one = sparse.identity(groups)
    within = [
        sparse.hstack([sign * one, sparse.csr_matrix(np.full((groups, 1), -room))])
        for sign, room in ((1, above), (-1, below))
        if np.isfinite(room)
    ]
    if not within:
        return None
    cost = np.append(np.zeros(groups), 1.0)
    limits = [(None, None)] * groups + [(0, None)]
    found = linprog(
        cost,
        A_ub=sparse.vstack(within),
        b_ub=np.zeros(groups * len(within)),
        A_eq=meets,
        b_eq=missing / size,
        bounds=limits,
        method="highs",
    )
    if not found.success:
        return None
    return 1 - found.fun * below, 1 + found.fun * above
