"""Strokes of pens on a printed page, drawn at `DPI` on an RGB picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

DPI = 300
PIXELS_PER_MM = DPI / 25.4
FRACTION_BITS = 4


@dataclass(frozen=True)
class Pen:
    """`colour`: RGB at full pressure; `width`: millimetres; `grain`: 0 for ink, towards 1 for graphite."""

    colour: tuple[int, int, int]
    width: float
    grain: float = 0.0


BLUE = Pen((38, 56, 150), 0.45)
BLACK = Pen((35, 35, 38), 0.45)
THIN = Pen((38, 56, 150), 0.28)
RED = Pen((200, 40, 45), 0.45)
PENCIL = Pen((88, 88, 92), 0.6, 0.25)
LIGHT_PENCIL = Pen((165, 165, 168), 0.6, 0.3)
RUBBED_PENCIL = Pen((224, 224, 225), 0.9, 0.5)
"""What a rubber leaves."""
ORDINARY = (BLUE, BLACK, THIN, RED, PENCIL)


def stroke(page: np.ndarray, points: np.ndarray, pen: Pen, random: np.random.Generator) -> None:
    """Draw a line through `points`, (n, 2) millimetres, onto the page; ink darkens what is there."""
    pixels = points * PIXELS_PER_MM
    margin = int(pen.width * PIXELS_PER_MM) + 3
    size = np.array(page.shape[1::-1])
    upper = np.clip(np.floor(pixels.min(axis=0)).astype(int) - margin, 0, size)
    lower = np.clip(np.ceil(pixels.max(axis=0)).astype(int) + margin, 0, size)
    if (lower <= upper).any():
        return
    mask = np.zeros((lower - upper)[::-1], np.uint8)
    line = np.rint((pixels - upper) * 2**FRACTION_BITS).astype(np.int32)
    width = max(1, round(pen.width * PIXELS_PER_MM))
    cv2.polylines(mask, [line], False, 255, width, cv2.LINE_AA, FRACTION_BITS)
    if pen.grain:
        mask = np.rint(mask * (1 - pen.grain * random.random(mask.shape, np.float32))).astype(np.uint8)
    place = page[upper[1] : lower[1], upper[0] : lower[0]]
    np.minimum(place, cv2.LUT(cv2.merge([mask] * 3), _tones(pen.colour)), out=place)


@cache
def _tones(colour: tuple[int, int, int]) -> np.ndarray:
    """What each level of cover, 0 to 255, leaves of white paper."""
    cover = np.arange(256)[None, :, None] / 255
    return (255 - cover * (255 - np.array(colour))).astype(np.uint8)
