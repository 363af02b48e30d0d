"""How often intervals hold the truth: samples in two stages from a synthetic population that is known.

Communes are drawn in each province and households in each commune, both without replacement. Intervals of
95 % for shares, in the country and by province, ought to hold the share in 93 to 97 samples of 100; intervals
for the places of provinces ought to hold them at least as often as they say.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from analysis import Design, Estimate

LEVEL, LEAST, MOST = 0.95, 0.93, 0.97
SHARES = ["informed", "asked_for_money", "level"]
DRAWS = 2_000  # of errors, behind one rank interval

Held = Iterator[tuple[str, np.ndarray]]
"""What was asked, and for each interval whether it held the truth."""


def main() -> int:
    from benchmarks.cases.population import make_population

    options = _options()
    population, started = make_population(options.seed), time.perf_counter()
    truth = _truth(population.households)
    held: dict[str, list[np.ndarray]] = defaultdict(list)
    for number in range(options.samples):
        sample = population.sample(np.random.default_rng([options.seed, number]))
        for name, hits in _held(sample, truth):
            held[name].append(hits)
    print(f"{options.samples:,} samples of {len(sample):,} of {len(population.households):,} households")
    lines = [_line(name, np.array(hits)) for name, hits in held.items()]
    print(*lines, f"{time.perf_counter() - started:.0f} seconds", sep="\n")
    return int(options.strict and any("MISSED" in line for line in lines))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--samples", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--strict", action="store_true", help="fail where intervals hold too seldom or often")
    return parser.parse_args()


def _prepared(households: pd.DataFrame) -> pd.DataFrame:
    return households.assign(
        level=pd.Categorical(households["satisfaction"], range(1, 6)),
        index=(households["satisfaction"] - 1) * 25.0,
    )


def _truth(households: pd.DataFrame) -> dict[str, np.ndarray]:
    """What a census would find, by the names and in the order of the estimates."""
    frame = _prepared(households)
    shares = pd.get_dummies(frame[SHARES], columns=["level"], dtype=float)
    by_province = frame.groupby("province")
    return {
        "country": shares.mean().to_numpy(),
        "province": by_province["informed"].mean().to_numpy(),
        "place": by_province["index"].mean().rank(ascending=False).to_numpy(),
    }


def _held(sample: pd.DataFrame, truth: dict[str, np.ndarray]) -> Held:
    from analysis import Design, mean, proportion

    design = Design(
        _prepared(sample),
        strata="province",
        clusters=["commune", "household"],
        fpc=["communes", "households"],
    )
    yield "share in the country, plain", _inside(mean(design, SHARES), truth["country"])
    yield "share by province, plain", _inside(mean(design, "informed", by="province"), truth["province"])
    logit = proportion(design, "informed", method="xlogit", by="province")
    yield "share by province, logit", _inside(logit, truth["province"])
    yield from _places(design, truth["place"])


def _inside(e: Estimate, truth: np.ndarray) -> np.ndarray:
    return (e.table["lower"].to_numpy() <= truth) & (truth <= e.table["upper"].to_numpy())


def _places(design: Design, truth: np.ndarray) -> Held:
    from analysis import mean, rank_intervals

    e = mean(design, "index", by="province")
    names = e.table["province"].to_numpy()
    index = pd.Series(e.table["estimate"].to_numpy(), names)
    covariance = pd.DataFrame(e.covariance.to_numpy(), names, names)
    df = float(e.table["df"].min())
    for method in ("marginal", "simultaneous", "tukey"):
        found = rank_intervals(index, covariance, method=method, draws=DRAWS, degrees_of_freedom=df)
        found = found.set_index("unit").loc[names]
        hits = (found["rank_lower"].to_numpy() <= truth) & (truth <= found["rank_upper"].to_numpy())
        yield f"place, {method}", hits if method == "marginal" else hits.all(keepdims=True)


def _line(name: str, held: np.ndarray) -> str:
    """One row of the table; `held`: (samples, intervals)."""
    each, share = held.mean(axis=0), float(held.mean())
    error = float(held.mean(axis=1).std() / np.sqrt(len(held)))
    places = name.startswith("place")
    good = share >= LEVEL - 2 * error if places else LEAST <= share <= MOST
    goal = f"at least {LEVEL:.0%}" if places else f"{LEAST:.0%} to {MOST:.0%}"
    spread = f", each {each.min():.1%} to {each.max():.1%}" if len(each) > 1 else ""
    return f"  {name:30}{share:7.1%} ± {error:.1%}{spread}; {goal}: {'met' if good else 'MISSED'}"


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # `statistics.py` stands beside this file
    sys.exit(main())
