"""Sampford's design: a fixed number of units, each with exactly its chance, and every pair possible."""

from __future__ import annotations

import numpy as np

from analysis.estimation.design_error import DesignError
from analysis.samples.probabilities import certain
from questionnaires.faults import N_


def draw_sampford(chances: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Positions of a sample with P(s) ∝ Π_{i∈s} π_i / (1 − π_i) · Σ_{k∈s} (1 − π_k) (Sampford, 1967,
    Biometrika 54), the units with π = 1 always in it.

    `chances`: (N,) π, summing to a whole number n. One unit k is drawn with chance ∝ π_k (1 − π_k), each
    other unit i enters on its own with chance π_i, and the draw counts if n units came together. The product
    of these chances is P(s) above, so this is Sampford's design; it takes about √(2π Σ π (1 − π)) attempts,
    where drawing with replacement until all units differ may take forever.
    """
    sure = certain(chances)
    open_units, chances = np.flatnonzero(~sure), chances[~sure]
    needed = round(chances.sum())
    if not needed:
        return np.flatnonzero(sure)
    first = np.cumsum(chances * (1 - chances))
    while True:
        one = np.searchsorted(first, random.uniform(0, first[-1]), side="right")
        taken = random.random(len(chances)) < chances
        taken[min(one, len(chances) - 1)] = True
        if taken.sum() == needed:
            return np.sort(np.concatenate([np.flatnonzero(sure), open_units[taken]]))


def sampford_joint_probabilities(chances: np.ndarray) -> np.ndarray:
    """(N, N) chances that two units are in a Sampford sample together; the diagonal holds `chances`.

    Sampford (1967, Biometrika 54). Write B for the number of units that enter where each does so on its own
    with chance π, and B₋ for B without the units named. Then, with q = 1 − π,

    π_ij = π_i π_j [(q_i + q_j) P(B₋ij = n − 2) + Σ_{k≠i,j} π_k q_k P(B₋ijk = n − 3)]
           / Σ_k π_k q_k P(B₋k = n − 1)

    and each P is read off the characteristic function of B (a Fourier sum, stable for any N). Takes N²
    numbers. Raises DesignError where `chances` do not lie in (0, 1] or do not sum to a whole number.
    """
    chances = np.asarray(chances, dtype=float)
    if not ((chances > 0) & (chances <= 1)).all():
        raise DesignError(N_("Chances of selection lie above 0 and up to 1."))
    if abs(chances.sum() - round(chances.sum())) > 1e-6:
        raise DesignError(
            N_("Chances of a sample of fixed size sum to a whole number; these sum to %(sum)s."),
            sum=float(chances.sum()),
        )
    joint = np.outer(chances, chances)
    free = np.flatnonzero(~certain(chances))
    if len(free):
        joint[np.ix_(free, free)] = _joint(chances[free])
    np.fill_diagonal(joint, chances)
    return joint


def _joint(chances: np.ndarray) -> np.ndarray:
    size, absent = round(chances.sum()), 1 - chances
    points = len(chances) + 1 + len(chances) % 2  # odd: at −1 a factor with π = ½ would vanish
    turn = np.exp(2j * np.pi * np.arange(points) / points)
    factors = absent[:, None] + chances[:, None] * turn  # units × points
    whole = np.exp(np.log(factors).sum(axis=0)) / points
    without = 1 / factors
    ones = (chances * absent)[:, None] * without
    alone = (whole * ones.sum(axis=0) * turn ** (1 - size)).sum().real
    two = whole * turn ** (2 - size)
    three = whole * turn ** (3 - size)
    pairs = ((without * two) @ without.T).real * (absent[:, None] + absent)
    other = ones.sum(axis=0)
    mixed = ((without * ones * three) @ without.T).real
    pairs += ((without * other * three) @ without.T).real - mixed - mixed.T
    return np.outer(chances, chances) * pairs / alone
