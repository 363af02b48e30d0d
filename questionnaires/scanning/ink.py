"""How much ink a box holds, measured against the paper around that box and the black printed on that page, so
that neither shadows nor stains nor a pale copy count.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from questionnaires.paper.layout import Box, CornerMark
from questionnaires.scanning.grid import PIXELS_PER_MM, View, offsets
from questionnaires.scanning.readings import Ink
from questionnaires.scanning.rings import Borders, depth

INSIDE = 0.55
"""Millimetres inside the border from which ink is a person's and not the border's, blurred."""
AROUND = 0.35, 2.0
"""Millimetres outside the border between which the paper is looked at."""
NEAR, FAR = (0.5, 0.8), (0.95, 1.2)
"""Millimetres outside the border where strokes are counted: a hasty cross, and one that takes a mark back."""
CIRCLE = 0.4, 1.9
"""Millimetres outside the border between which a circle drawn around the box is noticed."""
TOUCHING = 0.3
PRINT = 0.06
"""Of the paper's brightness: what differs more from it around a box is print, a stroke or a speck."""
DARK = 0.3
FINE, WIDE = 0.7, 2.0
"""Pixels by which noise is smoothed, for the shapes of strokes and for their darkness."""
LEAST_CONTRAST = 0.25
"""Between printed black and paper, of the paper's brightness; less tells nothing."""


def printed_black(view: View, marks: list[CornerMark]) -> float:
    """The brightness of printed black over that of the paper beside it, in the middle of the corner marks."""
    levels = []
    for mark in marks:
        patch = view.patches(np.array([mark.place.middle]), round((mark.place.width + 2) * PIXELS_PER_MM))[0]
        if not np.isnan(patch).any():
            levels.append(np.percentile(patch, 10) / max(1.0, float(np.percentile(patch, 95))))
    return float(np.median(levels)) if levels else 1.0


def measure(view: View, boxes: list[Box], borders: Borders, black: float) -> list[Ink | None]:
    """The ink in each box, None where its place is not on the scan. `black` as of `printed_black`."""
    middles = np.array([box.place.middle for box in boxes]) + borders.shifts
    widest = max(max(box.place.width, box.place.height) for box in boxes)
    side = round((widest / 2 + AROUND[1]) * 2 * PIXELS_PER_MM)
    patches = view.patches(middles, side)
    return [
        None
        if np.isnan(patch).any()
        else _ink(patch, _surroundings(box.shape, box.place.width, box.place.height, side), float(fit), black)
        for patch, box, fit in zip(patches, boxes, borders.fits, strict=True)
    ]


@dataclass(frozen=True)
class Surroundings:
    """What is alike for all boxes of one shape and size: (side, side) each, millimetres inwards from the
    border, and whether a pixel lies in the paper around; `terms`, (side, side, 3), and `near`, (n, 3), of a
    plane everywhere and there; `solver`, (3, n), which gives the plane through the n values there.
    """

    depths: np.ndarray
    around: np.ndarray
    terms: np.ndarray
    near: np.ndarray
    solver: np.ndarray


@cache
def _surroundings(shape: str, width: float, height: float, side: int) -> Surroundings:
    x, y = np.meshgrid(offsets(side), offsets(side))
    depths = depth(shape, width, height, x, y)
    around = (-depths > AROUND[0]) & (-depths < AROUND[1])
    terms = np.stack([np.ones_like(x), x, y], axis=-1)
    return Surroundings(depths, around, terms, terms[around], np.linalg.pinv(terms[around]))


def _ink(patch: np.ndarray, surroundings: Surroundings, fit: float, black: float) -> Ink:
    darkness = (1 - patch / _paper(patch, surroundings)) / max(LEAST_CONTRAST, 1 - black)
    darkness = np.clip(darkness, -1, 1).astype(np.float32)
    inside = surroundings.depths > INSIDE
    shapes = (cv2.GaussianBlur(darkness, (0, 0), FINE) > DARK).astype(np.uint8)
    return Ink(
        mean=_rounded(darkness[inside].mean()),
        peak=_rounded(_peak(darkness, inside)),
        cover=_rounded(shapes[inside].mean()),
        reach=_rounded(_reach(shapes * inside, inside)),
        spurs=_strokes(shapes, surroundings.depths, NEAR),
        leaving=_strokes(shapes, surroundings.depths, FAR),
        circled=_rounded(_longest(_directions_of(shapes, surroundings.depths, CIRCLE))),
        fit=_rounded(fit),
    )


def _paper(patch: np.ndarray, surroundings: Surroundings) -> np.ndarray:
    """(side, side): the brightness of the paper under the box, a plane through what is seen around it."""
    seen = patch[surroundings.around].astype(np.float64)
    plane = np.full_like(seen, np.median(seen))
    for _ in range(3):  # what is no paper is drawn towards the plane, and so hardly tilts it
        factors = surroundings.solver @ np.clip(seen, plane * (1 - PRINT), plane * (1 + PRINT))
        plane = surroundings.near @ factors
    return np.maximum(surroundings.terms @ factors, 1.0)


def _peak(darkness: np.ndarray, inside: np.ndarray) -> float:
    """Of the darkest spot of the interior, smoothed within it, so that the border does not count."""
    mask = inside.astype(np.float32)
    smooth = cv2.GaussianBlur(darkness * mask, (0, 0), WIDE) / (cv2.GaussianBlur(mask, (0, 0), WIDE) + 1e-6)
    return smooth[inside].max()


def _rounded(value: float) -> float:
    return round(float(value), 3)


def _reach(shapes: np.ndarray, inside: np.ndarray) -> float:
    """Of the longest stroke, over the width of the interior."""
    _count, _labels, found, _middles = cv2.connectedComponentsWithStats(shapes, connectivity=8)
    longest = found[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(initial=0)
    return longest / inside.any(axis=0).sum()


def _strokes(shapes: np.ndarray, depths: np.ndarray, belt: tuple[float, float]) -> int:
    """Strokes that touch the box and reach a belt around it, counted around the box."""
    if not _directions_of(shapes, depths, belt).any():
        return 0
    _count, labels = cv2.connectedComponents(shapes, connectivity=8)
    touching = np.unique(labels[(depths > -TOUCHING) & (shapes > 0)])
    inked = _directions_of(np.isin(labels, touching) & (shapes > 0), depths, belt)
    closed = inked | (np.roll(inked, 1) & np.roll(inked, -1))
    return int((closed & ~np.roll(closed, 1)).sum()) or int(closed.all())


def _longest(inked: np.ndarray) -> float:
    """Of the longest run without a gap, over the whole way round."""
    gaps = np.flatnonzero(~inked)
    if not len(gaps):
        return 1.0
    return (np.diff(gaps, append=gaps[0] + len(inked)).max() - 1) / len(inked)


def _directions_of(shapes: np.ndarray, depths: np.ndarray, belt: tuple[float, float]) -> np.ndarray:
    """(DIRECTIONS,) whether there is ink in a belt around the box."""
    inked = (-depths > belt[0]) & (-depths < belt[1]) & (shapes > 0)
    return np.bincount(_directions(depths.shape[0])[inked], minlength=DIRECTIONS) > 0


DIRECTIONS = 48


@cache
def _directions(side: int) -> np.ndarray:
    """(side, side): which of `DIRECTIONS` a pixel lies in, seen from the middle."""
    steps = offsets(side)
    angles = np.arctan2(*np.meshgrid(steps, steps)[::-1])
    return ((angles / (2 * np.pi) + 0.5) * DIRECTIONS).astype(int) % DIRECTIONS
