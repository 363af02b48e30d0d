"""Where the printed borders of the boxes really are, as paper bends and corner marks are found inexactly.

Each border is looked for near its place; a smooth bend is laid through all that are found, so that a border
hidden under a mark is known from its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from questionnaires.paper.layout import PAGE_HEIGHT, PAGE_WIDTH, ROUND, Box
from questionnaires.scanning.grid import PIXELS_PER_MM, View, offsets
from questionnaires.scanning.overlaid import jump

SEARCHED = 1.75
"""Millimetres around its place in which a border is looked for."""
COARSE = 2
"""Pixels of a patch that count as one while looking."""
STROKE = 0.3
"""Millimetres: the width of a printed border, scanned."""
CLEAR = 0.55
"""Correlation with a clean border from which its place is believed."""
NEIGHBOURS = 6
MOST_LOCAL = 0.5


@dataclass(frozen=True)
class Borders:
    """`shifts`: (n, 2) millimetres from where the plane through the corner marks puts a box to where it is;
    `fits`: (n,) correlation of each border at that place with a clean one, 0 to 1; `clear`: (n,) whether it
    was found by itself; `off`: (n,) millimetres between where it fits best and where its neighbours put it;
    `jump`: millimetres by which a part of the page lies beside the rest.
    """

    shifts: np.ndarray
    fits: np.ndarray
    clear: np.ndarray
    off: np.ndarray
    jump: float


def find_borders(view: View, boxes: list[Box]) -> Borders:
    middles = np.array([box.place.middle for box in boxes])
    maps = _correlations(view, boxes, middles)
    peaks, best = _peaks(maps)
    clear = best >= CLEAR
    bend = _bend(middles, peaks, clear)
    shifts = _neighbours(middles, bend, peaks, clear)
    off = np.linalg.norm(peaks - shifts, axis=1)
    return Borders(shifts, _at(maps, shifts), clear, off, jump(middles[clear], peaks[clear], bend[clear]))


def _correlations(view: View, boxes: list[Box], middles: np.ndarray) -> np.ndarray:
    """(n, side, side): how well a clean border fits at each shift; the middle is no shift."""
    border = max(max(box.place.width, box.place.height) for box in boxes) + 2 * STROKE
    cells = round(border * PIXELS_PER_MM / COARSE)
    wide = cells + 2 * round(SEARCHED * PIXELS_PER_MM / COARSE)
    patches, _whole = view.patches(middles, wide * COARSE)
    small = [cv2.resize(patch, (wide, wide), interpolation=cv2.INTER_AREA) for patch in patches]
    return np.array(
        [
            cv2.matchTemplate(
                patch, _template(box.shape, box.place.width, box.place.height, cells), cv2.TM_CCOEFF_NORMED
            )
            for patch, box in zip(small, boxes, strict=True)
        ]
    )


@cache
def _template(shape: str, width: float, height: float, cells: int) -> np.ndarray:
    """A clean border on white paper, softened as scanners do."""
    steps = offsets(cells, COARSE / PIXELS_PER_MM)
    inside = depth(shape, width, height, *np.meshgrid(steps, steps))
    return (1 - np.exp(-((inside / STROKE) ** 2))).astype(np.float32)


def depth(shape: str, width: float, height: float, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Millimetres from the border inwards; negative outside."""
    if shape == ROUND:
        return (1 - np.hypot(x / (width / 2), y / (height / 2))) * min(width, height) / 2
    return np.minimum(width / 2 - abs(x), height / 2 - abs(y))


def _peaks(maps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(n, 2) shifts in millimetres at which each map is highest, between its cells, and (n,) how high."""
    count, side, _ = maps.shape
    flat = maps.reshape(count, -1)
    rows, columns = np.divmod(flat.argmax(axis=1), side)
    every = np.arange(count)
    inner_rows, inner_columns = rows.clip(1, side - 2), columns.clip(1, side - 2)
    across = [maps[every, inner_rows, inner_columns + step] for step in (-1, 0, 1)]
    down = [maps[every, inner_rows + step, inner_columns] for step in (-1, 0, 1)]
    found = np.stack([inner_columns + _top(*across), inner_rows + _top(*down)], axis=1)
    return (found - (side - 1) / 2) * COARSE / PIXELS_PER_MM, flat.max(axis=1)


def _top(before: np.ndarray, here: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Where a parabola through three values, one apart, is highest."""
    curve = 2 * here - before - after
    return np.clip((after - before) / (2 * np.where(curve > 1e-6, curve, np.inf)), -0.5, 0.5)


def _bend(middles: np.ndarray, peaks: np.ndarray, clear: np.ndarray) -> np.ndarray:
    """(n, 2) shifts of a smooth bend, quadratic in both directions, through the borders found clearly."""
    x, y = (middles / [PAGE_WIDTH, PAGE_HEIGHT] - 0.5).T
    terms = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=1)[:, : 6 if clear.sum() >= 24 else 3]
    if clear.sum() < 6:
        return np.zeros_like(middles)
    weights = np.ones(clear.sum())
    for _ in range(4):  # borders found in the wrong place lose their weight
        root = np.sqrt(weights)[:, None]
        factors = np.linalg.lstsq(terms[clear] * root, peaks[clear] * root, rcond=1e-6)[0]
        weights = 1 / (1 + (np.linalg.norm(peaks[clear] - terms[clear] @ factors, axis=1) / 0.2) ** 2)
    return terms @ factors


def _neighbours(middles: np.ndarray, bend: np.ndarray, peaks: np.ndarray, clear: np.ndarray) -> np.ndarray:
    """The bend, corrected by the median of what the nearest clear borders say beside it."""
    if clear.sum() < NEIGHBOURS:
        return bend
    distances = np.linalg.norm(middles[:, None] - middles[None, clear], axis=2)
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :NEIGHBOURS]
    local = np.median((peaks - bend)[clear][nearest], axis=1)
    return bend + local.clip(-MOST_LOCAL, MOST_LOCAL)


def _at(maps: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """The highest value of each map within a cell of a shift."""
    side = maps.shape[1]
    cells = np.rint(shifts * PIXELS_PER_MM / COARSE + (side - 1) / 2).astype(int).clip(1, side - 2)
    around = [
        maps[np.arange(len(maps)), cells[:, 1] + y, cells[:, 0] + x] for x in (-1, 0, 1) for y in (-1, 0, 1)
    ]
    return np.max(around, axis=0).clip(0, 1)
