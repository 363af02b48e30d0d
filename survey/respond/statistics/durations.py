"""Times on a page as a histogram: how many took so long, never how long one took."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

BOUNDS = (5, 10, 20, 40, 80, 160, 320)
"""Seconds between the buckets: the first holds what took less than five, the last what took the most."""
BUCKETS = len(BOUNDS) + 1
LONGEST = 3600  # a page left open over lunch tells nothing


def bucket(seconds: float) -> int | None:
    """The bucket of a time; None of one that is no time spent on a page."""
    return bisect_right(BOUNDS, seconds) if 0 <= seconds <= LONGEST else None


def median(histogram: Sequence[int]) -> float | None:
    """About the middle time in seconds, as if times lay evenly within their bucket; None of no times.

    In the last bucket, which has no end, it is infinite.
    """
    half = sum(histogram) / 2
    if not half:
        return None
    reached = [*accumulate(histogram)]
    place = next(number for number, up_to in enumerate(reached) if up_to >= half)
    if place == len(BOUNDS):
        return float("inf")
    low, high = (0, *BOUNDS)[place], BOUNDS[place]
    return low + (high - low) * (half - (reached[place] - histogram[place])) / histogram[place]
