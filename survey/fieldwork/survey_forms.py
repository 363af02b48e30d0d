"""The form for a survey."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, DateField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from questionnaires.faults import N_
from survey.builder.terms import group
from survey.db import db
from survey.fieldwork.editing import EditForm
from survey.fieldwork.fields import DATE_NEEDED, LONGEST_NAME, OfForm, required_text
from survey.language import text
from survey.models import QuestionnaireVersion, Round, Survey

QUESTIONNAIRE_STAYS = N_(
    "The survey was opened with its questionnaire, so that stays. Another version is asked in a new survey."
)
STAYS = N_("This stays as it is since the survey was opened: it stands on letters and in files.")


class SurveyForm(EditForm):
    """A survey's particulars, for a new survey and for changes."""

    questionnaire_id = SelectField(
        lazy_gettext("Questionnaire"), coerce=lambda value: int(value) if value else None
    )
    code = required_text(
        lazy_gettext("Code"),
        lazy_gettext("Enter a code."),
        OfForm(),
        description=lazy_gettext("Short, such as “citizen”: small letters a–z, digits and hyphens."),
    )
    slug = required_text(
        lazy_gettext("Short address"),
        lazy_gettext("Enter the short address."),
        OfForm(),
        description=lazy_gettext("People open /k/ and these letters: small letters a–z, digits and hyphens."),
    )
    opens_on = DateField(lazy_gettext("First day"), [InputRequired(DATE_NEEDED)])
    closes_on = DateField(lazy_gettext("Last day"), [InputRequired(DATE_NEEDED)])
    open_link = BooleanField(
        lazy_gettext("Anybody with the link may answer"),
        default=True,
        description=lazy_gettext("Without it, people need a personal code."),
    )
    contact = StringField(
        lazy_gettext("Whom people may ask"),
        [Length(max=LONGEST_NAME)],
        description=lazy_gettext("The agency that asks, with a telephone number or e-mail address."),
    )

    def __init__(self, a_round: Round, stored: Survey | None = None, **values: Any) -> None:
        days = {} if stored else {"opens_on": a_round.starts_on, "closes_on": a_round.ends_on}
        super().__init__(stored, **days, **values)
        self.round = a_round
        self.questionnaire_id.choices = questionnaire_choices(stored.questionnaire_id if stored else None)

    def refuse_if_opened(self, field: Any, sentence: str) -> None:
        if self.stored and self.stored.state != "draft" and field.data != field.object_data:
            raise ValidationError(gettext(sentence))

    def validate_questionnaire_id(self, field: SelectField) -> None:
        self.refuse_if_opened(field, QUESTIONNAIRE_STAYS)
        if field.data is None:
            raise ValidationError(gettext("Choose the questionnaire."))

    def validate_code(self, field: StringField) -> None:
        self.refuse_if_opened(field, STAYS)
        same = sa.select(Survey).where(Survey.round_id == self.round.id, Survey.code == field.data)
        if db.session.scalar(same) not in (None, self.stored):
            raise ValidationError(gettext("Another survey of this round has this code."))

    def validate_slug(self, field: StringField) -> None:
        self.refuse_if_opened(field, STAYS)
        if db.session.scalar(sa.select(Survey).where(Survey.slug == field.data)) not in (None, self.stored):
            raise ValidationError(gettext("Another survey has this address."))

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(gettext("The last day is before the first."))

    def fill(self, survey: Survey) -> None:
        """Put what was typed into the survey."""
        for name in ("questionnaire_id", "code", "slug", "opens_on", "closes_on", "open_link", "contact"):
            setattr(survey, name, self[name].data)


def questionnaire_choices(kept: int | None = None) -> list[SelectChoice]:
    """Every version that is not retired and the one in use, with its group; first nothing, lest one be taken
    by accident.
    """
    offered = sa.select(QuestionnaireVersion).where(
        QuestionnaireVersion.retired_on.is_(None) | (QuestionnaireVersion.id == kept)
    )
    versions = db.session.scalars(offered.order_by(QuestionnaireVersion.code, QuestionnaireVersion.id.desc()))
    named = [SelectChoice(str(each.id), questionnaire_name(each)) for each in versions]
    return [SelectChoice("", gettext("Choose …")), *named]


def questionnaire_name(version: QuestionnaireVersion) -> str:
    title = text(version.questionnaire.title)
    return f"{group(version.respondent_group)}: {title} ({version.version})"
