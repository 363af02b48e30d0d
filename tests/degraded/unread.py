"""Pages whose QR code nobody can read any more: a page drawn at `pens.DPI` in, the same size out."""

from __future__ import annotations

import cv2
import numpy as np

from questionnaires.paper.layout import Layout
from tests.degraded.pens import DPI

PIXELS_PER_MM = DPI / 25.4
TORN = (42.0, 30.0)
"""Millimetres of the upper right corner that are gone, its mark and the code in it."""


def blotted(page: np.ndarray, layout: Layout, number: int) -> np.ndarray:
    """Ink over the middle of the code."""
    made = page.copy()
    for place in layout.codes:
        if place.page == number:
            middle = tuple(round(length * PIXELS_PER_MM) for length in place.middle)
            cv2.circle(made, middle, round(place.width * 0.4 * PIXELS_PER_MM), (35, 30, 60), cv2.FILLED)
    return made


def torn(page: np.ndarray, _layout: Layout, _number: int) -> np.ndarray:
    """The corner with the code torn off, and one corner mark with it."""
    made, (x, y) = page.copy(), (page.shape[1], 0)
    across, down = (length * PIXELS_PER_MM for length in TORN)
    gone = np.array([(x, y), (x - across, y), (x, y + down)])
    cv2.fillPoly(made, [np.rint(gone).astype(np.int32)], (255, 255, 255))
    code = np.array([(x - across, y), (x, y), (x, y + down), (x - across, y + down)])
    cv2.fillConvexPoly(made, np.rint(code).astype(np.int32), (255, 255, 255))
    return made


WAYS = {"blotted": blotted, "torn": torn}
