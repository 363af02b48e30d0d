"""Two people edit the same thing: the second to save is told, sees what the first wrote, loses nothing."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from flask_babel import gettext
from wtforms import Field, HiddenField, SelectField, ValidationError

from questionnaires.faults import N_
from survey.forms import StaffForm
from survey.language import localdate

CHANGED = N_(
    "Somebody else changed this while you had it open. See below what is stored now; what you typed is kept, "
    "and saving again puts it in place of theirs."
)
UNCHECKED = ("seen", "csrf_token")


def marker(values: Any) -> str:
    """What stands for a stored state: it differs as soon as any of the values does."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class EditForm(StaffForm):
    """A form over something stored. `theirs` holds what somebody else stored meanwhile, by its label."""

    seen = HiddenField()

    def __init__(self, stored: Any = None, **values: Any) -> None:
        self.stored = stored
        self.theirs: list[tuple[str, str]] = []
        super().__init__(obj=stored, **values)
        if not self.is_submitted():
            self.seen.data = self.state()

    def state(self) -> str:
        """The marker of what is stored now."""
        return marker({field.name: field.object_data for field in self.fields()})

    def fields(self) -> list[Field]:
        return [field for field in self if field.name not in UNCHECKED]

    def validate_seen(self, field: HiddenField) -> None:
        if self.stored is None or field.data == self.state():
            return
        field.data = self.state()
        self.theirs = [
            (str(each.label.text), shown(each)) for each in self.fields() if each.data != each.object_data
        ]
        if self.theirs:
            raise ValidationError(gettext(CHANGED))


def shown(field: Field) -> str:
    """The stored value of a field, as its page shows it."""
    value = field.object_data
    if isinstance(field, SelectField):
        return next((str(label) for key, label, *_ in field.iter_choices() if key == str(value)), str(value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime.date):
        return localdate(value)
    return "–" if value in (None, "") else str(value)
