"""The form for a survey."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from questionnaires import DefinitionError
from questionnaires.faults import N_
from questionnaires.sitting import rates_units
from survey.builder.terms import group
from survey.db import db
from survey.fieldwork.editing import EditForm
from survey.fieldwork.fields import DATE_NEEDED, LONGEST_NAME, OfForm, required_text
from survey.fieldwork.survey_proposals import first_day, free_slug, last_day_of_keeping
from survey.language import localdate, text
from survey.models import Batch, QuestionnaireVersion, Round, Survey

LONGEST_EXPLANATION = 1_000
PAGE_WORDS = {
    "section": N_("A section a page: few pages, quick for people who know the subject"),
    "question": N_("A question a page: easiest on a telephone"),
}
RATES_WORDS = {
    "one": N_("One agency: the one that served them"),
    "several": N_("All agencies of the sample in one sitting, as deputies and leaders do"),
}

QUESTIONNAIRE_STAYS = N_(
    "The survey was opened or printed with its questionnaire, so that stays. Another version is asked in a "
    "new survey."
)
STAYS = N_("This stays as it is since the survey was opened or printed: it stands on letters and in files.")
TOLD_TO_PEOPLE = N_(
    "This stays as it is since the survey was opened or printed: people answer on these terms."
)
PAUSE_FIRST = N_("Pause the survey before you change this: people who are answering would lose their page.")
RATES_NO_UNITS = N_(
    "This questionnaire asks nothing agency by agency, so each person can rate one only. Choose “One agency” "
    "or make a version of the questionnaire whose questions are rated for each unit."
)
KEPT_TOO_SHORT = N_("Answers are kept at least until the survey's last day.")
PROMISED = N_("People were told that answers are kept until %(day)s: it may become earlier, not later.")


class SurveyOfRoundForm(EditForm):
    """What every survey of a round is asked anew, a copied one too."""

    questionnaire_id = SelectField(
        lazy_gettext("Questionnaire"), coerce=lambda value: int(value) if value else None
    )
    slug = required_text(
        lazy_gettext("Short address"),
        lazy_gettext("Enter the short address."),
        OfForm(),
        description=lazy_gettext("People open /k/ and these letters: small letters a–z, digits and hyphens."),
    )
    opens_on = DateField(lazy_gettext("First day"), [InputRequired(DATE_NEEDED)])
    closes_on = DateField(lazy_gettext("Last day"), [InputRequired(DATE_NEEDED)])

    def __init__(self, a_round: Round, stored: Survey | None = None, **values: Any) -> None:
        super().__init__(stored, **values)
        self.round = a_round
        self.questionnaire_id.choices = questionnaire_choices(stored.questionnaire_id if stored else None)

    def refuse_if_opened(self, field: Any, sentence: str) -> None:
        if self.stored and is_told(self.stored) and field.data != field.object_data:
            raise ValidationError(gettext(sentence))

    def validate_questionnaire_id(self, field: SelectField) -> None:
        self.refuse_if_opened(field, QUESTIONNAIRE_STAYS)
        if field.data is None:
            raise ValidationError(gettext("Choose the questionnaire."))

    def validate_slug(self, field: StringField) -> None:
        self.refuse_if_opened(field, STAYS)
        if db.session.scalar(sa.select(Survey).where(Survey.slug == field.data)) not in (None, self.stored):
            raise ValidationError(gettext("Another survey has this address."))

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(gettext("The last day is before the first."))


class KeptAsPromised(Optional):
    """A day that may be blank, until people were told of one: from then on it only comes nearer."""

    def __call__(self, form: SurveyForm, field: DateField) -> None:
        promised = form.stored.keep_until if form.stored and is_told(form.stored) else None
        if promised and (field.data is None or field.data > promised):
            field.errors = []
            raise StopValidation(gettext(PROMISED) % {"day": localdate(promised)})
        super().__call__(form, field)


class SurveyForm(SurveyOfRoundForm):
    """A survey's particulars, for a new survey and for changes."""

    code = required_text(
        lazy_gettext("Code"),
        lazy_gettext("Enter a code."),
        OfForm(),
        description=lazy_gettext("Short, such as “citizen”: small letters a–z, digits and hyphens."),
    )
    open_link = BooleanField(
        lazy_gettext("Anybody with the link may answer"),
        default=True,
        description=lazy_gettext("Without it, people need a personal code or a dossier number."),
    )
    by_dossier = BooleanField(
        lazy_gettext("People may answer with the number of their dossier"),
        description=lazy_gettext(
            "Each number of the imported list lets one person answer once. It is not kept with the answers."
        ),
    )
    page_by = RadioField(lazy_gettext("What stands on a page"), default="section")
    rates = RadioField(lazy_gettext("What one person rates"), default="one")
    contact = StringField(
        lazy_gettext("Whom people may ask"),
        [Length(max=LONGEST_NAME)],
        description=lazy_gettext("The agency that asks, with a telephone number or e-mail address."),
    )
    purpose = TextAreaField(
        lazy_gettext("What the answers are for"),
        [Length(max=LONGEST_EXPLANATION)],
        description=lazy_gettext("A sentence or two in plain words; people read it before they agree."),
    )
    legal_basis = TextAreaField(
        lazy_gettext("By what right you ask"),
        [Length(max=LONGEST_EXPLANATION)],
        description=lazy_gettext("The decision or plan this survey rests on, with number and date."),
    )
    keep_until = DateField(
        lazy_gettext("Answers are kept until"),
        [KeptAsPromised()],
        description=lazy_gettext(
            "After this day each person's answers are erased; the figures made of them stay. Blank where no "
            "day is set yet."
        ),
    )
    withdrawable = BooleanField(
        lazy_gettext("People may take their answers back"),
        description=lazy_gettext(
            "With the number on their receipt, until the survey closes. Withdrawn answers are erased at once."
        ),
    )

    def __init__(self, a_round: Round, stored: Survey | None = None) -> None:
        super().__init__(a_round, stored, **({} if stored else proposals(a_round)))
        self.page_by.choices = [(code, gettext(words)) for code, words in PAGE_WORDS.items()]
        self.rates.choices = [(code, gettext(words)) for code, words in RATES_WORDS.items()]

    def validate_code(self, field: StringField) -> None:
        self.refuse_if_opened(field, STAYS)
        same = sa.select(Survey).where(Survey.round_id == self.round.id, Survey.code == field.data)
        if db.session.scalar(same) not in (None, self.stored):
            raise ValidationError(gettext("Another survey of this round has this code."))

    def validate_page_by(self, field: RadioField) -> None:
        if self.stored and self.stored.state == "open" and field.data != field.object_data:
            raise ValidationError(gettext(PAUSE_FIRST))

    def validate_rates(self, field: RadioField) -> None:
        self.refuse_if_opened(field, TOLD_TO_PEOPLE)
        if field.data == "several" and not may_rate_several(self.questionnaire_id.data):
            raise ValidationError(gettext(RATES_NO_UNITS))

    def validate_withdrawable(self, field: BooleanField) -> None:
        self.refuse_if_opened(field, TOLD_TO_PEOPLE)

    def validate_keep_until(self, field: DateField) -> None:
        if field.data and self.closes_on.data and field.data < self.closes_on.data:
            raise ValidationError(gettext(KEPT_TOO_SHORT))

    def fill(self, survey: Survey) -> None:
        """Put what was typed into the survey."""
        for field in self.fields():
            setattr(survey, field.name, field.data or "" if field.name in EXPLAINING else field.data)


def is_told(survey: Survey) -> bool:
    """Whether people may know of it: it was opened, or forms were printed."""
    printed = sa.exists().where(Batch.survey_id == survey.id, Batch.layout_id.is_not(None))
    return survey.state != "draft" or db.session.scalar(sa.select(printed))


def proposals(a_round: Round) -> dict[str, object]:
    """What a new survey's form shows first."""
    return {
        "slug": free_slug(a_round),
        "opens_on": first_day(a_round),
        "closes_on": a_round.ends_on,
        "keep_until": last_day_of_keeping(a_round),
    }


EXPLAINING = ("contact", "purpose", "legal_basis")


def may_rate_several(version_id: int | None) -> bool:
    """Whether the questionnaire asks anything agency by agency; nothing is held against one not chosen."""
    version = db.session.get(QuestionnaireVersion, version_id) if version_id else None
    try:
        return version is None or rates_units(version.questionnaire)
    except DefinitionError:  # of an older day: the survey's page names what is wrong with it
        return True


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
