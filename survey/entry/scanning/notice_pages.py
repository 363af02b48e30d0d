"""Notices on the page of the scans, ticked off one page after another, and put back."""

from __future__ import annotations

from functools import partial

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from survey.access import roles
from survey.entry.blueprint import blueprint
from survey.entry.scanning.listed_again import listed_again
from survey.entry.scanning.ticking import put_back, tick_off

LIST = "named"
"""The list of notices on the page of the scans."""


@blueprint.post("/entry/scans/pages/<int:sheet_id>/done")
@roles("supervisor")
def notices_done(sheet_id: int) -> ResponseReturnValue:
    version, person_id = request.form.get("version", ""), current_user.id
    ticking = partial(tick_off, sheet_id, version, person_id)
    return listed_again(sheet_id, ticking, gettext("Ticked off."), at=LIST)


@blueprint.post("/entry/scans/pages/<int:sheet_id>/not-done")
@roles("supervisor")
def notices_put_back(sheet_id: int) -> ResponseReturnValue:
    putting = partial(put_back, sheet_id)
    return listed_again(sheet_id, putting, gettext("Put back to what is to look at."), at=LIST)
