"""The tick that lets a survey be closed though paper waits."""

from __future__ import annotations

from flask_babel import lazy_gettext
from wtforms import BooleanField
from wtforms.validators import InputRequired

from survey.forms import StaffForm


class CloseSurveyForm(StaffForm):
    confirmed = BooleanField(
        lazy_gettext("Close the survey though paper forms wait"),
        [
            InputRequired(
                lazy_gettext("Paper forms of this survey wait: tick that it may be closed all the same.")
            )
        ],
        description=lazy_gettext(
            "Forms that nobody has keyed are left out. Those keyed once are keyed a second time and settled "
            "after the closing too. A survey opened again takes paper again."
        ),
    )
