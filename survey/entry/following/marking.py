"""What may be said of a form by hand, and who says it."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from survey.collection.form_trail import MOVES, NEED_A_REASON, REASON_NEEDED
from survey.collection.paper.moving import BY_HAND
from survey.forms import StaffForm
from survey.models import PaperForm

DEEDS = {
    "issued": lazy_gettext("issued: handed out"),
    "returned": lazy_gettext("returned: the paper is here"),
    "refused": lazy_gettext("refused: the person does not answer"),
    "spoiled": lazy_gettext("spoiled: torn, wet, misprinted or wrongly begun"),
    "lost": lazy_gettext("lost: the paper cannot be found"),
}


class MarkForm(StaffForm):
    """One form, or several by their numbers, marked alike."""

    state = RadioField(
        lazy_gettext("Mark as"), [InputRequired(lazy_gettext("Choose what became of the form."))]
    )
    reason = StringField(
        lazy_gettext("Reason"),
        [Length(max=500)],
        description=lazy_gettext("Needed for refused, spoiled and lost forms. Without names of respondents."),
    )

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        self.offer(DEEDS)

    def offer(self, states: object) -> None:
        """Let only these states be chosen."""
        self.state.choices = [SelectChoice(state, words) for state, words in DEEDS.items() if state in states]

    def validate_reason(self, field: StringField) -> None:
        if self.state.data in NEED_A_REASON and not field.data:
            raise ValidationError(field.gettext(REASON_NEEDED))


class MarkManyForm(MarkForm):
    numbers = TextAreaField(
        lazy_gettext("Numbers of the forms"),
        description=lazy_gettext(
            "Numbers and ranges in this batch, such as 101-130, 140; or form numbers with their check digit, "
            "typed or read by a QR reader, one a line."
        ),
    )


class ArchiveForm(StaffForm):
    place = StringField(
        lazy_gettext("Where the paper lies"),
        [DataRequired(lazy_gettext("Say where the paper lies.")), Length(max=200)],
        description=lazy_gettext("For example: room 204, shelf B, box 12."),
    )


def deeds_for(form: PaperForm) -> list[str]:
    """What may be said of a form by hand in the state it is in."""
    return [state for state in BY_HAND if state in MOVES[form.state]]
