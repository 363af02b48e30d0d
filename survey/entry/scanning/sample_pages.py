"""Sure cells drawn by chance: a picture, what the machine read, right or wrong."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access import roles
from survey.addresses import sent
from survey.db import db
from survey.entry.blueprint import blueprint, page
from survey.entry.scanning.doubt_pages import wants_no_page
from survey.entry.scanning.finding import find_survey
from survey.entry.scanning.sampling import cells_to_check, note_check
from survey.entry.scanning.showing import note_proposals
from survey.entry.scanning.standing import standing
from survey.models import Scan, ScanPage


@blueprint.get("/entry/surveys/<int:survey_id>/scans/check")
@roles("enumerator", "supervisor")
def scan_samples(survey_id: int) -> str:
    survey, person_id = find_survey(survey_id), current_user.id
    cells = cells_to_check(survey.id)
    shown = page("scanning/samples.html", survey, cells=cells, standing=standing(survey.id))
    note_proposals(cells, person_id)
    return shown


@blueprint.post("/entry/surveys/<int:survey_id>/scans/check")
@roles("enumerator", "supervisor")
def check_sample(survey_id: int) -> ResponseReturnValue:
    find_survey(survey_id)
    said = {"yes": True, "no": False}.get(request.form.get("say", ""))
    sheet = db.session.get(ScanPage, sent("sheet") or abort(400))
    if said is None or sheet is None or db.session.get_one(Scan, sheet.scan_id).survey_id != survey_id:
        abort(400)
    note_check(sheet.id, request.form.get("item", ""), said, current_user.id)
    if wants_no_page():
        return "", 204
    return redirect(url_for("entry.scan_samples", survey_id=survey_id), 303)
