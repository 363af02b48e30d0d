"""The form for one more tablet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from survey.db import db
from survey.fieldwork.fields import required_text
from survey.forms import StaffForm
from survey.models import Kiosk, Stratum, Survey


class KioskForm(StaffForm):
    """A tablet's name, which staff know it by, and whom the people at its desk rate."""

    name = required_text(
        lazy_gettext("Name of the tablet"),
        lazy_gettext("Enter a name."),
        description=lazy_gettext("Such as “Counter 3”. People who answer do not see it."),
    )
    stratum_id = SelectField(
        lazy_gettext("Unit that is rated there"), coerce=lambda value: int(value) if value else None
    )

    def __init__(self, survey: Survey, strata: Sequence[Stratum], **values: Any) -> None:
        super().__init__(**values)
        self.survey = survey
        self.stratum_id.choices = [
            SelectChoice("", gettext("Choose …")),
            *(SelectChoice(str(each.id), f"{each.unit.name} ({each.code})") for each in strata),
        ]

    def validate_name(self, field: StringField) -> None:
        names = db.session.scalars(sa.select(Kiosk.name).filter_by(survey_id=self.survey.id))
        if str(field.data).casefold() in {name.casefold() for name in names}:
            raise ValidationError(gettext("Another tablet of this survey has this name."))

    def validate_stratum_id(self, field: SelectField) -> None:
        if field.data is None:
            raise ValidationError(gettext("Choose the unit."))
