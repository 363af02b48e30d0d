"""The record of each step of weighting: what the weights were before and after, and how far they spread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
        factors = factors or _range(*_in_blocks(_factors, before, after), 1.0)
        weights = _range(*_in_blocks(_weights, before, after), 0.0)
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


def _in_blocks(
    look: Callable[[np.ndarray, np.ndarray], np.ndarray], before: np.ndarray, after: np.ndarray
) -> tuple[float, float]:
    """Smallest and largest of what `look` finds in the rows that have a weight after the step; infinite
    where none has.
    """
    low, high = np.inf, -np.inf
    for start in range(0, len(after), _BLOCK):
        old, new = before[start : start + _BLOCK], after[start : start + _BLOCK]
        if not new.all():
            old, new = old[new != 0], new[new != 0]
        found = look(old, new)
        low, high = min(low, found.min(initial=np.inf)), max(high, found.max(initial=-np.inf))
    return float(low), float(high)


def _factors(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    return after / before


def _weights(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    return after


def _range(low: float, high: float, without: float) -> tuple[float, float]:
    """The range, or that of a value `without` rows."""
    return (low, high) if low <= high else (without, without)


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
