"""The kinds of scans, by name: resolution, pose and damage of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.degraded import damage
from tests.degraded.scanner import TABLE, Pose, scanned

Damage = Callable[[np.ndarray, float, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class Kind:
    """A kind of scan: the most its page is turned, in degrees, and pulled; damages done to it in turn."""

    dpi: int = 150
    angle: float = 1.0
    pull: float = 0.0
    quarters: int = 0
    room: float = 0.0
    ground: tuple[int, int, int] = (255, 255, 255)
    damages: tuple[Damage, ...] = ()

    def scan(self, page: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """The page as this kind of scan shows it: RGB, uint8."""
        pose = Pose(random.uniform(-self.angle, self.angle), self.pull, self.quarters, self.room)
        image = scanned(page, self.dpi, pose, random, self.ground)
        for damaged in self.damages:
            image = damaged(image, self.dpi, random)
        return image


CLEAN = "flat on the glass"
COARSE = "100 dpi"
KINDS = {
    CLEAN: Kind(),
    "200 dpi": Kind(dpi=200),
    "300 dpi": Kind(dpi=300),
    "turned to 8°": Kind(angle=8.0, room=0.1),
    "upside down": Kind(quarters=2),
    "on its side": Kind(quarters=1),
    "perspective": Kind(pull=0.03, room=0.05),
    "bent": Kind(damages=(damage.bent,)),
    "blur": Kind(damages=(damage.blur,)),
    "noise": Kind(damages=(damage.noise,)),
    "shadows": Kind(damages=(damage.shadow,)),
    "JPEG 12 to 45": Kind(damages=(damage.jpeg,)),
    "low contrast": Kind(damages=(damage.low_contrast, damage.noise)),
    "coffee": Kind(damages=(damage.coffee,)),
    "streaks": Kind(damages=(damage.streaks,)),
    "cut corner": Kind(damages=(damage.cut_corner,)),
    "yellow paper": Kind(damages=(damage.tinted,)),
    "photograph": Kind(
        dpi=170,
        angle=5.0,
        pull=0.03,
        room=0.06,
        ground=TABLE,
        damages=(damage.bent, damage.tinted, damage.shadow, damage.noise, damage.jpeg),
    ),
    COARSE: Kind(dpi=100),
    "100 dpi, turned, blur, JPEG": Kind(dpi=100, angle=8.0, room=0.1, damages=(damage.blur, damage.jpeg)),
}
UNDAMAGED = (CLEAN, "200 dpi", "300 dpi", "upside down", "on its side")
"""Kinds from 150 dpi in which nothing is wrong but how the page lies."""
