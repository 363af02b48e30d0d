"""What was done to one box: two thresholds for everything, and uncertain whatever lies between them."""

from __future__ import annotations

from questionnaires.paper.layout import Box
from questionnaires.scanning.readings import EMPTY, MARKED, UNCERTAIN, UNSEEN, VOID, BoxReading, Ink

LEAST_FIT, MOST_OFF = 0.5, 0.6
"""A border seen worse, or further in millimetres from where its neighbours put it, is not believed."""
EMPTY_PEAK, EMPTY_MEAN, BRIGHTEST_MEAN = 0.2, 0.035, -0.1
"""Noise makes dark spots but not a dark mean; a thin faint stroke raises the mean before the peak. And an
interior much brighter than the paper around it has no paper around it."""
MARKED_PEAK, MARKED_COVER, MARKED_REACH = 0.42, 0.12, 0.5
FILLED = 0.65
"""Of the interior under ink: more than the strokes of a cross or a tick cover."""
CROSSED, TWO_STROKES = 3, 0.45
"""Strokes out of a box, and its interior under ink, from which a stroke downwards is the leg of a cross."""
CROSSED_OUT = 4
"""Strokes that leave a filled box where a cross goes over it."""
CIRCLED = 0.27
"""Of the way round a box: a digit, a rule and the next box take less without a gap."""
BLOTTED = 0.4
"""Of the way round a marked box: one that is scribbled over is dark all around."""
TOUCHED = 3
"""Strokes at the border of an empty box where a circle runs over the corners of a square."""
PASSED = 2
"""Strokes at the border and beyond it where a line only just passes an empty box."""


def box_reading(box: Box, ink: Ink | None, off: float) -> BoxReading:
    """`off`: millimetres between the border's best place and where its neighbours put it."""
    return BoxReading(box, UNSEEN if ink is None else _state(ink, off), ink)


def _state(ink: Ink, off: float) -> str:
    if is_clean(ink):
        return EMPTY if ink.fit >= LEAST_FIT and off <= MOST_OFF else UNSEEN
    if ink.cover >= FILLED and min(ink.spurs, ink.leaving) >= CROSSED_OUT and ink.circled < BLOTTED:
        return VOID
    strong = ink.peak >= MARKED_PEAK and ink.cover >= MARKED_COVER and ink.reach >= MARKED_REACH
    return MARKED if strong and not _may_be_something_else(ink) else UNCERTAIN


def is_clean(ink: Ink) -> bool:
    passed = ink.spurs >= TOUCHED or min(ink.spurs, ink.leaving) >= PASSED or ink.circled >= CIRCLED
    return ink.peak <= EMPTY_PEAK and BRIGHTEST_MEAN <= ink.mean <= EMPTY_MEAN and not passed


def _may_be_something_else(ink: Ink) -> bool:
    """A large cross that takes a mark back, a line through everything, a blot, the tail of a large tick in a
    box below.
    """
    spurred = ink.spurs > 1 and ink.cover >= FILLED
    from_below = ink.below and ink.spurs < CROSSED and ink.cover < TWO_STROKES
    return ink.leaving > 1 or ink.circled >= BLOTTED or spurred or from_below
