"""The small forms of this room; the questionnaire itself is no WTForms form."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from sqlalchemy.orm import joinedload
from wtforms import BooleanField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp

from questionnaires.faults import N_
from survey.db import db
from survey.forms import StaffForm
from survey.models import Batch, Sample, Stratum, Survey, Unit

LARGEST_BATCH = 1_000
CODE_TAKEN = N_("This survey has a batch of this code already.")


class BatchForm(StaffForm):
    stratum_id = SelectField(
        lazy_gettext("Survey and unit"),
        coerce=lambda value: int(value) if value else None,
        description=lazy_gettext("All forms of a batch rate this unit."),
    )
    code = StringField(
        lazy_gettext("Code of the batch"),
        [
            InputRequired(lazy_gettext("Enter a code.")),
            Length(max=64),
            Regexp(r"^[\w./-]+$", message=lazy_gettext("Use letters, digits, and . _ / - between them.")),
        ],
        description=lazy_gettext("As it stands on the envelope or bundle, for example SNV-01."),
    )
    forms_expected = IntegerField(
        lazy_gettext("Number of forms in it"),
        [
            InputRequired(lazy_gettext("Enter how many forms the batch holds.")),
            NumberRange(1, LARGEST_BATCH, lazy_gettext("A batch holds between %(min)s and %(max)s forms.")),
        ],
    )

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.strata = {stratum.id: stratum for stratum in strata_for_paper()}
        choices = (SelectChoice(str(key), name_of(stratum)) for key, stratum in self.strata.items())
        self.stratum_id.choices = [SelectChoice("", gettext("Choose")), *choices]

    def validate_stratum_id(self, field: SelectField) -> None:
        if field.data is None:
            raise ValidationError(gettext("Choose the survey and unit that these forms belong to."))

    def validate_code(self, field: StringField) -> None:
        stratum = self.strata.get(self.stratum_id.data)
        if stratum is None:
            return
        same = sa.select(Batch.id).where(
            Batch.survey_id == stratum.sample.survey_id, sa.func.lower(Batch.code) == field.data.lower()
        )
        if db.session.scalar(same) is not None:
            raise ValidationError(gettext(CODE_TAKEN))


class ReasonForm(StaffForm):
    reason = StringField(lazy_gettext("Reason"), [DataRequired(lazy_gettext("Say why.")), Length(max=500)])


class UploadForm(StaffForm):
    file = FileField(
        lazy_gettext("File (XLSX or CSV)"), [FileRequired(lazy_gettext("Choose a file to upload."))]
    )
    blanks_confirmed = BooleanField(
        lazy_gettext("Required answers that are missing in the file are blank on the paper too")
    )
    as_digits = BooleanField(
        lazy_gettext("Answers are keyed as the digits printed beside them"),
        description=lazy_gettext(
            "Tick it for forms printed here or copied from the Word version: 1 is the first answer."
        ),
    )


def strata_for_paper() -> list[Stratum]:
    """The strata of surveys that still take paper."""
    query = (
        sa.select(Stratum)
        .join(Stratum.sample)
        .join(Sample.survey)
        .join(Stratum.unit)
        .where(Survey.state.in_(("open", "paused")))
        .order_by(Survey.round_id.desc(), Survey.code, Unit.search_key, Stratum.code)
        .options(
            joinedload(Stratum.unit),
            joinedload(Stratum.sample).joinedload(Sample.survey).joinedload(Survey.questionnaire_version),
        )
    )
    return list(db.session.scalars(query))


def name_of(stratum: Stratum) -> str:
    """A stratum for people to choose: its survey, its unit, its own code where that says more."""
    survey = stratum.sample.survey
    parts = [survey.code, stratum.unit.name, stratum.code if stratum.code != stratum.unit.code else ""]
    return " – ".join(filter(None, parts))


class CloseForm(StaffForm):
    confirmed = BooleanField(
        lazy_gettext("Close it all the same"),
        [
            InputRequired(
                lazy_gettext("Something waits in this batch: tick that it may be closed all the same.")
            )
        ],
    )
