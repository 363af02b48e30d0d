"""In which language forms are printed, and how their keying will be verified."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import FloatField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from questionnaires.schema import Questionnaire
from survey.collection.paper import Plan
from survey.forms import StaffForm
from survey.language import LANGUAGES

PLAN_WORDS = {
    "none": lazy_gettext("No second keying; a supervisor looks forms over by eye"),
    "share": lazy_gettext("A second person keys a random share of the forms of each batch"),
    "all": lazy_gettext("A second person keys all forms"),
    "acceptance": lazy_gettext("A second person keys a random sample; too many wrong forms send all back"),
}


class PrintForm(StaffForm):
    language = SelectField(lazy_gettext("Language of the forms"))
    plan = RadioField(lazy_gettext("How the keying is verified"), default="share")
    verify_share = IntegerField(
        lazy_gettext("Share keyed twice (%)"), [Optional(), NumberRange(1, 100)], default=10
    )
    sample_size = IntegerField(lazy_gettext("Forms in the sample"), [Optional(), NumberRange(1, 1000)])
    acceptance_number = IntegerField(
        lazy_gettext("Wrong forms that the sample may hold"), [Optional(), NumberRange(0, 999)]
    )
    error_limit = FloatField(
        lazy_gettext("Limit of wrong items (%)"), [Optional(), NumberRange(0, 100)], default=1.0
    )

    def __init__(self, questionnaire: Questionnaire, **values: object) -> None:
        super().__init__(**values)
        self.language.choices = [
            SelectChoice(code, LANGUAGES.get(code, code)) for code in questionnaire.languages
        ]
        self.plan.choices = [SelectChoice(code, words) for code, words in PLAN_WORDS.items()]

    def chosen_plan(self) -> Plan:
        """The plan, without the figures of the other plans."""
        name = self.plan.data
        is_sample = name == "acceptance"
        return Plan(
            name,
            verify_share=(self.verify_share.data or 0) if name == "share" else 0,
            sample_size=(self.sample_size.data or 0) if is_sample else 0,
            acceptance_number=(self.acceptance_number.data or 0) if is_sample else 0,
            error_limit=1.0 if self.error_limit.data is None else self.error_limit.data,
        )
