"""What all staff forms share: clean text in, WTForms' own sentences in the reader's language."""

from __future__ import annotations

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField

from questionnaires import written
from questionnaires.faults import N_

# WTForms ships no Vietnamese. These are its sentences, named here so that our catalog holds them.
WTFORMS_SENTENCES = (
    N_("This field is required."),
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("Not a valid integer value."),
    N_("Not a valid decimal value."),
    N_("Not a valid date value."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("Number must be between %(min)s and %(max)s."),
    N_("Field cannot be longer than %(max)d characters."),
    N_("Field must be at least %(min)d characters."),
    N_("The CSRF token is missing."),
    N_("CSRF token missing."),
)


class Sentences:
    """The two calls WTForms makes for its messages, answered from our catalogs."""

    def gettext(self, text: str) -> str:
        return gettext(text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return gettext(singular if count == 1 else plural)  # its slots are filled by WTForms


def clean(value: object) -> object:
    """Typed text in Unicode form NFC, without the blanks around it and what cannot be stored or shown."""
    return written.clean(value) if isinstance(value, str) else value


def clean_line(value: object) -> object:
    """The same on one line, so that it cannot add lines to an e-mail's head or a file."""
    return written.clean(value, lines=False) if isinstance(value, str) else value


class StaffForm(FlaskForm):
    """Subclass this for every staff form."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> Sentences:
            return Sentences()

        def bind_field(self, form: FlaskForm, unbound_field: object, options: dict) -> Field:
            is_typed = issubclass(unbound_field.field_class, StringField)
            if is_typed and not issubclass(unbound_field.field_class, PasswordField):
                has_lines = issubclass(unbound_field.field_class, TextAreaField | HiddenField)
                tidy = clean if has_lines else clean_line
                options = {**options, "filters": [tidy, *unbound_field.kwargs.get("filters", ())]}
            return unbound_field.bind(form=form, **options)
