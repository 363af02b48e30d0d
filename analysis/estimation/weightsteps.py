"""The record of each step of weighting: what the weights were before and after, and how far they spread."""

from __future__ import annotations

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
    ) -> WeightStep:
        """The step from the weights `before` to `after`, one value a row each."""
        weights, factors = _ranges(before, after)
        total, used = float(after.sum()), _used(after)
        deff = _deff(after, total, used)
        return cls(
            step,
            float(before.sum()),
            total,
            *weights,
            *factors,
            deff,
            used / deff,
            worst_margin,
            worst_gap,
            iterations,
            converged,
        )


def _ranges(before: np.ndarray, after: np.ndarray) -> tuple[tuple[float, float], tuple[float, float]]:
    """Smallest and largest of the weights that are not 0 after the step, and of what each was multiplied by;
    zeros and ones where none is.
    """
    blocks = (slice(start, start + _BLOCK) for start in range(0, len(after), _BLOCK))
    found = np.array([_range(before[block], after[block]) for block in blocks])
    (small, low), (large, high) = found[:, 0].min(axis=0), found[:, 1].max(axis=0)
    if small > large:
        return (0.0, 0.0), (1.0, 1.0)
    return (float(small), float(large)), (float(low), float(high))


def _range(before: np.ndarray, after: np.ndarray) -> list[list[float]]:
    """Smallest weight and factor, and largest, of a block of rows; infinite where no row has a weight."""
    if not after.all():
        used = after != 0
        before, after = before[used], after[used]
    factors = after / before
    return [
        [values.min(initial=np.inf) for values in (after, factors)],
        [values.max(initial=-np.inf) for values in (after, factors)],
    ]


def _used(weights: np.ndarray) -> int:
    """Rows with a weight."""
    return len(weights) if weights.all() else int(np.count_nonzero(weights))


def kish_deff(weights: np.ndarray) -> float:
    """How much unequal weights alone widen the variance of a mean: n Σw² / (Σw)²; nan without weights."""
    return _deff(weights, float(weights.sum()), _used(weights))


def _deff(weights: np.ndarray, total: float, used: int) -> float:
    return used * float(weights @ weights) / total**2 if total else float("nan")


def report_table(steps: Sequence[WeightStep]) -> pd.DataFrame:
    """One row per step, in order."""
    return pd.DataFrame([asdict(step) for step in steps])
