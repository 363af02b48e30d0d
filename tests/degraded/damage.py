"""What happens to pages and to their pictures. Each kind: RGB picture and its dpi in, the same size out."""

from __future__ import annotations

import cv2
import numpy as np

MM_PER_INCH = 25.4


def blur(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Out of focus by a fifth to a third of a millimetre."""
    return cv2.GaussianBlur(image, (0, 0), random.uniform(0.12, 0.2) * dpi / MM_PER_INCH)


def noise(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    spread = random.uniform(8, 22)
    grains = random.standard_normal(image.shape[:2], np.float32) * spread
    specks = random.random(image.shape[:2], np.float32)
    noisy = np.clip(image + grains[..., None], 0, 255)
    noisy[specks < 0.0005] = 0
    noisy[specks > 0.9995] = 255
    return noisy.astype(np.uint8)


def jpeg(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    quality = int(random.integers(12, 45))
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def shadow(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Light that falls off across the page, and a hand's shadow with a soft edge."""
    x, y = _places(image)
    angle = random.uniform(0, 2 * np.pi)
    light = 1 - random.uniform(0.2, 0.5) * ((x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) + 0.7) / 1.4
    edge = (x - random.uniform(0.2, 0.8)) * np.cos(angle + 1) + (y - random.uniform(0.2, 0.8)) * np.sin(
        angle + 1
    )
    hand = 1 - random.uniform(0.25, 0.5) / (1 + np.exp(-edge / random.uniform(0.004, 0.02)))
    return (image * (light * hand)[..., None]).astype(np.uint8)


def low_contrast(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    black, white = random.uniform(70, 120), random.uniform(180, 230)
    return (black + image * ((white - black) / 255)).astype(np.uint8)


def coffee(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Rings of a cup, drops and a pool, brown and darker at their rims."""
    cover = np.zeros(image.shape[:2], np.float32)
    height, width = cover.shape
    for _ in range(random.integers(2, 5)):
        middle = int(random.uniform(0.1, 0.9) * width), int(random.uniform(0.1, 0.9) * height)
        ring, size = random.random() < 0.5, random.uniform(4, 40)
        stain, radius = np.zeros_like(cover), int(size * dpi / MM_PER_INCH)
        rim = max(1, int(random.uniform(0.6, 2.0) * dpi / MM_PER_INCH))
        if not ring:
            cv2.circle(stain, middle, radius, random.uniform(0.15, 0.4), cv2.FILLED, cv2.LINE_AA)
        cv2.circle(stain, middle, radius, random.uniform(0.4, 0.8), rim, cv2.LINE_AA)
        cover = np.maximum(cover, cv2.GaussianBlur(stain, (0, 0), 0.25 * dpi / MM_PER_INCH))
    brown = np.array([120, 76, 36]) / 255
    return (image * (1 - cover[..., None] * (1 - brown))).astype(np.uint8)


def streaks(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Dirt on a scanner's glass: lines down the whole page."""
    made = image.copy()
    for _ in range(random.integers(1, 4)):
        x, width = (
            int(random.uniform(0.1, 0.95) * image.shape[1]),
            max(1, int(random.uniform(0.1, 0.6) * dpi / MM_PER_INCH)),
        )
        made[:, x : x + width] = (made[:, x : x + width] * random.uniform(0.2, 0.7)).astype(np.uint8)
    return made


def cut_corner(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """A corner torn off: the lid of the scanner is seen, white, or the dark below it."""
    made, reach = image.copy(), random.uniform(22, 45, 2) * dpi / MM_PER_INCH
    height, width = image.shape[:2]
    x, inwards = ((0, 1), (width, -1))[random.integers(2)]
    y, down = ((height, -1), (0, 1))[int(x == 0 and random.random() < 0.5)]  # the code's corner stays
    torn = np.array([(x, y), (x + inwards * reach[0], y), (x, y + down * reach[1])])
    cv2.fillPoly(made, [np.rint(torn).astype(np.int32)], (int(random.choice([255, 30])),) * 3)
    return made


def tinted(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Cheap yellow paper under a warm lamp."""
    return (
        image * np.array([random.uniform(0.9, 1), random.uniform(0.82, 0.93), random.uniform(0.55, 0.8)])
    ).astype(np.uint8)


def bent(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """A page that does not lie flat: lines sway by about a millimetre."""
    x, y = _places(image)
    height, width = image.shape[:2]
    sway = [
        random.uniform(0.3, 1.0)
        * dpi
        / MM_PER_INCH
        * np.sin(np.pi * (random.uniform(0.6, 1.6) * t + random.random()))
        for t in (x, y)
    ]
    columns, rows = x * (width - 1) + sway[1], y * (height - 1) + sway[0]
    return cv2.remap(
        image, columns.astype(np.float32), rows.astype(np.float32), cv2.INTER_LINEAR, borderValue=(255,) * 3
    )


def _places(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(height, width) each: how far across and down, 0 to 1."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(
        np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32)
    )
    return x, y
