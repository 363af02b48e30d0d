"""The list of dossiers of a survey: imported or pasted, counted, withdrawn."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from questionnaires.faults import N_, Fault
from questionnaires.sheets import Sheet
from survey import audit
from survey.access import roles
from survey.db import db
from survey.errors import UserError
from survey.faulty_sheets import Report, report_of
from survey.fieldwork.blueprint import blueprint, locked
from survey.fieldwork.inviting.cells import cells_of
from survey.fieldwork.inviting.dossiers import KIND, pasted_sheet, read_dossiers, store_dossiers
from survey.fieldwork.inviting.headings import WORDS
from survey.fieldwork.personal_codes import code_lines, withdraw_unused
from survey.fieldwork.survey_pages import subject
from survey.fieldwork.tables import TableRefused, uploaded_sheet, workbook
from survey.models import Survey

CLOSED = N_("The survey is closed: further dossiers would let nobody in.")
NOT_CONFIRMED = N_("Tick that people with these dossiers may be turned away.")


@blueprint.get("/surveys/<int:survey_id>/dossiers")
@roles("planner")
def show_dossiers(survey_id: int) -> str:
    return show(db.get_or_404(Survey, survey_id))


@blueprint.post("/surveys/<int:survey_id>/dossiers")
@roles("planner")
def import_dossiers(survey_id: int) -> ResponseReturnValue:
    """Put the numbers of a file or of pasted text on the list: all of them, or every fault and none."""
    survey = locked(Survey, survey_id)
    if survey.state == "closed":
        raise UserError(CLOSED, status=409)
    try:
        sheet = given_sheet()
        dossiers, faults = read_dossiers(
            survey, sheet, cells_of(survey), skip_known="skip_known" in request.form
        )
        if faults:
            raise TableRefused(faults)
    except TableRefused as refused:
        return show(survey, report=report_of(refused.faults)), 422
    store_dossiers(survey, dossiers)
    audit.record("dossiers.import", subject(survey), dossiers=len(dossiers))
    db.session.commit()
    known = len(sheet.rows) - len(dossiers)
    flash(
        gettext(
            "%(new)s dossiers are new, %(known)s were on the list already.", new=len(dossiers), known=known
        )
    )
    return redirect(url_for("fieldwork.show_dossiers", survey_id=survey_id))


def given_sheet() -> Sheet:
    file = request.files.get("file")
    return uploaded_sheet(file) if file and file.filename else pasted_sheet(request.form.get("pasted", ""))


@blueprint.post("/surveys/<int:survey_id>/dossiers/withdraw")
@roles("planner")
def withdraw_dossiers(survey_id: int) -> ResponseReturnValue:
    """Take the unused dossiers of one stratum off the list."""
    survey = locked(Survey, survey_id)
    lines = code_lines(survey, KIND)
    chosen = next((line for line in lines if line.key == request.form.get("stratum")), None)
    if chosen is None or "confirmed" not in request.form:
        return show(survey, faults=[Fault("confirmed", NOT_CONFIRMED)]), 422
    number = withdraw_unused(survey, chosen.stratum_id, KIND)
    code = chosen.stratum.code if chosen.stratum else chosen.key
    audit.record("dossiers.withdraw", subject(survey), stratum=code, dossiers=number)
    db.session.commit()
    flash(
        ngettext(
            "%(num)d dossier was taken off the list.", "%(num)d dossiers were taken off the list.", number
        )
    )
    return redirect(url_for("fieldwork.show_dossiers", survey_id=survey_id))


def show(survey: Survey, *, report: Report | None = None, faults: list[Fault] | None = None) -> str:
    return render_template(
        "fieldwork/inviting/dossiers.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        lines=code_lines(survey, KIND),
        report=report,
        faults=faults or [],
        pasted=request.form.get("pasted", ""),
        skip_known="skip_known" in request.form,
    )


@blueprint.get("/surveys/<int:survey_id>/dossiers/pattern.xlsx")
@roles("planner")
def dossier_pattern(survey_id: int) -> Response:
    """A workbook to fill in: the headings, and the codes of the units that may stand below them."""
    survey = db.get_or_404(Survey, survey_id)
    cells = cells_of(survey)
    columns = ("dossier",) if cells.several else ("dossier", "unit")
    units = [[code, strata[0].unit.name] for code, strata in cells.by_unit.items()]
    headings = [WORDS[column][0].capitalize() for column in columns]
    return workbook(
        {gettext("Dossiers"): [headings], gettext("Units"): units}, f"dossiers-{survey.code}.xlsx"
    )
