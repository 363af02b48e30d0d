"""A synthetic SIPAS sample: communes drawn in eight units, people in communes, some of them silent."""

import numpy as np
import pandas as pd

FACTORS = ["access", "procedures", "staff", "results", "feedback"]
COMMUNES, PEOPLE = 40, 800  # in each unit, in each commune
DRAWN_COMMUNES, DRAWN_PEOPLE = 10, 25


def sipas_sample(seed: int = 7) -> pd.DataFrame:
    """A row per person drawn; the items, in 0..1, are missing for those who did not answer."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        [
            {
                "unit": f"U{unit}",
                "commune": f"U{unit}-{commune:02d}",
                "person": person,
                "level": 0.60 + 0.02 * unit,
            }
            for unit in range(1, 9)
            for commune in range(DRAWN_COMMUNES)
            for person in range(DRAWN_PEOPLE)
        ],
        columns=["unit", "commune", "person", "level"],
    )
    size = len(frame)
    frame["communes"], frame["people"] = COMMUNES, PEOPLE
    frame["weight"] = COMMUNES / DRAWN_COMMUNES * PEOPLE / DRAWN_PEOPLE
    frame["sex"] = rng.choice(["female", "male"], size)
    frame["area"] = rng.choice(["rural", "urban"], size, p=[0.7, 0.3])
    frame["answered"] = rng.random(size) < np.where(frame["area"] == "urban", 0.65, 0.85)
    commune = frame["commune"].map({name: rng.normal(0, 0.03) for name in frame["commune"].unique()})
    taste = frame.pop("level") + commune - 0.05 * (frame["area"] == "urban") + rng.normal(0, 0.12, size)
    for factor in FACTORS:
        level = np.clip(np.round(4 * (taste + rng.normal(0, 0.15, size))), 0, 4) / 4
        frame[factor] = level.where(frame["answered"])
    return frame
