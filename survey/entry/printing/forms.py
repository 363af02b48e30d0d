"""In which language and how closely forms are printed, and how their keying will be verified."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from questionnaires.schema import Questionnaire
from survey.entry.verifying.plan_form import PlanForm
from survey.language import LANGUAGES

PROPOSED = {"plan": "share", "verify_share": 10, "error_limit": 1}


class PrintForm(PlanForm):
    """The plan is that of all batches of the print; it can be changed later, batch by batch."""

    language = SelectField(lazy_gettext("Language of the forms"))
    closely = BooleanField(
        lazy_gettext("Answers side by side where that saves paper"),
        description=lazy_gettext(
            "Without the tick each question has its answers in one column, which is easier to fill in and to "
            "key; a long form may take a page more."
        ),
    )

    def __init__(self, questionnaire: Questionnaire, **values: object) -> None:
        super().__init__(**PROPOSED, **values)
        self.language.choices = [
            SelectChoice(code, LANGUAGES.get(code, code)) for code in questionnaire.languages
        ]
