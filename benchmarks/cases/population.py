"""A synthetic population whose shares and ranks are known, and samples from it in two stages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

PROVINCES = 12
COMMUNES_SAMPLED, HOUSEHOLDS_SAMPLED = 12, 20


@dataclass(frozen=True, eq=False)
class Population:
    """Households in communes in provinces; no household is real.

    `households`: one row each with province, commune, the sizes of both stages (`communes` in the province,
    `households` in the commune), two yes/no answers and one from 1 to 5. `starts`: the first row of each
    commune, and the end. `province`: of each commune.
    """

    households: pd.DataFrame
    starts: np.ndarray
    province: np.ndarray

    def sample(self, rng: np.random.Generator) -> pd.DataFrame:
        """Communes drawn at random in each province, and households in each commune, without replacement."""
        communes = np.concatenate(
            [
                rng.choice(np.flatnonzero(self.province == province), COMMUNES_SAMPLED, replace=False)
                for province in range(PROVINCES)
            ]
        )
        rows = [
            self.starts[commune]
            + rng.choice(self.starts[commune + 1] - self.starts[commune], HOUSEHOLDS_SAMPLED, replace=False)
            for commune in communes
        ]
        return self.households.iloc[np.concatenate(rows)]


def make_population(seed: int) -> Population:
    """Provinces of 40 to 90 communes of 60 to 240 households. Answers lean by province and commune."""
    rng = np.random.default_rng(seed)
    communes = rng.integers(40, 91, PROVINCES)
    province = np.repeat(np.arange(PROVINCES), communes)
    households = rng.integers(60, 241, len(province))
    commune = np.repeat(np.arange(len(province)), households)
    lean = np.linspace(-0.4, 0.4, PROVINCES)[province] + rng.normal(0, 0.3, len(province))
    feeling = lean[commune] + rng.normal(0, 1, len(commune))
    table = pd.DataFrame(
        {
            "province": province[commune],
            "commune": commune,
            "household": np.arange(len(commune)),
            "communes": communes[province[commune]],
            "households": households[commune],
            "informed": (feeling > 0.4).astype(float),
            "asked_for_money": (feeling < -1.4).astype(float),
            "satisfaction": np.digitize(feeling, [-1.8, -0.9, 0.0, 1.1]) + 1,
        }
    )
    return Population(table, np.concatenate([[0], np.cumsum(households)]), province)
