"""Sure cells drawn by chance: a picture, what the machine read, right or wrong."""

from __future__ import annotations

from flask import abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from questionnaires.faults import Fault
from survey.access import roles
from survey.addresses import sent
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.doubt_pages import wants_no_page
from survey.entry.scanning.finding import find_survey
from survey.entry.scanning.sampling import cells_to_check, note_check, take_back_check
from survey.entry.scanning.saying import NOT_HERE
from survey.entry.scanning.showing import note_proposals
from survey.entry.scanning.standing import checks_left
from survey.language import sentence
from survey.models import Scan, ScanPage

CHECKS = {"yes": True, "no": False}
LAST_CHECK = "last_check_of_scan"


@blueprint.get("/entry/surveys/<int:survey_id>/scans/check")
@roles("enumerator", "supervisor")
def scan_samples(survey_id: int) -> str:
    survey, person_id = find_survey(survey_id), current_user.id
    cells, undo = cells_to_check(survey.id), session.get(LAST_CHECK)
    shown = page("scanning/samples.html", survey, cells=cells, left=checks_left(survey.id), undo=undo)
    note_proposals(cells, person_id)
    return shown


@blueprint.post("/entry/surveys/<int:survey_id>/scans/check")
@roles("enumerator", "supervisor")
def check_sample(survey_id: int) -> ResponseReturnValue:
    find_survey(survey_id)
    deed, item = request.form.get("say", ""), request.form.get("item", "")
    sheet = db.session.get(ScanPage, sent("sheet") or abort(400))
    if sheet is None or db.session.get_one(Scan, sheet.scan_id).survey_id != survey_id:
        abort(400)
    if deed == "undo":
        return undone(survey_id, sheet.id, item)
    if deed not in CHECKS:
        abort(400)
    note_check(sheet.id, item, CHECKS[deed], current_user.id)
    session[LAST_CHECK] = [sheet.id, item]
    if wants_no_page():
        return {"left": checks_left(survey_id)}
    return redirect(url_for("entry.scan_samples", survey_id=survey_id), 303)


def undone(survey_id: int, sheet_id: int, item: str) -> ResponseReturnValue:
    """409 where this person said nothing of the cell."""
    session.pop(LAST_CHECK, None)
    is_back = take_back_check(sheet_id, item, current_user.id)
    why_not = "" if is_back else sentence(Fault("form", NOT_HERE))
    if wants_no_page():
        return {"left": checks_left(survey_id)} if is_back else ({"message": why_not}, 409)
    if why_not:
        flash(why_not)
    return redirect(url_for("entry.scan_samples", survey_id=survey_id), 303)
