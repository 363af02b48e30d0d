"""Pieces of a straightened page, for people to look at."""

from __future__ import annotations

import cv2
import numpy as np

from questionnaires.paper.layout import PAGE_WIDTH, Place
from questionnaires.scanning.grid import PICTURE_PIXELS_PER_MM

EDGE = 8.0
QUALITY = 80


def crop(picture: bytes, place: Place, margin: float = 2.0) -> bytes:
    """A JPEG of a place, with so many millimetres around it; `picture`: the page's, of its reading."""
    page = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    if page is None:
        raise ValueError("this is no picture of a page")
    left, upper = (max(0, round((start - margin) * PICTURE_PIXELS_PER_MM)) for start in (place.x, place.y))
    right = round((place.x + place.width + margin) * PICTURE_PIXELS_PER_MM)
    lower = round((place.y + place.height + margin) * PICTURE_PIXELS_PER_MM)
    piece = page[upper:lower, left:right]
    return cv2.imencode(".jpg", piece, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()


def row_of(place: Place) -> Place:
    """The same lines across the whole page, so that the question stands beside its boxes."""
    return Place(place.page, EDGE, place.y, PAGE_WIDTH - 2 * EDGE, place.height)
