"""How items make a rate: the plain mean of the items, or the mean of their factors' means."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

AGGREGATIONS = ("item_mean", "factor_mean")


def item_weights(
    factors: Sequence[Hashable], answered: NDArray[np.bool_], aggregation: str
) -> NDArray[np.float64]:
    """(items,) what each item weighs; they sum to one, or are zeros where no item was answered.

    `factors`: the factor of each item. Items that nobody answered weigh nothing.
    """
    parts: dict[Hashable, list[int]] = {}
    for place in np.flatnonzero(answered).tolist():
        parts.setdefault(factors[place] if aggregation == "factor_mean" else None, []).append(place)
    weights = np.zeros(len(factors))
    for places in parts.values():
        weights[places] = 1 / (len(parts) * len(places))
    return weights
