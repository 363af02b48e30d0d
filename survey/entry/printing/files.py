"""The files of a print, to take away: made at once where it is small, by a job where it is not."""

from __future__ import annotations

import io
import tempfile

from flask import Response, abort, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.paper import PaperError
from survey import jobs
from survey.access import roles
from survey.entry.blueprint import blueprint, page
from survey.entry.printing.documents import cover_of
from survey.entry.printing.job import AT_ONCE, KIND, NOT_PRINTED, WRITERS, path_of, subject_of
from survey.entry.printing.prints import Print, find_print
from survey.errors import UserError
from survey.language import sentence

MIMETYPES = {"zip": "application/zip", "pdf": "application/pdf"}
IN_MEMORY = 4 * 1024 * 1024


@blueprint.get("/entry/print/<int:survey_id>/<int:first>-<int:last>")
@roles("supervisor", "planner")
def show_print(survey_id: int, first: int, last: int) -> str:
    printed = find_print(survey_id, first, last)
    is_small = printed.forms <= AT_ONCE
    ready = {ending: is_small or path_of(printed, ending).exists() for ending in WRITERS}
    return page("printing/print.html", printed.survey, printed=printed, ready=ready, at_once=AT_ONCE)


@blueprint.get("/entry/print/<int:survey_id>/<int:first>-<int:last>/forms.<ending>")
@roles("supervisor", "planner")
def download_print(survey_id: int, first: int, last: int, ending: str) -> ResponseReturnValue:
    printed = find_print(survey_id, first, last)
    if ending not in WRITERS:
        abort(404)
    path, name = path_of(printed, ending), f"{printed.survey.code}-{first}-{last}.{ending}"
    if path.exists():
        return send_file(path, MIMETYPES[ending], as_attachment=True, download_name=name)
    if printed.forms > AT_ONCE:
        return redirect(url_for("entry.show_print", survey_id=survey_id, first=first, last=last))
    return send_file(written_now(printed, ending), MIMETYPES[ending], as_attachment=True, download_name=name)


def written_now(printed: Print, ending: str) -> tempfile.SpooledTemporaryFile[bytes]:
    """Raises UserError."""
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - sent, and closed then
    try:
        WRITERS[ending](printed, file, lambda share, message: None)
    except PaperError as error:
        file.close()
        raise UserError(NOT_PRINTED, {"reason": sentence(error.faults[0])}, 409) from None
    file.seek(0)
    return file


@blueprint.post("/entry/print/<int:survey_id>/<int:first>-<int:last>/forms.<ending>")
@roles("supervisor", "planner")
def make_print(survey_id: int, first: int, last: int, ending: str) -> ResponseReturnValue:
    """Start the job that writes a big print."""
    printed = find_print(survey_id, first, last)
    if ending not in WRITERS:
        abort(404)
    job = jobs.start(KIND, subject_of(printed, ending), current_user)
    if job.created_by_id != current_user.id:
        flash(gettext("A colleague has just started the same print. Its file will be offered here."))
        return redirect(url_for("entry.show_print", survey_id=survey_id, first=first, last=last))
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.get("/entry/print/<int:survey_id>/<int:first>-<int:last>/cover.pdf")
@roles("supervisor", "planner")
def download_cover(survey_id: int, first: int, last: int) -> Response:
    printed = find_print(survey_id, first, last)
    name = f"{printed.survey.code}-{first}-{last}-cover.pdf"
    return send_file(io.BytesIO(cover_of(printed)), MIMETYPES["pdf"], as_attachment=True, download_name=name)
