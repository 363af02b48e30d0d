"""The record of each step of weighting: what the weights were before and after, and how far they spread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

# Rows looked at together: few enough to stay in the processor's cache.
_BLOCK = 2**16


@dataclass(frozen=True)
class WeightStep:
    """One step of weighting, in sums over all rows; smallest and largest are of rows that keep a weight.

    `kish_deff` is n Σw² / (Σw)² (Kish, 1965, Survey Sampling, 11.7) and `n_effective` n divided by it; n
    counts the rows with a weight. `worst_margin` names the target missed by most and `worst_gap` by how
    much, relative to it.
    """

    step: str
    before: float
    after: float
    smallest: float
    largest: float
    smallest_factor: float
    largest_factor: float
    kish_deff: float
    n_effective: float
    worst_margin: str = ""
    worst_gap: float = 0.0
    iterations: int = 0
    converged: bool = True

    @classmethod
    def start(cls, weights: np.ndarray) -> WeightStep:
        return cls.compare("start", weights, weights)

    @classmethod
    def compare(
        cls,
        step: str,
        before: np.ndarray,
        after: np.ndarray,
        worst_margin: str = "",
        worst_gap: float = 0.0,
        iterations: int = 0,
        converged: bool = True,
        factors: tuple[float, float] | None = None,
    ) -> WeightStep:
        """The step from the weights `before` to `after`, one value a row each; `factors`: the smallest and
        the largest, where they are known.
        """
        kept = _Kept.of(after)
        deff = kept.deff
        return cls(
            step,
            kept.total if before is after else float(before.sum()),
            kept.total,
            *_range(kept.smallest, kept.largest, 0.0),
            *(factors or _range(*_factors(before, after), 1.0)),
            deff,
            kept.rows / deff,
            worst_margin,
            worst_gap,
            iterations,
            converged,
        )


@dataclass(frozen=True)
class _Kept:
    """What a step left: rows with a weight, sums of the weights and of their squares, and their range, which
    is infinite where no row has one.
    """

    rows: int
    total: float
    squares: float
    smallest: float
    largest: float

    @classmethod
    def of(cls, weights: np.ndarray) -> _Kept:
        blocks = (weights[start : start + _BLOCK] for start in range(0, len(weights), _BLOCK))
        rows, totals, squares, low, high = zip(*map(_looked_at, blocks), strict=True)
        return cls(sum(rows), math.fsum(totals), math.fsum(squares), min(low), max(high))

    @property
    def deff(self) -> float:
        return self.rows * self.squares / self.total**2 if self.total else float("nan")


def _looked_at(block: np.ndarray) -> tuple[int, float, float, float, float]:
    kept = block if block.all() else block[block != 0]
    low, high = kept.min(initial=np.inf), kept.max(initial=-np.inf)
    return len(kept), float(kept.sum()), float(kept @ kept), float(low), float(high)


def _factors(before: np.ndarray, after: np.ndarray) -> tuple[float, float]:
    """Smallest and largest factor in the rows that have a weight after the step."""
    low, high = np.inf, -np.inf
    for start in range(0, len(after), _BLOCK):
        old, new = before[start : start + _BLOCK], after[start : start + _BLOCK]
        if not new.all():
            old, new = old[new != 0], new[new != 0]
        found = new / old
        low, high = min(low, found.min(initial=np.inf)), max(high, found.max(initial=-np.inf))
    return float(low), float(high)


def _range(low: float, high: float, without: float) -> tuple[float, float]:
    """The range, or that of a value `without` rows."""
    return (low, high) if low <= high else (without, without)


def kish_deff(weights: np.ndarray) -> float:
    """How much unequal weights alone widen the variance of a mean: n Σw² / (Σw)²; nan without weights."""
    return _Kept.of(weights).deff


def report_table(steps: Sequence[WeightStep]) -> pd.DataFrame:
    """One row per step, in order."""
    return pd.DataFrame([asdict(step) for step in steps])
