"""How people mark a box: each kind draws one box, given its middle and width in millimetres."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.degraded.pens import Pen, stroke

Draw = Callable[[np.ndarray, np.ndarray, float, Pen, np.random.Generator], None]
"""(page, middle, width, pen, random) → drawn on the page."""


def filled(page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator) -> None:
    """Hatched to and fro until hardly any paper is left."""
    _hatched(page, middle + random.normal(0, 0.15, 2), width * random.uniform(0.85, 1.05), 0.8, pen, random)


def sloppy(page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator) -> None:
    """Half to two thirds of the box, off its middle."""
    _hatched(page, middle + random.normal(0, 0.25, 2), width * random.uniform(0.7, 0.82), 1.1, pen, random)


def tick(page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator) -> None:
    low = middle + width * np.array([random.uniform(-0.15, 0.05), random.uniform(0.2, 0.42)])
    start = low + width * np.array([random.uniform(-0.42, -0.25), random.uniform(-0.45, -0.25)])
    end = low + width * np.array([random.uniform(0.4, 0.75), random.uniform(-1.05, -0.7)])
    stroke(page, _shaky([start, low, end], random), pen, random)


def large_tick(
    page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator
) -> None:
    """With a tail that may end in the box above."""
    end = middle + width * np.array([random.uniform(0.3, 0.9), -random.uniform(1.0, 1.9)])
    low = middle + width * np.array([random.uniform(-0.1, 0.1), random.uniform(0.2, 0.6)])
    start = low - width * np.array([random.uniform(0.3, 0.6), random.uniform(0.3, 0.6)])
    stroke(page, _shaky([start, low, end], random), pen, random)


def scribble(
    page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator
) -> None:
    """Blackened far beyond the border, to take a mark back in one's own way."""
    _hatched(page, middle, width * random.uniform(1.5, 2.0), 0.9, pen, random)
    _hatched(page, middle, width * random.uniform(1.5, 2.0), 0.9, pen, random)


def cross(page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator) -> None:
    """Two strokes that end near the border."""
    _crossed(page, middle + random.normal(0, 0.2, 2), width * random.uniform(0.36, 0.6), pen, random)


def crossed_out(
    page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator
) -> None:
    """Filled, then taken back as the form asks: a cross that goes well beyond the edge."""
    filled(page, middle, width, pen, random)
    _crossed(page, middle + random.normal(0, 0.2, 2), width * random.uniform(0.95, 1.3), pen, random)


def circle(page: np.ndarray, middle: np.ndarray, width: float, pen: Pen, random: np.random.Generator) -> None:
    """Around the box."""
    angles = np.linspace(0, 2 * np.pi, 40) + random.uniform(0, 2 * np.pi)
    sizes = width * random.uniform(0.66, 0.8, 2)
    ring = np.stack([np.cos(angles) * sizes[0], np.sin(angles) * sizes[1]], axis=1)
    stroke(page, middle + random.normal(0, 0.1, 2) + ring, pen, random)


def _hatched(
    page: np.ndarray, middle: np.ndarray, width: float, step: float, pen: Pen, random: np.random.Generator
) -> None:
    angle, points = random.uniform(0, np.pi), []
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    half = (width - pen.width) / 2
    for number, place in enumerate(np.arange(-half, half, pen.width * step)):
        length = np.sqrt(max(0.0, half**2 - place**2)) * (1 if number % 2 else -1)
        points.append(middle + across * place + along * length)
    stroke(page, _shaky(points, random, 0.06), pen, random)


def _crossed(
    page: np.ndarray, middle: np.ndarray, half: float, pen: Pen, random: np.random.Generator
) -> None:
    for slope in (1, -1):
        arm = half * np.array([random.uniform(0.6, 0.8), slope * random.uniform(0.6, 0.8)])
        stroke(page, _shaky([middle - arm, middle + arm], random), pen, random)


def _shaky(points: list[np.ndarray], random: np.random.Generator, by: float = 0.1) -> np.ndarray:
    return np.array(points) + random.normal(0, by, (len(points), 2))
