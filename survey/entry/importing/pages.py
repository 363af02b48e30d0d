"""Forms keyed elsewhere: the template to fill, the upload that is stored whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from flask import Response as Reply
from flask import abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from questionnaires.faults import N_, Fault
from questionnaires.sheets import MOST_ROWS, SheetFault, SheetsRefused, read_sheets
from questionnaires.written import clean
from survey.access import roles
from survey.collection import Refused, SurveyClosed, require_open, submit_many
from survey.config import MEGABYTE
from survey.db import begin_snapshot, db
from survey.entry.blueprint import blueprint, page
from survey.entry.forms import UploadForm
from survey.entry.importing.rows import Imported, read_imported, response_id
from survey.entry.importing.template import import_template
from survey.faulty_sheets import report_of
from survey.models import Response, Survey

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_FILE_NAME = 100

CLOSED = N_("This survey takes no answers from paper now. Nothing was stored.")
MEANWHILE = N_("Somebody imported the same forms at the same moment. Nothing of this file was stored.")
NOT_IMPORTED = N_("No imported form of this survey has the number “%(number)s”.")


def find_survey(survey_id: int) -> Survey:
    survey = db.session.get(Survey, survey_id)
    if survey is None or survey.state == "draft":
        abort(404)
    return survey


@blueprint.get("/entry/import/<int:survey_id>/template")
@roles("supervisor", "planner")
def response_template(survey_id: int) -> Reply:
    survey = find_survey(survey_id)
    reply = Reply(import_template(survey), mimetype=XLSX)
    reply.headers.set("Content-Disposition", "attachment", filename=f"{survey.code}.xlsx")
    return reply


@blueprint.get("/entry/import/<int:survey_id>")
@roles("supervisor", "planner")
def import_responses(survey_id: int) -> ResponseReturnValue:
    survey = find_survey(survey_id)
    number = clean(request.args.get("number", ""), lines=False)
    if not number:
        return show(survey)
    found = db.session.get(Response, response_id(survey.id, number))
    if found is None or found.mode != "imported":
        return show(survey, number=number, not_found=Fault("number", NOT_IMPORTED, {"number": number}))
    return redirect(url_for("entry.response", response_id=found.id))


@blueprint.post("/entry/import/<int:survey_id>")
@roles("supervisor", "planner")
def upload_responses(survey_id: int) -> ResponseReturnValue:
    form = UploadForm()
    survey = find_survey(survey_id)
    if not form.validate_on_submit():
        return show(survey, form), 400
    file, with_blanks = form.file.data, form.blanks_confirmed.data
    found = read_upload(survey_id, file.stream, with_blanks)
    faults = found.faults or store(survey_id, found, clean(file.filename or "", lines=False))
    if faults:
        return show(find_survey(survey_id), form, faults), 422
    count = len(found.submissions)
    flash(ngettext("%(num)d form is imported.", "%(num)d forms are imported.", count))
    return redirect(url_for("entry.import_responses", survey_id=survey_id), 303)


def read_upload(survey_id: int, file: BinaryIO, with_blanks: bool) -> Imported:
    """What the first sheet holds. Reading takes seconds: meanwhile this request holds up no writer."""
    db.session.rollback()
    begin_snapshot()
    try:
        survey = find_survey(survey_id)
        require_open(survey, "imported")
        return read_imported(survey, read_sheets(file)[0], with_blanks=with_blanks)
    except SurveyClosed:
        return Imported([], [SheetFault("", None, None, CLOSED)])
    except SheetsRefused as refused:
        return Imported([], refused.faults)
    finally:
        db.session.rollback()


def store(survey_id: int, found: Imported, file_name: str) -> list[SheetFault]:
    """Store all forms, or say why none is stored."""
    try:
        submit_many(find_survey(survey_id), found.submissions, source=file_name[:LONGEST_FILE_NAME])
    except Refused:  # the file was sound a moment ago
        return [SheetFault("", None, None, MEANWHILE)]
    except SurveyClosed:
        return [SheetFault("", None, None, CLOSED)]
    return []


def show(
    survey: Survey,
    form: UploadForm | None = None,
    faults: Sequence[SheetFault] = (),
    *,
    number: str = "",
    not_found: Fault | None = None,
) -> str:
    return page(
        "import.html",
        survey,
        form=form or UploadForm(),
        report=report_of(faults),
        number=number,
        not_found=not_found,
        most_rows=MOST_ROWS,
        most_megabytes=current_app.config["MAX_CONTENT_LENGTH"] // MEGABYTE,
    )
