"""Whether a part of another sheet lies over a page: there the printed boxes jump aside, all together.

Bent paper moves them smoothly, and a mark moves one. So a jump is believed where it is clear of both.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

REACH = 60.0
"""Millimetres to both sides of an edge within which boxes tell of it."""
LEAST = 6
"""Boxes on each side of it, and boxes that do not fit a smooth bend, so that an edge is looked for at all."""
SMOOTH = 0.08
"""Millimetres from a smooth bend at which boxes are found on flat paper at most."""
CERTAIN = 14.0
"""Jump over its standard error: so much, as the boxes of bent paper stray together, which that error does not
know."""
STRAY = 0.1
"""Millimetres from which a box loses its weight: it is found in the wrong place."""


def jump(middles: np.ndarray, places: np.ndarray, bend: np.ndarray) -> float:
    """Millimetres by which the boxes jump aside at the clearest straight edge along or across the page; 0
    where there is none. All (n, 2) millimetres, of boxes found clearly: where they should be, how far off
    they were found, and how far off a smooth bend puts them.
    """
    if (np.linalg.norm(places - bend, axis=1) > SMOOTH).sum() < LEAST:
        return 0.0
    return max((size for axis in (0, 1) for size in _jumps(middles, places, axis)), default=0.0)


def _jumps(middles: np.ndarray, places: np.ndarray, axis: int) -> Iterator[float]:
    """At each edge between two rows (axis 1) or columns (axis 0) of boxes."""
    lines = np.unique(np.round(middles[:, axis]))
    for edge in (lines[1:] + lines[:-1]) / 2:
        near = abs(middles[:, axis] - edge) < REACH
        behind = middles[near, axis] > edge
        if min(behind.sum(), (~behind).sum()) >= LEAST:
            size, error = _fitted(middles[near], behind, places[near])
            if size > CERTAIN * error:
                yield size


def _fitted(middles: np.ndarray, behind: np.ndarray, places: np.ndarray) -> tuple[float, float]:
    """The jump of the boxes behind an edge beside an even bend of all, and its standard error."""
    x, y = ((middles - middles.mean(axis=0)) / REACH).T
    terms = np.stack([behind.astype(float), np.ones_like(x), x, y], axis=1)
    weights = np.ones(len(x))
    for _ in range(4):  # borders found in the wrong place lose their weight
        root = np.sqrt(weights)[:, None]
        factors = np.linalg.lstsq(terms * root, places * root, rcond=1e-6)[0]
        strays = np.linalg.norm(places - terms @ factors, axis=1)
        weights = 1 / (1 + (strays / STRAY) ** 2)
    spread = (weights * strays**2).sum() / max(weights.sum() - terms.shape[1], 1)
    precision = np.linalg.pinv((terms * weights[:, None]).T @ terms)[0, 0]
    return float(np.linalg.norm(factors[0])), float(np.sqrt(spread * precision))
