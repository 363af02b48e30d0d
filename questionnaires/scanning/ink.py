"""How much ink a box holds, measured against the paper around that box and the black printed on that page, so
that neither shadows nor stains nor a pale copy count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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
DIRECTIONS, BELOW = 48, slice(30, 43)
"""Counted clockwise from the left, as y grows downwards; those below, within 45° or so."""
BRIGHT = 75
"""Per cent of the pixels around a box that are at most as bright as what is first taken for paper; a circle
drawn there, shade and print may take more than half."""
PRINT = 0.06
"""Of the paper's brightness: what differs more from it around a box is print, a stroke or a speck."""
COARSE = 2
DARK = 0.3
FINE, WIDE = 0.7, 2.0
"""Pixels by which noise is smoothed, for the shapes of strokes and for their darkness."""
LEAST_CONTRAST = 0.25
"""Between printed black and paper, of the paper's brightness; less tells nothing."""


def printed_black(view: View, marks: list[CornerMark]) -> float:
    """The brightness of printed black over that of the paper beside it, in the middle of the corner marks."""
    levels = []
    for mark in marks:
        side = round((mark.place.width + 2) * PIXELS_PER_MM)
        patches, whole = view.patches(np.array([mark.place.middle]), side)
        if whole[0]:
            levels.append(np.percentile(patches, 10) / max(1.0, float(np.percentile(patches, 95))))
    return float(np.median(levels)) if levels else 1.0


def measure(view: View, boxes: list[Box], borders: Borders, black: float) -> list[Ink | None]:
    """The ink in each box, None where its place is not on the scan. `black` as of `printed_black`."""
    middles = np.array([box.place.middle for box in boxes]) + borders.shifts
    inks: dict[int, Ink | None] = {}
    for (shape, width, height), numbers in _alike(boxes).items():
        side = round((max(width, height) / 2 + AROUND[1]) * 2 * PIXELS_PER_MM)
        patches, whole = view.patches(middles[numbers], side)
        found = _inks(patches, _surroundings(shape, width, height, side), borders.fits[numbers], black)
        inks |= {
            number: ink if here else None for number, ink, here in zip(numbers, found, whole, strict=True)
        }
    return [inks[number] for number in range(len(boxes))]


def _alike(boxes: list[Box]) -> dict[tuple[str, float, float], list[int]]:
    """Shape and size → the positions of the boxes that have them."""
    alike: defaultdict[tuple[str, float, float], list[int]] = defaultdict(list)
    for number, box in enumerate(boxes):
        alike[box.shape, box.place.width, box.place.height].append(number)
    return alike


@dataclass(frozen=True)
class Surroundings:
    """What is alike for all boxes of one shape and size. `depths`: (side, side) millimetres inwards from the
    border; `around`: every `COARSE`th pixel each way, whether it lies in the paper around; `near`: (3, n),
    the terms of a plane there; `solver`: (n, 3), which gives the plane through the n values there.
    """

    depths: np.ndarray
    around: np.ndarray
    near: np.ndarray
    solver: np.ndarray


@cache
def _surroundings(shape: str, width: float, height: float, side: int) -> Surroundings:
    x, y = np.meshgrid(offsets(side), offsets(side))
    depths = depth(shape, width, height, x, y)
    around = ((-depths > AROUND[0]) & (-depths < AROUND[1]))[::COARSE, ::COARSE]
    near = np.stack([np.ones_like(x), x, y]).astype(np.float32)[:, ::COARSE, ::COARSE][:, around]
    return Surroundings(depths, around, near, np.linalg.pinv(near))


def _inks(patches: np.ndarray, surroundings: Surroundings, fits: np.ndarray, black: float) -> Iterator[Ink]:
    """Of all boxes of one shape and size; `patches`: (n, side, side)."""
    darkness = (1 - patches / _paper(patches, surroundings)) / np.float32(max(LEAST_CONTRAST, 1 - black))
    darkness = np.clip(darkness, -1, 1)
    shapes = (_smooth(darkness, FINE) > DARK).astype(np.uint8)
    peaks = _peaks(darkness, surroundings.depths > INSIDE)
    means = darkness[:, surroundings.depths > INSIDE].mean(axis=1)
    for mean, peak, shape, fit in zip(means, peaks, shapes, fits, strict=True):
        yield _ink(mean, peak, shape, surroundings.depths, fit)


