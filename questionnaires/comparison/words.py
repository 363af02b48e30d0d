"""The words for what a comparison says in codes; a page translates them."""

from __future__ import annotations

from questionnaires.comparison.record import (
    ADDED,
    DROPPED,
    KEPT,
    MOVED,
    REASSESSED,
    RENAMED,
    REWEIGHTED,
)
from questionnaires.faults import N_

KIND_NAMES = {
    KEPT: N_("kept as it was"),
    RENAMED: N_("renamed"),
    REWEIGHTED: N_("other points"),
    MOVED: N_("moved to another field"),
    REASSESSED: N_("assessed otherwise"),
    DROPPED: N_("dropped"),
    ADDED: N_("added"),
}
MATCH_NAMES = {
    "subject": N_("the same subject"),
    "code": N_("the same code and a similar title"),
    "title": N_("a similar title"),
    "parts": N_("mostly the same parts"),
}
DIFFERENCE_NAMES = {
    "assessed_by": N_("evidence or survey"),
    "kind": N_("points, bonus or penalty"),
    "rule": N_("rule"),
    "groups": N_("groups that rate, and their weights"),
    "combine": N_("how the groups are put together"),
    "applies_to": N_("types of units"),
    "evidence": N_("evidence asked"),
}
