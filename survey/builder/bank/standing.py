"""Whether the figures of a question go on from year to year, and where it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext

from questionnaires import Fault
from questionnaires.bank import Comparability, Entry, Step, Use
from questionnaires.faults import N_
from survey.builder.bank.holding import Years
from survey.language import text

ONCE = N_("asked once: no trend yet")
GOES_ON = N_("comparable every time it was asked")
GOES_ON_SINCE = N_("comparable since %(since)s")
BROKEN = N_("trend broken the last time it was asked")


@dataclass(frozen=True)
class Standing:
    """The trend of a question in one group, in words with a colour, and why it broke last, if it did."""

    words: str
    colour: str
    reasons: tuple[Fault, ...] = ()


def standing(entry: Entry, group: str, years: Years) -> Standing:
    steps = [step for step in entry.steps if step.after.group == group]
    if not steps:
        return Standing(gettext(ONCE), "grey")
    broken = next((step for step in reversed(steps) if not step.trend.unbroken), None)
    if broken is None:
        return Standing(gettext(GOES_ON), "green")
    reasons = tuple(reasons_of(broken.trend))
    if broken is steps[-1]:
        return Standing(gettext(BROKEN), "orange", reasons)
    return Standing(gettext(GOES_ON_SINCE) % {"since": when(broken.after, years)}, "yellow", reasons)


NEW_ROW = N_("“%(text)s” was new.")
GONE_ROW = N_("“%(text)s” was no longer asked.")


def reasons_of(trend: Comparability) -> Sequence[Fault]:
    """Why not every figure went on."""
    new = [
        Fault(item.code, NEW_ROW, {"text": text(item.text)}) for item in trend.items if item.state == "new"
    ]
    gone = [Fault(item.code, GONE_ROW, {"text": text(item.text)}) for item in trend.dropped]
    return [reason for item in trend.items for reason in item.reasons] + new + gone


def when(use: Use, years: Years) -> str:
    """The years in which it was asked, else the one that its form names, else its version."""
    asked = years.get(use.edition) or ((use.year,) if use.year else ())
    version = gettext("version %(version)s") % {"version": use.questionnaire.version}
    return ", ".join(map(str, asked)) or version


def step_to(entry: Entry, use: Use) -> Step | None:
    """A use against the one before it in its group."""
    return next((step for step in entry.steps if step.after is use), None)
