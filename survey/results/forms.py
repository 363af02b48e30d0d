"""The form that orders a run."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from survey.forms import StaffForm
from survey.results.settings import DEFAULTS, LARGEST_CELL, SETTINGS

CELL = SETTINGS["minimum_cell"]
NUMBER = lazy_gettext("Enter a whole number from 1 to %(most)s.", most=LARGEST_CELL)


def choice_field(name: str) -> RadioField:
    setting = SETTINGS[name]
    return RadioField(
        lazy_gettext(setting.label),
        description=lazy_gettext(setting.hint) if setting.hint else "",
        default=DEFAULTS[name],
        validators=[InputRequired(lazy_gettext("Choose one."))],
    )


class RunForm(StaffForm):
    """The settings of a run; what it opens with are the defaults."""

    official = choice_field("official")
    targets = choice_field("targets")
    aggregation = choice_field("aggregation")
    satisfaction = choice_field("satisfaction")
    absent_group = choice_field("absent_group")
    minimum_cell = IntegerField(
        lazy_gettext(CELL.label),
        description=lazy_gettext(CELL.hint),
        default=DEFAULTS["minimum_cell"],
        validators=[InputRequired(NUMBER), NumberRange(1, LARGEST_CELL, NUMBER)],
    )

    def __init__(self) -> None:
        super().__init__()
        for name, setting in SETTINGS.items():
            if setting.choices:
                self[name].choices = [SelectChoice(*pair) for pair in in_words(setting.choices.items())]

    @property
    def chosen(self) -> dict[str, object]:
        return {name: self[name].data for name in SETTINGS}


def in_words(pairs: object) -> list[tuple[str, str]]:
    return [(value, gettext(words)) for value, words in pairs]  # type: ignore[attr-defined]
