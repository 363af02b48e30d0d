"""Forms keyed elsewhere: the template to fill, the upload that is stored whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response as Reply
from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from questionnaires.faults import N_, Fault
from questionnaires.sheets import SheetFault
from questionnaires.written import clean
from survey.access import roles
from survey.config import MEGABYTE
from survey.entry.blueprint import blueprint, page
from survey.entry.forms import UploadForm
from survey.entry.importing import job
from survey.entry.importing.form_numbers import find_imported
from survey.entry.importing.rows import MOST_FORMS
from survey.entry.importing.size import is_large
from survey.entry.importing.storing import Outcome, Upload, find_survey, import_file
from survey.entry.importing.template import head_rows, import_template
from survey.entry.screen import lines_of
from survey.faulty_sheets import report_of
from survey.fieldwork.tables import comma_separated
from survey.models import Survey

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NOTHING = Outcome()

NOT_IMPORTED = N_("No imported form of this survey has the number “%(number)s”.")


@blueprint.get("/entry/import/<int:survey_id>/template")
@roles("supervisor", "planner")
def response_template(survey_id: int) -> Reply:
    survey = find_survey(survey_id)
    reply = Reply(import_template(survey), mimetype=XLSX)
    reply.headers.set("Content-Disposition", "attachment", filename=f"{survey.code}.xlsx")
    return reply


@blueprint.get("/entry/import/<int:survey_id>/template.csv")
@roles("supervisor", "planner")
def plain_template(survey_id: int) -> Reply:
    """The same two rows for programs that write no workbooks."""
    survey = find_survey(survey_id)
    return comma_separated(head_rows(list(survey.questionnaire.items())), f"{survey.code}.csv")


@blueprint.get("/entry/import/<int:survey_id>")
@roles("supervisor", "planner")
def import_responses(survey_id: int) -> ResponseReturnValue:
    survey = find_survey(survey_id)
    number = clean(request.args.get("number", ""), lines=False)
    if not number:
        return show(survey)
    found = find_imported(survey, number)
    if found is None:
        return show(survey, number=number, not_found=Fault("number", NOT_IMPORTED, {"number": number}))
    return redirect(url_for("entry.response", response_id=found.id))


@blueprint.post("/entry/import/<int:survey_id>")
@roles("supervisor", "planner")
def upload_responses(survey_id: int) -> ResponseReturnValue:
    form = UploadForm()
    survey = find_survey(survey_id)
    if not form.validate_on_submit():
        return show(survey, form), 400
    upload = Upload(
        survey_id,
        form.file.data.stream.read(),
        clean(form.file.data.filename or "", lines=False),
        form.blanks_confirmed.data,
        form.as_digits.data,
        current_user.id,
    )
    if is_large(upload.content):
        return redirect(url_for("jobs.show", job_id=job.start(upload, survey, current_user).id), 303)
    outcome = import_file(upload, lambda share, message: None)
    if outcome.off_route:  # more than a message holds: it is shown where a large file's outcome is
        job.keep(survey_id, current_user.id, outcome)
        return redirect(url_for("entry.import_outcome", survey_id=survey_id), 303)
    return show_outcome(survey_id, form, outcome)


@blueprint.get("/entry/import/<int:survey_id>/outcome")
@roles("supervisor", "planner")
def import_outcome(survey_id: int) -> ResponseReturnValue:
    """What became of the last file of this person that was large, or held answers against the logic."""
    outcome = job.outcome_of(survey_id, current_user.id) or NOTHING
    return show_outcome(survey_id, UploadForm(formdata=None), outcome)


def show_outcome(survey_id: int, form: UploadForm, outcome: Outcome) -> ResponseReturnValue:
    if outcome.faults:
        return show(find_survey(survey_id), form, outcome.faults), 422
    tell(outcome)
    if outcome.off_route:
        return show(find_survey(survey_id), form, outcome=outcome)
    return redirect(url_for("entry.import_responses", survey_id=survey_id), 303)


def tell(outcome: Outcome) -> None:
    if outcome.forms:
        flash(ngettext("%(num)d form is imported.", "%(num)d forms are imported.", outcome.forms))
    if outcome.waiting:
        flash(
            ngettext(
                "%(num)d of them counts once a second person has keyed it too.",
                "%(num)d of them count once a second person has keyed them too.",
                outcome.waiting,
            )
        )


def show(
    survey: Survey,
    form: UploadForm | None = None,
    faults: Sequence[SheetFault] = (),
    *,
    number: str = "",
    not_found: Fault | None = None,
    outcome: Outcome = NOTHING,
) -> str:
    return page(
        "import.html",
        survey,
        form=form or UploadForm(),
        report=report_of(faults),
        number=number,
        not_found=not_found,
        off_route=outcome.off_route,
        numbers=numbers_of(survey) if outcome.off_route else {},
        most_rows=MOST_FORMS,
        most_megabytes=current_app.config["MAX_CONTENT_LENGTH"] // MEGABYTE,
    )


def numbers_of(survey: Survey) -> dict[str, str]:
    """Item → its number as printed on the form."""
    return {line.item.code: line.number for line in lines_of(survey.questionnaire)}
