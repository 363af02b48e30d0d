"""Counts, times and names of the way in the reader's words."""

from __future__ import annotations

import math

from flask_babel import gettext, ngettext

from questionnaires.faults import N_
from survey.fieldwork.way.rounded import STEP, shown
from survey.language import NO_FIGURE, number
from survey.respond.statistics.durations import BOUNDS

MINUTE = 60
DOORS = {
    "online": N_("sent from the pages"),
    "outbox": N_("sent later, after answering without a connection"),
    "kiosk": N_("on a tablet at a desk"),
}
DEVICES = {"phone": N_("telephone"), "tablet": N_("tablet"), "desktop": N_("computer")}


def people(count: int) -> str:
    """A count of people as it may be shown."""
    said = shown(count)
    return gettext("fewer than %(number)s", number=STEP) if said is None else number(said, 0)


def about(seconds: float | None) -> str:
    """A time that is known roughly, in seconds to two minutes and in minutes beyond."""
    if seconds is None:
        return NO_FIGURE
    if math.isinf(seconds):
        return gettext("more than %(minutes)s minutes", minutes=BOUNDS[-1] // MINUTE)
    if seconds < 2 * MINUTE:
        rounded = max(round(seconds), 1)
        return ngettext("about %(num)d second", "about %(num)d seconds", rounded)
    return ngettext("about %(num)d minute", "about %(num)d minutes", round(seconds / MINUTE))
