"""The straight page: a view from millimetres on the form to pixels of the scan."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from questionnaires.paper.layout import PAGE_HEIGHT, PAGE_WIDTH

PIXELS_PER_MM = 8
"""Of straightened pages: 203 dpi, at which a stroke of a pen is three pixels wide."""
MM_PER_INCH = 25.4


@dataclass(frozen=True)
class View:
    """`matrix`: (3, 3), from millimetres on the form's page to pixels of `grey`, (height, width) uint8."""

    grey: np.ndarray
    matrix: np.ndarray

    @property
    def dpi(self) -> int:
        """Pixels an inch in the middle of the page."""
        return round(self.scale * MM_PER_INCH)

    @property
    def scale(self) -> float:
        """Pixels a millimetre in the middle of the page."""
        x, y = PAGE_WIDTH / 2, PAGE_HEIGHT / 2
        middle, right, below = self.pixels(np.array([[x, y], [x + 1, y], [x, y + 1]]))
        return float(np.sqrt(np.linalg.norm(right - middle) * np.linalg.norm(below - middle)))

    def pixels(self, millimetres: np.ndarray) -> np.ndarray:
        """(n, 2) or (height, width, 2) places on the form → the same shape in the scan."""
        flat = millimetres.reshape(-1, 1, 2).astype(np.float64)
        return cv2.perspectiveTransform(flat, self.matrix).reshape(millimetres.shape)

    def straightened(self) -> np.ndarray:
        """The whole page, grey, `PIXELS_PER_MM`; white where the scan ends."""
        size = round(PAGE_WIDTH * PIXELS_PER_MM), round(PAGE_HEIGHT * PIXELS_PER_MM)
        matrix = self.matrix @ np.diag([1 / PIXELS_PER_MM, 1 / PIXELS_PER_MM, 1])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return cv2.warpPerspective(self.grey, matrix, size, flags=flags, borderValue=255)

    def patches(self, middles: np.ndarray, side: int) -> np.ndarray:
        """Squares of `side` pixels of `PIXELS_PER_MM` around `middles`, (n, 2) millimetres: (n, side, side)
        float32 grey; NaN where the scan ends.
        """
        steps = offsets(side)
        places = self.pixels(middles[:, None, None, :] + np.stack(np.meshgrid(steps, steps), axis=-1))
        flat = places.reshape(len(middles) * side, side, 2).astype(np.float32)
        taken = cv2.remap(self.grey, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderValue=255)
        values = taken.astype(np.float32)
        height, width = self.grey.shape
        beyond = (flat < 0).any(axis=2) | (flat[..., 0] > width - 1) | (flat[..., 1] > height - 1)
        values[beyond] = np.nan
        return values.reshape(len(middles), side, side)


def offsets(side: int, step: float = 1 / PIXELS_PER_MM) -> np.ndarray:
    """(side,) millimetres from the middle of a square to the middles of its pixels."""
    return (np.arange(side) - (side - 1) / 2) * step
