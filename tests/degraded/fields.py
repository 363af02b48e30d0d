"""Light and shifts that change slowly across a picture, in numbers of half the usual size to save time."""

from __future__ import annotations

import cv2
import numpy as np


def dimmed(image: np.ndarray, shares: list[np.ndarray]) -> np.ndarray:
    """What is left of red, green and blue where each place keeps a share of them."""
    channels = zip(cv2.split(image), shares, strict=True)
    return cv2.merge([cv2.multiply(channel, share, dtype=cv2.CV_8U) for channel, share in channels])


def places(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(1, width) and (height, 1): how far across and down, 0 to 1."""
    height, width = image.shape[:2]
    return np.linspace(0, 1, width)[None], np.linspace(0, 1, height)[:, None]


def across(x: np.ndarray, y: np.ndarray, angle: float) -> np.ndarray:
    """(height, width): how far each place lies in the direction of an angle."""
    return summed(x * np.cos(angle), y * np.sin(angle))


def summed(row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """A row and a column added up to (height, width)."""
    return row.astype(np.float32) + column.astype(np.float32)