def _paper(patches: np.ndarray, surroundings: Surroundings) -> np.ndarray:
    """(n, side, side): the brightness of the paper under each box, a plane through what is seen around it."""
    seen = _smooth(patches, WIDE / 2)[:, ::COARSE, ::COARSE][:, surroundings.around]
    rank = seen.shape[1] * BRIGHT // 100
    plane = np.partition(seen, rank, axis=1)[:, rank : rank + 1]
    for _ in range(4):  # what is no paper is drawn towards the plane, and so hardly tilts it
        factors = np.clip(seen, plane * (1 - PRINT), plane * (1 + PRINT)) @ surroundings.solver
        plane = factors @ surroundings.near
    level, across, down = factors.T[:, :, None]
    steps = offsets(patches.shape[1]).astype(np.float32)
    return np.maximum((level + across * steps)[:, None] + (down * steps)[:, :, None], 1)


def _smooth(patches: np.ndarray, by: float) -> np.ndarray:
    """Each patch smoothed; the outermost pixels take a little from other patches, and are not looked at."""
    side = patches.shape[-1]
    return cv2.GaussianBlur(patches.reshape(-1, side), (0, 0), by).reshape(patches.shape)


def _peaks(darkness: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """(n,) of the darkest spot of each interior, smoothed within it, so that the border does not count."""
    mask = inside.astype(np.float32)
    return (_smooth(darkness * mask, WIDE) / (_smooth(mask, WIDE) + 1e-6))[:, inside].max(axis=1)


def _ink(mean: float, peak: float, shapes: np.ndarray, depths: np.ndarray, fit: float) -> Ink:
    inside = depths > INSIDE
    far = _strokes(shapes, depths, FAR)
    return Ink(
        mean=_rounded(mean),
        peak=_rounded(peak),
        cover=_rounded(shapes[inside].mean()),
        reach=_rounded(_reach(shapes, inside)),
        spurs=_number(_strokes(shapes, depths, NEAR)),
        leaving=_number(far),
        below=bool(far[BELOW].any()),
        circled=_rounded(_longest(_directions_of(shapes, depths, CIRCLE))),
        fit=_rounded(fit),
    )


def _rounded(value: float) -> float:
    return round(float(value), 3)


def _reach(shapes: np.ndarray, inside: np.ndarray) -> float:
    """Of the longest stroke, over the width of the interior."""
    if not shapes[inside].any():
        return 0.0
    _count, _labels, found, _middles = cv2.connectedComponentsWithStats(shapes * inside, connectivity=8)
    longest = found[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(initial=0)
    return longest / inside.any(axis=0).sum()


def _strokes(shapes: np.ndarray, depths: np.ndarray, belt: tuple[float, float]) -> np.ndarray:
    """(DIRECTIONS,) whether ink that touches the box reaches a belt around it there."""
    inked = _directions_of(shapes, depths, belt)
    if not inked.any():
        return inked
    _count, labels = cv2.connectedComponents(shapes, connectivity=8)
    touching = np.unique(labels[(depths > -TOUCHING) & (shapes > 0)])
    inked = _directions_of(np.isin(labels, touching) & (shapes > 0), depths, belt)
    return inked | (np.roll(inked, 1) & np.roll(inked, -1))


def _number(inked: np.ndarray) -> int:
    """How many runs there are, all the way round being one."""
    return int((inked & ~np.roll(inked, 1)).sum()) or int(inked.all())


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


@cache
def _directions(side: int) -> np.ndarray:
    """(side, side): which of `DIRECTIONS` a pixel lies in, seen from the middle."""
    steps = offsets(side)
    angles = np.arctan2(*np.meshgrid(steps, steps)[::-1])
    return ((angles / (2 * np.pi) + 0.5) * DIRECTIONS).astype(int) % DIRECTIONS
