"""The form for a unit."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from questionnaires.codes import Form
from questionnaires.faults import N_
from survey.builder.terms import UNIT_TYPES, unit_type
from survey.db import db
from survey.fieldwork.editing import EditForm
from survey.fieldwork.fields import DATE_NEEDED, OfForm, required_text
from survey.models import RoundUnit, Stratum, Unit

UNIT_CODE = Form(
    re.compile(r"[A-Za-z0-9]([._-]?[A-Za-z0-9])*"),
    N_(
        "“%(code)s” is no code: use letters without marks and digits, parted by dots, hyphens or underscores."
    ),
)
LONGEST_LINE = 100  # parents above a unit: more than any administration has
CODE_STAYS = N_("The code stays: it stands in a round or a sample, and in printed links.")


class UnitForm(EditForm):
    """A unit's particulars, for a new unit and for changes."""

    code = required_text(
        lazy_gettext("Code"),
        lazy_gettext("Enter a code."),
        OfForm(UNIT_CODE),
        description=lazy_gettext("Short and lasting: it stands in links and in tables that people upload."),
    )
    name = required_text(lazy_gettext("Name"), lazy_gettext("Enter the name."))
    type = SelectField(lazy_gettext("Type"))
    ranking_group = StringField(
        lazy_gettext("Ranking group"),
        [Length(max=64)],
        filters=[lambda text: text or None],
        description=lazy_gettext(
            "The code of the group it is usually ranked in; each round can say otherwise. Blank for none."
        ),
    )
    parent_code = StringField(
        lazy_gettext("Code of the unit above it"), description=lazy_gettext("Blank where there is none.")
    )
    valid_from = DateField(lazy_gettext("First day"), [InputRequired(DATE_NEEDED)])
    valid_to = DateField(
        lazy_gettext("Last day"),
        [Optional()],
        description=lazy_gettext("Blank while the unit exists. A unit that ended stays in its rounds."),
    )

    def __init__(self, unit: Unit | None = None, **values: Any) -> None:
        super().__init__(unit, parent_code=unit.parent.code if unit and unit.parent else "", **values)
        self.type.choices = type_choices(unit)
        self.parent: Unit | None = None

    def validate_code(self, field: StringField) -> None:
        if self.stored and field.data != self.stored.code and is_in_use(self.stored):
            raise ValidationError(gettext(CODE_STAYS))
        namesake = db.session.scalar(sa.select(Unit).where(Unit.code == field.data))
        if namesake is not None and namesake is not self.stored:
            raise ValidationError(gettext("Another unit has this code: %(name)s.") % {"name": namesake.name})

    def validate_parent_code(self, field: StringField) -> None:
        if not field.data:
            return
        self.parent = db.session.scalar(sa.select(Unit).where(Unit.code == field.data))
        if self.parent is None:
            raise ValidationError(gettext("No unit has this code."))
        if self.stored and stands_below(self.parent, self.stored):
            raise ValidationError(gettext("A unit cannot stand above itself."))

    def validate_valid_to(self, field: DateField) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(gettext("The last day is before the first."))

    def fill(self, unit: Unit) -> None:
        """Put what was typed into the unit."""
        for name in ("code", "name", "type", "ranking_group", "valid_from", "valid_to"):
            setattr(unit, name, self[name].data)
        unit.parent = self.parent


def type_choices(unit: Unit | None) -> list[SelectChoice]:
    """The types we have words for, and the unit's own where that is another."""
    types = [*UNIT_TYPES, *([unit.type] if unit and unit.type not in UNIT_TYPES else [])]
    return [SelectChoice(each, unit_type(each)) for each in types]


def is_in_use(unit: Unit) -> bool:
    """Whether a round or a sample names the unit."""
    uses = sa.exists().where(RoundUnit.unit_id == unit.id) | sa.exists().where(Stratum.unit_id == unit.id)
    return bool(db.session.scalar(sa.select(uses)))


def stands_below(unit: Unit, other: Unit) -> bool:
    """Whether `unit` is `other` or has it above itself, near or far."""
    at: Unit | None = unit
    for _ in range(LONGEST_LINE):
        if at is None:
            return False
        if at.id == other.id:
            return True
        at = at.parent
    return True
