"""Notices on the page of the scans, ticked off one page after another, and put back."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from survey.access import roles
from survey.collection import Refused
from survey.entry.blueprint import blueprint
from survey.entry.scanning.pictures import find_sheet
from survey.entry.scanning.ticking import put_back, tick_off
from survey.language import sentence


@blueprint.post("/entry/scans/pages/<int:sheet_id>/done")
@roles("supervisor")
def notices_done(sheet_id: int) -> ResponseReturnValue:
    version, person_id = request.form.get("version", ""), current_user.id
    return listed_again(sheet_id, lambda: tick_off(sheet_id, version, person_id), gettext("Ticked off."))


@blueprint.post("/entry/scans/pages/<int:sheet_id>/not-done")
@roles("supervisor")
def notices_put_back(sheet_id: int) -> ResponseReturnValue:
    return listed_again(sheet_id, lambda: put_back(sheet_id), gettext("Put back to what is to look at."))


def listed_again(sheet_id: int, deed: Callable[[], None], message: str) -> ResponseReturnValue:
    """The list once more, and what became of the deed; who came too late is told."""
    survey_id = find_sheet(sheet_id).scan.survey_id
    try:
        deed()
    except Refused as refused:
        message = sentence(refused.faults[0])
    flash(message)
    return redirect(url_for("entry.scans", survey_id=survey_id, _anchor="named"), 303)
