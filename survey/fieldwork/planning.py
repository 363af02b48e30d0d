"""How many people to choose in each stratum, by the rules of `analysis`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from analysis.samples.allocation import allocate
from analysis.samples.size import sample_size, sample_size_by_margin
from questionnaires.faults import N_
from survey.fieldwork.fields import NumberField
from survey.forms import StaffForm

RULES = {
    "share": N_("from the margin of error of a share"),
    "older": N_("by the older rule N / (1 + N·e²)"),
    "number": N_("a number given by the plan"),
}
SCOPES = {
    "each": N_("for each stratum on its own"),
    "whole": N_("for all strata together, then shared out"),
}
ALLOCATIONS = {"equal": N_("the same number for each"), "proportional": N_("in proportion to the population")}
MOST_PEOPLE = 10_000_000


def choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, gettext(each)) for code, each in words.items()]


class PlanForm(StaffForm):
    """What the plan asks for. Percentages are typed as such: 5 for 5 %."""

    rule = SelectField(lazy_gettext("How the number is found"))
    scope = SelectField(lazy_gettext("For whom"))
    margin = NumberField(
        lazy_gettext("Margin of error, in percentage points"),
        50,
        0.1,
        default=5,
        description=lazy_gettext("Half the width of the interval; e in the older rule."),
    )
    confidence = NumberField(
        lazy_gettext("Confidence (%)"),
        99.9,
        50,
        default=95,
        description=lazy_gettext("For the first way only."),
    )
    share = NumberField(
        lazy_gettext("Expected share (%)"),
        99,
        1,
        default=50,
        description=lazy_gettext("For the first way only. 50 is the safest: it needs the most people."),
    )
    deff = NumberField(
        lazy_gettext("Design effect"),
        20,
        0.1,
        default=1,
        description=lazy_gettext(
            "For the first way only. 1 for people drawn one by one; about 1.5 to 3 where villages come first."
        ),
    )
    response = NumberField(
        lazy_gettext("Expected response rate (%)"),
        100,
        1,
        default=100,
        description=lazy_gettext("For the first way only: who will not answer is chosen in addition."),
    )
    number = NumberField(
        lazy_gettext("Number given by the plan"),
        MOST_PEOPLE,
        1,
        description=lazy_gettext("For the third way only."),
    )
    allocation = SelectField(
        lazy_gettext("Sharing out among strata"),
        description=lazy_gettext("Where one number is found for all strata together."),
    )
    minimum = NumberField(lazy_gettext("At least in each stratum, when sharing out"), MOST_PEOPLE, default=0)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.rule.choices = choices(RULES)
        self.scope.choices = choices(SCOPES)
        self.allocation.choices = choices(ALLOCATIONS)

    def validate_number(self, field: NumberField) -> None:
        if self.rule.data == "number" and field.data is None:
            raise ValidationError(gettext("Enter the number."))
        if field.data is not None and field.data != int(field.data):
            raise ValidationError(gettext("Not a valid integer value."))


def by_share(form: PlanForm, population: int) -> int:
    return sample_size(
        form.margin.data / 100,
        share=form.share.data / 100,
        confidence=form.confidence.data / 100,
        deff=form.deff.data,
        population=population,
        response=form.response.data / 100,
    )


def by_older_rule(form: PlanForm, population: int) -> int:
    return sample_size_by_margin(population, form.margin.data / 100)


def by_number(form: PlanForm, population: int) -> int:
    return min(int(form.number.data), population)


SIZES: Mapping[str, Callable[[PlanForm, int], int]] = {
    "share": by_share,
    "older": by_older_rule,
    "number": by_number,
}


def proposal(form: PlanForm, populations: Mapping[str, int]) -> dict[str, int]:
    """How many to choose in each stratum, by its code. Raises DesignError where the rules cannot be met."""
    size = SIZES[form.rule.data]
    if form.scope.data == "each":
        return {code: size(form, population) for code, population in populations.items()}
    total = size(form, sum(populations.values()))
    shared = allocate(total, populations, form.allocation.data, minimum=int(form.minimum.data or 0))
    return {str(code): int(number) for code, number in shared.items()}
