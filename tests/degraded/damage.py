"""What happens to pages and to their pictures. Each kind: RGB picture and its dpi in, the same size out."""

from __future__ import annotations

import cv2
import numpy as np

from tests.degraded.fields import across, dimmed, places, summed

MM_PER_INCH = 25.4
LEVELS = np.arange(256)
BAG = 2**16


def blur(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Out of focus by a fifth to a third of a millimetre."""
    return cv2.GaussianBlur(image, (0, 0), random.uniform(0.12, 0.2) * dpi / MM_PER_INCH)


def noise(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Grains of grey, and specks of black and white on a thousandth of the pixels."""
    height, width = image.shape[:2]
    # A bag of normal numbers, each pixel drawing any of them: as rough as, and cheaper than, its own number.
    bag = np.rint(random.standard_normal(BAG) * random.uniform(8, 22)).astype(np.int16)
    grains = bag[random.integers(0, BAG, (height, width), np.uint16)]
    noisy = cv2.add(image, cv2.merge([grains] * 3), dtype=cv2.CV_8U)
    for colour in (0, 255):
        specks = random.integers(0, height * width, random.binomial(height * width, 0.0005))
        noisy.reshape(-1, 3)[specks] = colour
    return noisy


def jpeg(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    quality = int(random.integers(12, 45))
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def shadow(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Light that falls off across the page, and a hand's shadow with a soft edge."""
    x, y = places(image[::4, ::4])  # even a hand's edge is softer than four pixels
    angle, fall = random.uniform(0, 2 * np.pi), random.uniform(0.2, 0.5)
    light = 1 - fall * (across(x - 0.5, y - 0.5, angle) + 0.7) / 1.4
    edge = across(x - random.uniform(0.2, 0.8), y - random.uniform(0.2, 0.8), angle + 1)
    dark, softness = random.uniform(0.25, 0.5), random.uniform(0.004, 0.02)
    light *= 1 - dark / (1 + cv2.exp(edge / -softness))
    return dimmed(image, [cv2.resize(light, image.shape[1::-1])] * 3)


def low_contrast(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    black, white = random.uniform(70, 120), random.uniform(180, 230)
    return cv2.LUT(image, (black + LEVELS * ((white - black) / 255)).astype(np.uint8))


def coffee(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """Rings of a cup, drops and a pool, brown and darker at their rims."""
    (height, width), reach = image.shape[:2], int(45 * dpi / MM_PER_INCH)
    cover = np.zeros((height + 2 * reach, width + 2 * reach), np.float32)  # stains may lie over the edge
    for _ in range(random.integers(2, 5)):
        left, upper = int(random.uniform(0.1, 0.9) * width), int(random.uniform(0.1, 0.9) * height)
        spot = cover[upper : upper + 2 * reach, left : left + 2 * reach]
        np.maximum(spot, _stain(reach, dpi, random), out=spot)
    brown, cover = np.array([120, 76, 36]) / 255, cover[reach:-reach, reach:-reach]
    return dimmed(image, [1 - cover * np.float32(1 - share) for share in brown])


def _stain(reach: int, dpi: float, random: np.random.Generator) -> np.ndarray:
    """How much of the paper a ring, or a drop or pool, covers, in a square that reaches so far around it."""
    stain, middle = np.zeros((2 * reach, 2 * reach), np.float32), (reach, reach)
    ring, radius = random.random() < 0.5, int(random.uniform(4, 40) * dpi / MM_PER_INCH)
    rim = max(1, int(random.uniform(0.6, 2.0) * dpi / MM_PER_INCH))
    if not ring:
        cv2.circle(stain, middle, radius, random.uniform(0.15, 0.4), cv2.FILLED, cv2.LINE_AA)
    cv2.circle(stain, middle, radius, random.uniform(0.4, 0.8), rim, cv2.LINE_AA)
    return cv2.GaussianBlur(stain, (0, 0), 0.25 * dpi / MM_PER_INCH)


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
    shares = [random.uniform(0.9, 1), random.uniform(0.82, 0.93), random.uniform(0.55, 0.8)]
    return cv2.LUT(image, (LEVELS[None, :, None] * np.array(shares)).astype(np.uint8))


def bent(image: np.ndarray, dpi: float, random: np.random.Generator) -> np.ndarray:
    """A page that does not lie flat: lines sway by about a millimetre."""
    x, y = places(image)
    height, width = image.shape[:2]
    sway = [
        random.uniform(0.3, 1.0)
        * dpi
        / MM_PER_INCH
        * np.sin(np.pi * (random.uniform(0.6, 1.6) * t + random.random()))
        for t in (x, y)
    ]
    columns, rows = summed(x * (width - 1), sway[1]), summed(sway[0], y * (height - 1))
    return cv2.remap(image, columns, rows, cv2.INTER_LINEAR, borderValue=(255,) * 3)
