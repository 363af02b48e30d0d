"""The choices a run is made with, each with its default; a report prints them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from analysis.refused import DataError
from questionnaires.faults import N_, Fault

CHOICES: dict[str, tuple[str, ...]] = {
    "aggregation": ("item_mean", "factor_mean"),
    "absent_group": ("refuse", "renormalise"),
    "official": ("weighted", "unweighted"),
    "satisfaction": ("scaled_mean", "top2_share"),
    "origin": ("zero", "one"),
    "lonely": ("adjust", "fail", "remove", "certainty", "average"),
}
WHOLE = {"minimum_cell": 1, "draws": 100, "seed": 0}

UNKNOWN_SETTING = N_("There is no setting “%(name)s”; there are %(names)s.")
NOT_A_CHOICE = N_("“%(value)s” is not possible; choose one of %(choices)s.")
NOT_WHOLE = N_("“%(value)s” must be a whole number from %(least)s.")
NOT_A_CODE = N_("“%(value)s” must be the code of a question.")
NOT_A_LEVEL = N_("“%(value)s” must be a share between 0.5 and 1, such as 0.95.")


@dataclass(frozen=True)
class Recipe:
    """How a run computes.

    `aggregation`: a criterion's (or survey's) rate is the mean of its items, or of its factors' means.
    `absent_group`: where a group that a criterion weighs gave no answer, the criterion gets no points
    ("refuse") or the other groups' weights are scaled up ("renormalise"). `official`: which figure enters the
    index; both are computed. `satisfaction` and `origin`: how reports read a scale (see `rules`).
    `minimum_cell`: a breakdown with fewer answers is not shown. `lonely`: strata with one response (see
    `Design`). `outcome`: the item on overall satisfaction, whose drivers are looked for where it is asked.
    `level` of intervals; `draws` and `seed` of simulated rankings.
    """

    aggregation: str = "item_mean"
    absent_group: str = "refuse"
    official: str = "weighted"
    satisfaction: str = "scaled_mean"
    origin: str = "zero"
    minimum_cell: int = 5
    lonely: str = "adjust"
    outcome: str = "overall_satisfaction"
    level: float = 0.95
    draws: int = 10_000
    seed: int = 1

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def read_recipe(settings: Mapping[str, Any]) -> Recipe:
    """The recipe those settings make, defaults for the rest. Raises DataError naming every bad setting."""
    faults = [fault for name, value in settings.items() if (fault := _fault(name, value))]
    if faults:
        raise DataError(faults)
    return Recipe(**settings)


def _fault(name: str, value: Any) -> Fault | None:
    place, known = f"recipe.{name}", [field.name for field in fields(Recipe)]
    if name not in known:
        return Fault(place, UNKNOWN_SETTING, {"name": name, "names": ", ".join(known)})
    if name in CHOICES and value not in CHOICES[name]:
        return Fault(place, NOT_A_CHOICE, {"value": value, "choices": ", ".join(CHOICES[name])})
    whole = isinstance(value, int) and not isinstance(value, bool)
    if name in WHOLE and not (whole and value >= WHOLE[name]):
        return Fault(place, NOT_WHOLE, {"value": value, "least": WHOLE[name]})
    if name == "outcome" and not isinstance(value, str):
        return Fault(place, NOT_A_CODE, {"value": value})
    if name == "level" and not (isinstance(value, float) and 0.5 <= value < 1):
        return Fault(place, NOT_A_LEVEL, {"value": value})
    return None
