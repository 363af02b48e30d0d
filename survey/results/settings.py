"""What may be chosen for a run, each choice in words, and a run's order as one line of text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analysis.recipe import Recipe
from questionnaires.faults import N_

WRITTEN = re.compile(r"round (?P<code>.+?)(?: \((?P<settings>\w+=\w+(?:, \w+=\w+)*)\))?")
LARGEST_CELL = 100  # answers


class Setting(NamedTuple):
    """`choices`: value → words, the default first; none for a whole number."""

    label: str
    hint: str
    choices: Mapping[str, str]


SETTINGS: dict[str, Setting] = {
    "official": Setting(
        N_("Figure that enters the index"),
        N_("Both are computed and shown side by side."),
        {
            "weighted": N_("weighted: each answer counts for the people it speaks for"),
            "unweighted": N_("unweighted: each answer counts one"),
        },
    ),
    "targets": Setting(
        N_("Known population"),
        N_("Where it is known how many people there are, such as by age and area."),
        {
            "yes": N_("weights are brought in line with them"),
            "no": N_("weights come from the sample alone"),
        },
    ),
    "aggregation": Setting(
        N_("Several items of one criterion"),
        N_("A survey's overall satisfaction is put together in the same way."),
        {
            "item_mean": N_("mean of all items"),
            "factor_mean": N_("mean of the factors' means"),
        },
    ),
    "satisfaction": Setting(
        N_("Satisfaction in reports"),
        N_("Criteria keep the rule that the framework gives each of them."),
        {
            "scaled_mean": N_("mean level of the scale"),
            "top2_share": N_("share of the two best levels"),
        },
    ),
    "absent_group": Setting(
        N_("Where a group gave no answer on an agency"),
        "",
        {
            "refuse": N_("the criterion waits for it and has no points"),
            "renormalise": N_("the other groups count in its place"),
        },
    ),
    "minimum_cell": Setting(
        N_("Fewest answers that are shown"),
        N_("Breakdowns of fewer answers are left out, so that nobody is recognised in them."),
        {},
    ),
}
DEFAULTS: dict[str, Any] = {**Recipe().as_dict(), "targets": "yes"}


@dataclass(frozen=True)
class Order:
    """A run to be made: of which round, and the settings that differ from the defaults."""

    round_code: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, round_code: str, chosen: Mapping[str, Any]) -> Order:
        return cls(round_code, {name: each for name, each in chosen.items() if each != DEFAULTS[name]})

    @classmethod
    def read(cls, subject: str) -> Order:
        """The order that `subject` writes. Raises ValueError for another text."""
        written = WRITTEN.fullmatch(subject)
        if written is None:
            raise ValueError(f"'{subject}' is no order of a run")
        pairs = (pair.split("=") for pair in (written["settings"] or "").split(", ") if pair)
        return cls(written["code"], {name: type(DEFAULTS[name])(value) for name, value in pairs})

    @property
    def subject(self) -> str:
        """ "round vi-du-2022 (official=unweighted)": what a job and the audit trail call it."""
        chosen = ", ".join(f"{name}={value}" for name, value in sorted(self.settings.items()))
        return f"round {self.round_code} ({chosen})" if chosen else f"round {self.round_code}"

    @property
    def recipe(self) -> dict[str, Any]:
        return {name: value for name, value in self.settings.items() if name != "targets"}

    @property
    def with_targets(self) -> bool:
        return {**DEFAULTS, **self.settings}["targets"] == "yes"
