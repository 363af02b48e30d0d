"""The form of a plan of verification."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from analysis.acceptance import SamplingPlan
from survey.fieldwork.fields import NumberField
from survey.forms import StaffForm


class PlanForm(StaffForm):
    plan = RadioField(
        lazy_gettext("Which forms does a second person key too?"),
        choices=[
            SelectChoice("none", lazy_gettext("None: a supervisor looks at keyed forms by eye")),
            SelectChoice("share", lazy_gettext("A random share of the forms")),
            SelectChoice("all", lazy_gettext("All forms")),
            SelectChoice(
                "acceptance", lazy_gettext("An acceptance sample: the batch passes or is keyed again")
            ),
        ],
    )
    verify_share = IntegerField(
        lazy_gettext("Share of the forms, in percent"),
        [Optional(), NumberRange(1, 100)],
        description=lazy_gettext("For a random share."),
    )
    error_limit = NumberField(
        lazy_gettext("Most errors, in percent of the items compared"),
        most=100,
        description=lazy_gettext("For a random share: above it, the whole batch is keyed again."),
    )
    sample_size = IntegerField(
        lazy_gettext("Forms in the sample"),
        [Optional(), NumberRange(1)],
        description=lazy_gettext("For an acceptance sample."),
    )
    acceptance_number = IntegerField(
        lazy_gettext("Forms of it that may hold an error"),
        [Optional(), NumberRange(0)],
        description=lazy_gettext("For an acceptance sample: with more, the whole batch is keyed again."),
    )

    def chosen(self) -> dict[str, Any]:
        """What counts for the plan that is chosen; a field left empty is nothing."""
        used = {"share": ("verify_share", "error_limit"), "acceptance": ("sample_size", "acceptance_number")}
        names = used.get(self.plan.data, ())
        values = {name: self[name].data for name in names if self[name].data is not None}
        if "error_limit" in values:
            values["error_limit"] = float(values["error_limit"])
        return {"plan": self.plan.data, **values}

    def sampling(self, lot: int, *, unlike: SamplingPlan) -> list[SamplingPlan]:
        """The acceptance sample as it stands in the form, where it is one and another than the proposal."""
        size, number = self.sample_size.data, self.acceptance_number.data
        if self.plan.data != "acceptance" or size is None or number is None or not number < size <= lot:
            return []
        typed = SamplingPlan(lot, size, number)
        return [] if typed == unlike else [typed]
