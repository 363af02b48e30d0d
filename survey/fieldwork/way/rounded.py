"""Counts of people as they may be shown: in a small survey, an exact one could single somebody out."""

from __future__ import annotations

STEP = 5
"""Counts are rounded to fives, so that none can be told from the differences of others; fewer than five,
but somebody, stays unsaid."""


def shown(count: int) -> int | None:
    """The count to show; None of one to four people."""
    return None if 0 < count < STEP else STEP * ((count + STEP // 2) // STEP)


def share(part: int, whole: int) -> float | None:
    """In percent of what is shown; None where that is too few to say, or nothing."""
    said, out_of = shown(part), shown(whole)
    return 100 * said / out_of if said is not None and out_of else None
