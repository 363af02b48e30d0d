"""The form for how a sample was drawn; its strata are typed into a table beside it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from questionnaires.faults import N_
from survey.fieldwork.fields import LONGEST_NAME
from survey.forms import StaffForm
from survey.models import Sample

METHODS = {
    "simple": N_("at random from a list"),
    "systematic": N_("every n-th of a list, from a random start"),
    "census": N_("everybody"),
    "quota": N_("by quota, not by chance (margins of error are then no guarantee)"),
}
LARGEST_SEED = 2**31 - 1


class SampleForm(StaffForm):
    """How the people were chosen, and from what list."""

    method = SelectField(lazy_gettext("How people are chosen"))
    frame = StringField(
        lazy_gettext("List they are chosen from"),
        [Length(max=LONGEST_NAME)],
        description=lazy_gettext("Such as: people who received a result from 1/1 to 30/9."),
    )
    seed = IntegerField(
        lazy_gettext("Seed of the random numbers"),
        [Optional(), NumberRange(0, LARGEST_SEED)],
        description=lazy_gettext("Blank where the list was drawn elsewhere."),
    )

    def __init__(self, sample: Sample | None, **values: Any) -> None:
        super().__init__(obj=sample, **values)
        known = {**METHODS, **({sample.method: sample.method} if sample else {}), **METHODS}
        self.method.choices = [SelectChoice(code, gettext(words)) for code, words in known.items()]

    def fill(self, sample: Sample) -> None:
        """Put what was typed into the sample."""
        sample.method, sample.frame, sample.seed = self.method.data, self.frame.data, self.seed.data
