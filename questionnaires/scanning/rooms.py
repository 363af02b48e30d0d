"""Rooms for handwriting in which nothing is written. Only what is surely empty is called so: the printed
cells or lines are seen in their place, and the paper between, upon and just around them is clean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

import cv2
import numpy as np

from questionnaires.paper.layout import Box, Place, Written
from questionnaires.paper.placing.parts import COMB_GAP
from questionnaires.paper.placing.rooms import CELL, DATE_CELLS
from questionnaires.scanning.grid import PIXELS_PER_MM, View
from questionnaires.scanning.ink import LEAST_CONTRAST
from questionnaires.scanning.rings import Borders

MARGIN = 0.8
"""Millimetres around a room in which handwriting that runs over is noticed."""
AROUND = 4.0
"""Millimetres around a room from which the paper's brightness is taken, and where its lines are searched."""
PAPER = 6.0
"""Millimetres: the side of the window whose median is paper, as strokes are thin."""
LINE = 0.21
"""Millimetres: the width of a printed line."""
NEAR_LINE = 0.5
"""Millimetres to both sides of a line that may be the line's, blurred."""
SEARCHED = 1.2
LEAST_FIT = 0.7
"""Correlation of empty cells with clean ones; less, and something else is there, or too much noise."""
CLEANEST_PEAK, CLEANEST_MEAN = 0.085, 0.02
"""Darkness of a spot as wide as a stroke, and of a window of `WINDOW` millimetres, in empty paper."""
SPOT, WINDOW = 0.25, 2.0
MOST_ON_LINE = 1.45
"""Ink along a piece of line over that of the usual piece; a stroke written upon it makes it thicker."""
LEAST_LINE, LINE_PIECE = 0.006, 15.0
"""Darkness of a dotted line over the paper beside it, in each piece of so many millimetres, so that it is
known to be paper that is seen, and not a patch over it."""
LINE_HEIGHT, LINE_FOOT = 7.5, 0.18
NEAREST = 6
WORDS = ("text", "long_text")
QUESTION = 1.2
"""Millimetres at the upper edge of a room for words into which bent paper may bring the question above."""
FOOT = 0.3
"""Millimetres below its last line that are looked at: then comes other print."""


def empty_items(
    view: View, rooms: Iterable[Written], boxes: list[Box], borders: Borders | None, black: float
) -> tuple[str, ...]:
    """The items all of whose rooms on this page are surely empty. `black` as of `printed_black`."""
    empty: dict[str, bool] = {}
    for room in rooms:
        shift = _shift(room.place, boxes, borders)
        place = replace(room.place, x=room.place.x + shift[0], y=room.place.y + shift[1])
        darkness = _darkness(view, place, black)
        is_empty = darkness is not None and _is_empty(darkness, room)
        empty[room.item] = empty.get(room.item, True) and is_empty
    return tuple(item for item, is_empty in empty.items() if is_empty)


def _shift(place: Place, boxes: list[Box], borders: Borders | None) -> np.ndarray:
    """(2,) millimetres by which the paper lies aside there, as the nearest boxes tell."""
    if borders is None or not borders.clear.any():
        return np.zeros(2)
    middles = np.array([box.place.middle for box in boxes])[borders.clear]
    nearest = np.argsort(np.linalg.norm(middles - place.middle, axis=1))[:NEAREST]
    return np.median(borders.shifts[borders.clear][nearest], axis=0)


