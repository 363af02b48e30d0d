"""Faster than anybody can read."""

from __future__ import annotations

SECONDS_PER_ITEM = 2
"""Nobody is likely to answer an item with care in less: Huang, Curran, Keeney, Poposki & DeShon (2012),
"Detecting and deterring insufficient effort responding to surveys", Journal of Business and Psychology 27,
99–114."""


def too_fast(items_answered: int, seconds: float) -> bool:
    """Whether so many answers took less than two seconds each; time that runs backwards tells nothing."""
    return 0 <= seconds < SECONDS_PER_ITEM * items_answered
