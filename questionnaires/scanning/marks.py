"""Corner marks and QR codes: the printed things by which a page is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import cv2
import numpy as np
import zxingcpp

from questionnaires.paper.layout import CornerMark, Place
from questionnaires.scanning.grid import View

Corners = np.ndarray
"""(4, 2) pixels, clockwise from the mark's own upper left."""
Pair = tuple[Corners, Corners]
"""The corners of one thing in millimetres on the form, and in pixels."""

PATTERNS = range(4)
SEARCHED = 12.0
"""Millimetres to each side of a mark in which it is looked for at first: a small code shows the direction
well, and the distance of the far corners only roughly."""


def codes(grey: np.ndarray) -> list[tuple[str, Corners]]:
    """Text and corners of each QR code that can be read."""
    found = zxingcpp.read_barcodes(
        grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]), try_invert=False
    )
    return [(code.text, _corners(code.position)) for code in found]


def _corners(position: zxingcpp.Position) -> Corners:
    points = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    return np.array([(point.x, point.y) for point in points], dtype=np.float64)


def corner_marks(grey: np.ndarray) -> dict[int, Corners]:
    """Number of the pattern → its corners, wherever on the scan. Patterns found twice, as where two pages lie
    on one photograph, are left out.
    """
    corners, patterns, _ = _detector().detectMarkers(grey)
    numbers = [] if patterns is None else [int(pattern) for pattern in patterns.ravel()]
    return {
        number: found.reshape(4, 2).astype(np.float64)
        for number, found in zip(numbers, corners, strict=True)
        if number in PATTERNS and numbers.count(number) == 1
    }


def marks_near(view: View, marks: Iterable[CornerMark]) -> dict[int, Corners]:
    """As `corner_marks`, of marks that stand about where a rough view shows them: much faster."""
    found: dict[int, Corners] = {}
    for mark in marks:
        upper, lower = _window(view, mark.place)
        window = view.grey[upper[1] : lower[1], upper[0] : lower[0]]
        if min(window.shape) >= 16:
            near = corner_marks(window)
            found |= {pattern: near[pattern] + upper for pattern in near if pattern == mark.pattern}
    return found


def _window(view: View, place: Place) -> tuple[np.ndarray, np.ndarray]:
    x, y = place.middle
    half = place.width / 2 + SEARCHED
    square = np.array(
        [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    )
    pixels, size = view.pixels(square), np.array(view.grey.shape[::-1])
    upper = np.clip(np.floor(pixels.min(axis=0)), 0, size).astype(int)
    return upper, np.clip(np.ceil(pixels.max(axis=0)), 0, size).astype(int)


@cache
def _detector() -> cv2.aruco.ArucoDetector:
    settings = cv2.aruco.DetectorParameters()
    settings.adaptiveThreshWinSizeMin = 5
    settings.adaptiveThreshWinSizeMax = 45
    settings.adaptiveThreshWinSizeStep = 20
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    settings.minMarkerPerimeterRate = 0.02
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), settings)


def corners_of(place: Place) -> Corners:
    """Millimetres, in the same order."""
    right, below = place.x + place.width, place.y + place.height
    return np.array([(place.x, place.y), (right, place.y), (right, below), (place.x, below)])


def similarity(pairs: Sequence[Pair]) -> np.ndarray:
    """(3, 3) that moves, turns and scales alike. Of corners close together, anything finer would be a guess
    further away.
    """
    sources, targets = (np.concatenate(side) for side in zip(*pairs, strict=True))
    source, target = (side.view(np.complex128)[:, 0] for side in (sources, targets))
    around, towards = source - source.mean(), target - target.mean()
    turn = np.vdot(around, towards) / np.vdot(around, around)
    move = target.mean() - turn * source.mean()
    return np.array([[turn.real, -turn.imag, move.real], [turn.imag, turn.real, move.imag], [0, 0, 1]])


def homography(pairs: Sequence[Pair]) -> np.ndarray | None:
    """(3, 3) from the first corners of each pair to the second, None where they allow none."""
    sources, targets = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return cv2.findHomography(sources, targets)[0]
