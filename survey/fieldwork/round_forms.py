"""The form for a round."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from questionnaires.faults import N_
from survey.db import db, today
from survey.fieldwork.editing import EditForm
from survey.fieldwork.fields import DATE_NEEDED, LONGEST_NAME, OfForm, required_text
from survey.language import text
from survey.models import FrameworkVersion, Round

STAYS = N_("This stays as it is since the round was opened: scores and links hang on it.")


class RoundForm(EditForm):
    """A round's particulars, for a new round and for changes."""

    title_vi = required_text(lazy_gettext("Title in Vietnamese"), lazy_gettext("Enter the title."))
    title_en = StringField(
        lazy_gettext("Title in English"),
        [Length(max=LONGEST_NAME)],
        description=lazy_gettext("Blank: the Vietnamese title is shown."),
    )
    code = required_text(
        lazy_gettext("Code"),
        lazy_gettext("Enter a code."),
        OfForm(),
        description=lazy_gettext(
            "Small letters a–z, digits and hyphens. It stands in the address of the results."
        ),
    )
    year = IntegerField(
        lazy_gettext("Year assessed"),
        [InputRequired(lazy_gettext("Enter the year.")), NumberRange(2000, 2100)],
    )
    framework_id = SelectField(lazy_gettext("Framework"), coerce=lambda value: int(value) if value else None)
    starts_on = DateField(lazy_gettext("First day"), [InputRequired(DATE_NEEDED)])
    ends_on = DateField(lazy_gettext("Last day"), [InputRequired(DATE_NEEDED)])
    self_score_due = DateField(
        lazy_gettext("Last day for self-scores"),
        [Optional()],
        description=lazy_gettext("Units enter their own points until then. Blank: until they hand them in."),
    )
    synthetic = BooleanField(
        lazy_gettext("Rehearsal with made-up data"),
        description=lazy_gettext("Every page and report of the round then says that its data are synthetic."),
    )

    def __init__(self, stored: Round | None = None, **values: Any) -> None:
        title = stored.title if stored else {}
        titles = {"title_vi": title.get("vi", ""), "title_en": title.get("en", "")}
        super().__init__(stored, **titles, **({} if stored else {"year": today().year}), **values)
        self.framework_id.choices = framework_choices(stored.framework_id if stored else None)

    def refuse_if_frozen(self, field: Any) -> None:
        if self.stored and self.stored.state != "planned" and field.data != field.object_data:
            raise ValidationError(gettext(STAYS))

    def validate_code(self, field: StringField) -> None:
        self.refuse_if_frozen(field)
        namesake = db.session.scalar(sa.select(Round).where(Round.code == field.data))
        if namesake is not None and namesake is not self.stored:
            raise ValidationError(gettext("Another round has this code."))

    def validate_framework_id(self, field: SelectField) -> None:
        self.refuse_if_frozen(field)
        if field.data is None:
            raise ValidationError(gettext("Choose the framework."))

    def validate_synthetic(self, field: BooleanField) -> None:
        self.refuse_if_frozen(field)

    def validate_ends_on(self, field: DateField) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("The last day is before the first."))

    def fill(self, a_round: Round) -> None:
        """Put what was typed into the round."""
        for name in ("code", "year", "framework_id", "starts_on", "ends_on", "self_score_due", "synthetic"):
            setattr(a_round, name, self[name].data)
        title = {"vi": self.title_vi.data, "en": self.title_en.data}
        a_round.title = {language: words for language, words in title.items() if words}


def framework_choices(kept: int | None = None) -> list[SelectChoice]:
    """Every version not retired and the one in use, and first nothing, lest one be taken by accident."""
    offered = FrameworkVersion.retired_on.is_(None) | (FrameworkVersion.id == kept)
    versions = db.session.scalars(
        sa.select(FrameworkVersion).where(offered).order_by(FrameworkVersion.code, FrameworkVersion.id.desc())
    )
    named = [
        SelectChoice(str(each.id), f"{text(each.framework.title)} ({each.version})") for each in versions
    ]
    return [SelectChoice("", gettext("Choose …")), *named]