def _darkness(view: View, place: Place, black: float) -> np.ndarray | None:
    """A room and `AROUND` millimetres around it: 0 for the paper, 1 for printed black; None where a part is
    not on the scan.
    """
    size = [round((length + 2 * AROUND) * PIXELS_PER_MM) for length in (place.width, place.height)]
    x, y = place.x - AROUND, place.y - AROUND
    corners = view.pixels(np.array([(x, y), (x + size[0] / PIXELS_PER_MM, y + size[1] / PIXELS_PER_MM)]))
    height, width = view.grey.shape
    if (corners < 0).any() or (corners > [width - 1, height - 1]).any():
        return None
    step = 1 / PIXELS_PER_MM
    matrix = view.matrix @ np.array([[step, 0, x], [0, step, y], [0, 0, 1]])
    piece = cv2.warpPerspective(view.grey, matrix, tuple(size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    paper = cv2.medianBlur(piece, 2 * round(PAPER * PIXELS_PER_MM / 2) + 1).astype(np.float32)
    darkness = (1 - piece / np.maximum(paper, 1)) / np.float32(max(LEAST_CONTRAST, 1 - black))
    return np.clip(darkness, -1, 1)


def _is_empty(darkness: np.ndarray, room: Written) -> bool:
    if room.kind in WORDS:
        ends = (round(length * PIXELS_PER_MM) for length in (QUESTION + MARGIN, FOOT - MARGIN))
        between = darkness[slice(*ends)]
        return _are_lines_seen(darkness, room.place) and _is_clean(between, np.ones_like(between, bool))
    lines = _cell_lines(room, darkness.shape)
    moved, fit = _registered(darkness, lines)
    distance = cv2.distanceTransform((~lines).astype(np.uint8), cv2.DIST_L2, 5) / PIXELS_PER_MM
    if fit < LEAST_FIT or not _is_clean(moved, distance > NEAR_LINE):
        return False
    return _are_lines_bare(moved, distance <= NEAR_LINE)


def _cell_lines(room: Written, shape: tuple[int, ...]) -> np.ndarray:
    """Where the lines of the cells are printed."""
    groups = DATE_CELLS if room.kind == "date" else (max(1, round(room.place.width / CELL)),)
    cell = (room.place.width - COMB_GAP * (len(groups) - 1)) / sum(groups)
    lines = np.zeros(shape, np.uint8)
    starts = accumulate(groups[:-1], lambda x, cells: x + cells * cell + COMB_GAP, initial=0.0)
    for x, cells in zip(starts, groups, strict=True):
        for number in range(cells):
            corners = np.array([(x + number * cell, 0.0), (x + (number + 1) * cell, room.place.height)])
            upper, lower = np.rint((corners + AROUND) * PIXELS_PER_MM - 0.5).astype(int)
            cv2.rectangle(lines, upper.tolist(), lower.tolist(), 1, round(LINE * PIXELS_PER_MM))
    return lines > 0


def _registered(darkness: np.ndarray, lines: np.ndarray) -> tuple[np.ndarray, float]:
    """The room moved so that its lines lie where they should, and how well they do then, up to 1."""
    reach, edge = round(SEARCHED * PIXELS_PER_MM), round((AROUND - MARGIN) * PIXELS_PER_MM)
    template = cv2.GaussianBlur(lines[edge:-edge, edge:-edge].astype(np.float32), (0, 0), 1)
    wide = darkness[edge - reach : reach - edge, edge - reach : reach - edge].astype(np.float32)
    _low, fit, _where, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(wide, template, cv2.TM_CCOEFF_NORMED))
    moved = np.roll(darkness, (reach - y, reach - x), axis=(0, 1))
    return moved, fit


def _is_clean(darkness: np.ndarray, paper: np.ndarray) -> bool:
    """Whether nothing stands out on the paper of a room, `MARGIN` millimetres around it included."""
    edge = round((AROUND - MARGIN) * PIXELS_PER_MM)
    inner = np.s_[edge:-edge, edge:-edge]
    mask = paper.astype(np.float32)
    peaks = _mean(darkness, mask, SPOT)[inner][paper[inner]]
    means = _mean(darkness, mask, WINDOW / 2)[inner][paper[inner]]
    return bool(peaks.max() <= CLEANEST_PEAK and means.max() <= CLEANEST_MEAN)


def _mean(darkness: np.ndarray, mask: np.ndarray, width: float) -> np.ndarray:
    """Of what the mask leaves, smoothed by so many millimetres."""
    by = width * PIXELS_PER_MM
    whole = cv2.GaussianBlur(mask, (0, 0), by)
    return cv2.GaussianBlur(darkness * mask, (0, 0), by) / np.maximum(whole, 1e-3)


def _are_lines_bare(darkness: np.ndarray, near: np.ndarray) -> bool:
    """Whether no piece of the lines is darker than the others: a stroke along a line would be."""
    edge = round((AROUND - NEAR_LINE) * PIXELS_PER_MM)
    inner = np.s_[edge:-edge, edge:-edge]
    along = _mean(np.maximum(darkness, 0), near.astype(np.float32), 0.6)[inner][near[inner]]
    usual = float(np.median(along))
    return bool(usual > 0 and along.max() <= MOST_ON_LINE * usual)


def _are_lines_seen(darkness: np.ndarray, place: Place) -> bool:
    """Whether all pieces of the dotted lines of a room for words are seen."""
    count = max(1, round(place.height / LINE_HEIGHT))
    pieces = max(1, round(place.width / LINE_PIECE))
    start = round(AROUND * PIXELS_PER_MM)
    across = np.array_split(darkness[:, start:-start], pieces, axis=1)
    return all(
        _contrast(piece.mean(axis=1), AROUND + place.height * number / count - LINE_FOOT) >= LEAST_LINE
        for piece in across
        for number in range(1, count + 1)
    )


def _contrast(rows: np.ndarray, y: float) -> float:
    """How much darker the darkest row within `SEARCHED` of a height is than the usual one there."""
    middle, reach = round(y * PIXELS_PER_MM), round(SEARCHED * PIXELS_PER_MM)
    near = rows[middle - reach : middle + reach + 1]
    return float(near.max() - np.median(near))
