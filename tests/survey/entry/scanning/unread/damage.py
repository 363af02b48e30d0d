"""Scanned pages on which the machine finds no code, or not enough corner marks."""

from __future__ import annotations

import cv2
import numpy as np

from tests.survey.entry.scanning.sheets import DPI, Printed


def blotted(page: np.ndarray, printed: Printed, number: int = 1) -> np.ndarray:
    """The page with ink over its QR code."""
    (place,) = (code for code in printed.layout.codes if code.page == number)
    middle = tuple(round(length * DPI / 25.4) for length in place.middle)
    cv2.circle(page, middle, round(7 * DPI / 25.4), (30, 30, 60), cv2.FILLED)
    return page


def hidden_marks(page: np.ndarray) -> np.ndarray:
    """The page without its two lower corner marks."""
    page[-round(17 * DPI / 25.4) :] = 255
    return page
