"""The words and colours for whether an item's figures go on."""

from questionnaires.faults import N_

TREND_NAMES = {
    "same": (N_("the same: figures go on"), "green"),
    "reworded": (N_("reworded"), "yellow"),
    "scale_changed": (N_("other answers"), "orange"),
    "new": (N_("new"), "blue"),
    "dropped": (N_("no longer asked"), "red"),
}
