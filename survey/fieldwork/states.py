"""The states that rounds and surveys pass through: what follows what, and the words for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from questionnaires.faults import N_


class State(NamedTuple):
    """`deed` is what the button says that leads here."""

    name: str
    colour: str
    deed: str


ROUND_STATES = {
    "planned": State(N_("planned"), "grey", ""),
    "open": State(N_("open"), "green", N_("Open the round")),
    "closed": State(N_("closed"), "orange", N_("Close the round")),
    "published": State(N_("published"), "blue", ""),
}
SURVEY_STATES = {
    "draft": State(N_("draft"), "grey", ""),
    "open": State(N_("open"), "green", N_("Open the survey")),
    "paused": State(N_("paused"), "yellow", N_("Pause the survey")),
    "closed": State(N_("closed"), "orange", N_("Close the survey")),
}

# A round is published in the results room, by publishing one of its runs.
ROUND_FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "planned": ("open",),
    "open": ("closed",),
    "closed": ("open",),
    "published": (),
}
# A survey never becomes a draft again: its questionnaire has been seen.
SURVEY_FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "draft": ("open",),
    "open": ("paused", "closed"),
    "paused": ("open", "closed"),
    "closed": ("open",),
}
