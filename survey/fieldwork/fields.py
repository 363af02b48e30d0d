"""Form fields for what Vietnamese readers type."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import Field, StringField, ValidationError
from wtforms.validators import DataRequired, Length
from wtforms.widgets import TextInput

from questionnaires.codes import DEFINITION, Form
from questionnaires.written import Unreadable, read_number

LONGEST_NAME = 500


class NumberField(Field):
    """A number typed as 3,5 or 3.5, within bounds; blank is its default."""

    widget = TextInput()

    def __init__(self, label: str, most: float, least: float = 0, **options: object) -> None:
        super().__init__(label, **options)
        self.type = "DecimalField"  # the page sizes a field by this name
        self.least, self.most = least, most

    def process_formdata(self, texts: Sequence[str]) -> None:
        if not texts or not texts[0].strip():
            return
        try:
            self.data = read_number(texts[0])
        except Unreadable as error:
            raise ValueError(gettext(error.template) % error.values) from None

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        if self.data is not None and not self.errors and not self.least <= self.data <= self.most:
            raise ValidationError(
                gettext("Number must be between %(min)s and %(max)s.") % {"min": self.least, "max": self.most}
            )

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else f"{self.data:g}".replace(".", ",")


class OfForm:
    """The validator for a code: what it may look like."""

    def __init__(self, form: Form = DEFINITION) -> None:
        self.form = form

    def __call__(self, _form: object, field: StringField) -> None:
        if field.data and not self.form.fits(field.data):
            raise ValidationError(gettext(self.form.template) % {"code": field.data})


def required_text(label: str, sentence: str, *checks: object, **options: object) -> StringField:
    """A line of text that must be there; `sentence` says so."""
    return StringField(label, [DataRequired(sentence), Length(max=LONGEST_NAME), *checks], **options)


DATE_NEEDED = lazy_gettext("Enter a day.")
