"""Shares of a whole that keep within bounds and come out as whole numbers."""

from __future__ import annotations

import numpy as np

# Shares this close to a whole number or a bound are at it.
_ROUNDING = 1e-9


def within_bounds(size: float, measure: np.ndarray, least: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Shares c × measure held between `least` and `most`, with c such that they sum to `size`."""
    fixed = np.zeros(len(measure), dtype=bool)
    shares = np.zeros(len(measure))
    while True:
        shares[~fixed] = _in_proportion(size - shares[fixed].sum(), measure[~fixed])
        below, above = np.maximum(least - shares, 0), np.maximum(shares - most, 0)
        # Hold the side that is further out first: holding both at once could overshoot.
        out = below if below.sum() > above.sum() else above
        out = np.where(fixed, 0, out)
        if out.max(initial=0) <= _ROUNDING:
            return shares
        hold = out > _ROUNDING
        shares[hold] = np.clip(shares, least, most)[hold]
        fixed |= hold


def _in_proportion(whole: float, measure: np.ndarray) -> np.ndarray:
    """`whole` in the proportion of `measure`, in equal parts where nothing measures anything."""
    total = measure.sum()
    return whole * measure / total if total else np.full(len(measure), whole / max(len(measure), 1))


def largest_remainder(shares: np.ndarray, size: int) -> np.ndarray:
    """The shares rounded to whole numbers that sum to `size`, each up or down by less than one."""
    whole = np.floor(shares + _ROUNDING).astype(int)
    order = np.argsort(-(shares - whole), kind="stable")
    whole[order[: size - whole.sum()]] += 1
    return whole
