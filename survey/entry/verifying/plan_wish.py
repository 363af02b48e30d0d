"""What a supervisor wants of an acceptance sample, and the plan that keeps it."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from wtforms.validators import ValidationError

from analysis.acceptance import SamplingPlan, find_plan
from survey.fieldwork.fields import NumberField
from survey.forms import StaffForm

USUAL = {"good": 1, "producers_risk": 5, "bad": 5, "consumers_risk": 10}
"""What is proposed to whoever wishes nothing."""
SHARES = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2)
"""Of wrong forms, for which a plan's chances are shown."""


class WishForm(StaffForm):
    """All in percent. It is sent by GET: nothing changes by asking."""

    good = NumberField(lazy_gettext("A good batch: at most so many percent of its forms hold an error"), 50)
    producers_risk = NumberField(
        lazy_gettext("The keyers' risk: a good batch is keyed again for nothing, in percent of cases"), 50
    )
    bad = NumberField(lazy_gettext("A bad batch: so many percent of its forms, or more, hold an error"), 100)
    consumers_risk = NumberField(
        lazy_gettext("The readers' risk: a bad batch passes all the same, in percent of cases"), 50
    )

    def validate_bad(self, field: NumberField) -> None:
        if None not in (self.good.data, field.data) and field.data <= self.good.data:
            raise ValidationError(gettext("A bad batch holds more errors than a good one."))

    def validate_producers_risk(self, field: NumberField) -> None:
        require_some(field)

    def validate_consumers_risk(self, field: NumberField) -> None:
        require_some(field)

    def plan(self, lot: int) -> SamplingPlan:
        """The smallest sample that keeps both risks."""
        named = {name: float(self[name].data) / 100 for name in USUAL}
        return find_plan(lot, named.pop("good"), named.pop("bad"), **named)


def usual_plan(lot: int) -> SamplingPlan:
    return find_plan(lot, USUAL["good"] / 100, USUAL["bad"] / 100)


def require_some(field: NumberField) -> None:
    if field.data == 0:
        raise ValidationError(gettext("Without any risk every form would be keyed twice: choose that plan."))


def chances(plans: list[SamplingPlan]) -> list[tuple[int, list[float]]]:
    """How many forms of the batch hold an error, and with what probability it passes by each plan."""
    lot = plans[0].lot
    wrong = sorted({round(lot * share) for share in SHARES})
    return [(number, [plan.accepts(number) for plan in plans]) for number in wrong]
