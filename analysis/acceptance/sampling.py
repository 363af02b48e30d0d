"""Acceptance sampling: how many forms of a lot to look at, and how many of them may be wrong.

Single sampling by attributes from a finite lot, without replacement: the number of wrong forms in the sample
is hypergeometric. The two-point method of W. C. Guenther (1969), "Use of the binomial, hypergeometric and
Poisson tables to obtain sampling plans", Journal of Quality Technology 1(2): 105–109.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

CONSUMERS_RISK = 0.10
PRODUCERS_RISK = 0.05
ROUNDING = 1e-9  # 0.07 × 100 is a little more than 7


@dataclass(frozen=True)
class SamplingPlan:
    """Look at `size` forms of the `lot`; accept it where at most `acceptance_number` of them are wrong."""

    lot: int
    size: int
    acceptance_number: int

    def accepts(self, wrong: int) -> float:
        """The probability that a lot with so many wrong forms passes, 0 to 1."""
        return acceptance_probability(self.lot, wrong, self.size, self.acceptance_number)

    def producers_risk(self, good: float) -> float:
        """The probability that a lot with at most the share `good` of wrong forms is rejected, at worst."""
        return 1 - self.accepts(most_wrong(self.lot, good))

    def consumers_risk(self, bad: float) -> float:
        """The probability that a lot with at least the share `bad` of wrong forms passes, at worst."""
        return self.accepts(fewest_wrong(self.lot, bad))


def most_wrong(lot: int, good: float) -> int:
    """The most wrong forms of a lot that are no more than this share."""
    return math.floor(lot * good + ROUNDING)


def fewest_wrong(lot: int, bad: float) -> int:
    """The fewest wrong forms of a lot that are no less than this share."""
    return math.ceil(lot * bad - ROUNDING)


def acceptance_probability(lot: int, wrong: int, size: int, acceptance_number: int) -> float:
    """P(at most `acceptance_number` wrong among `size` drawn from `lot` forms, `wrong` of them wrong)."""
    from scipy.stats import hypergeom  # slow to import

    return float(hypergeom.cdf(acceptance_number, lot, wrong, size))


def find_plan(
    lot: int,
    good: float,
    bad: float,
    *,
    producers_risk: float = PRODUCERS_RISK,
    consumers_risk: float = CONSUMERS_RISK,
) -> SamplingPlan:
    """The smallest sample that rejects a lot with a share `good` (AQL) of wrong forms with at most the
    producer's risk, and accepts one with a share `bad` (LTPD) with at most the consumer's.

    Shares and risks are between 0 and 1. Raises ValueError for others.
    """
    is_sound = lot >= 1 and 0 <= good < bad <= 1
    if not (is_sound and 0 < producers_risk < 1 and 0 < consumers_risk < 1):
        raise ValueError("a lot has at least 1 form, good is below bad, shares and risks are between 0 and 1")
    few, many = most_wrong(lot, good), fewest_wrong(lot, bad)
    for acceptance_number in range(few + 1):
        size = smallest_sample(lot, many, acceptance_number, consumers_risk)
        if acceptance_probability(lot, few, size, acceptance_number) >= 1 - producers_risk:
            return SamplingPlan(lot, size, acceptance_number)
    raise AssertionError("to look at every form decides for certain")


def smallest_sample(lot: int, wrong: int, acceptance_number: int, risk: float) -> int:
    """The fewest forms that let a lot with so many wrong ones pass with at most this risk."""
    low, high = acceptance_number, lot
    while high - low > 1:  # the probability falls as the sample grows
        middle = (low + high) // 2
        if acceptance_probability(lot, wrong, middle, acceptance_number) <= risk:
            high = middle
        else:
            low = middle
    return high
