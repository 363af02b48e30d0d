"""The straight page: a view from millimetres on the form to pixels of the scan."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from questionnaires.paper.layout import PAGE_HEIGHT, PAGE_WIDTH

PIXELS_PER_MM = 8
"""Of what is measured: 203 dpi, at which a stroke of a pen is three pixels wide."""
PICTURE_PIXELS_PER_MM = 6
"""Of straightened pages kept as pictures: 152 dpi, at which handwriting is read with ease."""
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
        """The whole page, grey, `PICTURE_PIXELS_PER_MM`; white where the scan ends."""
        scale = PICTURE_PIXELS_PER_MM
        size = round(PAGE_WIDTH * scale), round(PAGE_HEIGHT * scale)
        matrix = self.matrix @ np.diag([1 / scale, 1 / scale, 1])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return cv2.warpPerspective(self.grey, matrix, size, flags=flags, borderValue=255)

    def patches(self, middles: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
        """Squares of `side` pixels of `PIXELS_PER_MM` around `middles`, (n, 2) millimetres: (n, side, side)
        float32 grey, white where the scan ends; and (n,) whether all of each is on the scan.
        """
        corner = self.pixels(middles).astype(np.float32)
        across, down = (self.pixels(middles + step).astype(np.float32) - corner for step in ([1, 0], [0, 1]))
        steps = offsets(side).astype(np.float32)
        columns, rows = (  # a patch is so small that its perspective does not show
            (corner[:, axis, None, None] + across[:, axis, None, None] * steps)
            + down[:, axis, None, None] * steps[:, None]
            for axis in (0, 1)
        )
        flat = len(middles) * side, side
        maps = columns.reshape(flat), rows.reshape(flat)
        taken = cv2.remap(self.grey, *maps, cv2.INTER_LINEAR, borderValue=255).astype(np.float32)
        return taken.reshape(columns.shape), self._are_inside(columns, rows)

    def _are_inside(self, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
        height, width = self.grey.shape
        ends = np.s_[:, :: columns.shape[1] - 1, :: columns.shape[1] - 1]
        x, y = columns[ends], rows[ends]
        return ((x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)).all(axis=(1, 2))


def offsets(side: int, step: float = 1 / PIXELS_PER_MM) -> np.ndarray:
    """(side,) millimetres from the middle of a square to the middles of its pixels."""
    return (np.arange(side) - (side - 1) / 2) * step
