"""The record of each step of weighting: what the weights were before and after, and how far they spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd


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
        kept, factors = _kept(before, after)
        deff = kish_deff(after)
        return cls(
            step,
            float(before.sum()),
            float(after.sum()),
            float(kept.min()),
            float(kept.max()),
            float(factors.min()),
            float(factors.max()),
            deff,
            float(kept.any()) * len(kept) / deff,
            worst_margin,
            worst_gap,
            iterations,
            converged,
        )


def _kept(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The weights that are not 0 after the step, and by what each was multiplied; 0 and 1 where none is."""
    if after.all():
        return after, after / before
    used = after != 0
    return (after[used], after[used] / before[used]) if used.any() else (np.zeros(1), np.ones(1))


def kish_deff(weights: np.ndarray) -> float:
    """How much unequal weights alone widen the variance of a mean: n Σw² / (Σw)²; nan without weights."""
    total = float(weights.sum())
    rows = len(weights) if weights.all() else np.count_nonzero(weights)
    return rows * float(weights @ weights) / total**2 if total else float("nan")


def report_table(steps: Sequence[WeightStep]) -> pd.DataFrame:
    """One row per step, in order."""
    return pd.DataFrame([asdict(step) for step in steps])
