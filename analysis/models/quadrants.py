"""Importance beside performance: where work pays (Martilla & James, 1977, Journal of Marketing 41)."""

from __future__ import annotations

import numpy as np

QUADRANTS = {
    (True, False): "concentrate here",
    (True, True): "keep up the good work",
    (False, False): "low priority",
    (False, True): "possible overkill",
}
"""(important, performing well) → what to do."""


def quadrant(importance: np.ndarray, performance: np.ndarray) -> list[str]:
    """The quadrant of each driver against the averages of all; "" without a performance."""
    known = np.isfinite(performance)
    if not known.any():
        return [""] * len(importance)
    important = importance >= importance[known].mean()
    well = performance >= performance[known].mean()
    return [
        QUADRANTS[bool(high), bool(good)] if there else ""
        for high, good, there in zip(important, well, known, strict=True)
    ]
