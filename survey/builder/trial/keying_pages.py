"""Preview of the keying screen: keyed and checked as a paper form, saved nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.faults import Fault
from survey.builder.trial.nothing import something_to_show
from survey.builder.trial.sorts import page
from survey.builder.trial.stand_ins import banner, preview_batch, preview_survey
from survey.builder.trial.subject import Tried
from survey.entry.keying import Keyed, filled_screen, read_screen


@page("/key")
@something_to_show
def key(tried: Tried) -> str:
    return show(tried, Keyed("1"))


@page("/key", "POST")
@something_to_show
def finish_keying(tried: Tried) -> ResponseReturnValue:
    """Check the form as one that is saved would be; then an empty screen again."""
    keyed, faults = read_screen(tried.presentable.questionnaire)
    if faults:
        return show(tried, keyed, faults), 422
    flash(gettext("The form is sound: in a batch it would be saved now. Here nothing is."))
    return redirect(url_for(".key", slug=tried.id), 303)


def show(tried: Tried, keyed: Keyed, faults: Sequence[Fault] = ()) -> str:
    return render_template(
        "builder/trial/key.html",
        tried=tried,
        survey=preview_survey(tried),
        batch=preview_batch(),
        done=0,
        preview=banner(tried),
        **filled_screen(tried.presentable.questionnaire, keyed, faults),
    )
