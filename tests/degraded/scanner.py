"""Paper into pixels: a page laid, turned, bent or photographed, at the resolution of a scanner."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from tests.degraded.pens import DPI

TABLE = (96, 70, 48)


@dataclass(frozen=True)
class Pose:
    """How the page lies: degrees, how far its corners are pulled as a share of its size, quarter turns, and
    the room around it as a share of its size.
    """

    angle: float = 0.0
    pull: float = 0.0
    quarters: int = 0
    room: float = 0.0


def scanned(
    page: np.ndarray,
    dpi: int,
    pose: Pose,
    random: np.random.Generator,
    ground: tuple[int, int, int] = (255,) * 3,
) -> np.ndarray:
    """The page, drawn at `pens.DPI`, as seen at `dpi`; what lies around it has the colour `ground`."""
    height, width = page.shape[:2]
    size = np.array([width, height]) * (dpi / DPI) * (1 + 2 * pose.room)
    corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]) * [width, height]
    angle = np.radians(pose.angle)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    pulled = corners * (1 + random.uniform(-pose.pull, pose.pull, (4, 2)))
    seen = pulled @ turn.T * (dpi / DPI) + size / 2
    soft, share = _softened(page, dpi)
    drawn = (corners + np.array([width, height]) / 2) * share
    matrix = cv2.getPerspectiveTransform(drawn.astype(np.float32), seen.astype(np.float32))
    target = tuple(int(length) for length in np.rint(size))
    taken = cv2.warpPerspective(soft, matrix, target, flags=cv2.INTER_LINEAR, borderValue=ground)
    return np.ascontiguousarray(np.rot90(taken, -pose.quarters))


def _softened(page: np.ndarray, dpi: int) -> tuple[np.ndarray, float]:
    """The page no sharper than this resolution shows it, and its size as a share of the page's."""
    if dpi * 2 == DPI:  # about as sharp as the blur below, far cheaper
        return cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 0.5
    return (cv2.GaussianBlur(page, (0, 0), 0.4 * DPI / dpi) if dpi < DPI else page), 1.0
