"""Scores as a table: download it, fill it in, upload it."""

from __future__ import annotations

import io

import sqlalchemy as sa
from flask import flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from flask_login import current_user
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage

from questionnaires.faults import N_
from questionnaires.sheets import SheetsRefused, read_sheets
from survey import audit
from survey.access import roles
from survey.db import db
from survey.errors import UserError
from survey.faulty_sheets import XLSX, report_of
from survey.forms import StaffForm
from survey.language import language
from survey.models import EvidenceScore, Round, RoundUnit
from survey.scoring.blueprint import APPRAISER, PLANNER, blueprint, find_round, members, page
from survey.scoring.importing import OWN_OF_UNITS, Known, Outcome, read_table
from survey.scoring.saving import write
from survey.scoring.stage import takes_scores
from survey.scoring.table import table_workbook

MOST_ROWS = 20_000
"""Some 350 units of 55 criteria."""

NOT_RUNNING = N_("The round takes no scores: it is not running, or its results are published.")


class UploadForm(StaffForm):
    file = FileField(
        lazy_gettext("File (XLSX or CSV)"), [FileRequired(lazy_gettext("Choose a file to upload."))]
    )


@blueprint.get("/rounds/<int:round_id>/scores/template")
@roles(PLANNER, APPRAISER)
def template(round_id: int) -> ResponseReturnValue:
    a_round = find_round(round_id)
    framework = a_round.framework_version.framework
    content = table_workbook(
        framework, members(a_round), scores_of(a_round), gettext("Evidence scores"), language()
    )
    name = f"{gettext('scores')}-{a_round.code}.xlsx"
    return send_file(io.BytesIO(content), XLSX, as_attachment=True, download_name=name)


@blueprint.route("/rounds/<int:round_id>/scores/import", methods=["GET", "POST"])
@roles(PLANNER, APPRAISER)
def upload(round_id: int) -> ResponseReturnValue:
    """All rows of the file are stored, or none."""
    a_round = find_round(round_id)
    if not takes_scores(a_round):
        raise UserError(NOT_RUNNING, status=409)
    form = UploadForm()
    if not form.validate_on_submit():
        return page("import.html", a_round, form=form), 400 if form.errors else 200
    outcome = read_upload(a_round, members(a_round, lock=True), form.file.data)
    if outcome.faults:
        return page("import.html", a_round, form=form, report=report_of(outcome.faults)), 400
    store(a_round, outcome, (form.file.data.filename or "")[:120])
    saved = ngettext("%(num)d criterion saved.", "%(num)d criteria saved.", len(outcome.changes))
    flash(saved + " " + gettext("Rows read: %(count)s.", count=outcome.rows))
    return redirect(url_for("scoring.units", round_id=a_round.id))


def read_upload(a_round: Round, units: list[RoundUnit], file: FileStorage) -> Outcome:
    known = Known(
        framework=a_round.framework_version.framework,
        members={member.unit.code: member for member in units},
        scores=scores_of(a_round),
        closed=() if current_user.role == PLANNER else OWN_OF_UNITS,
    )
    try:
        return read_table(read_sheets(file.stream, most_rows=MOST_ROWS), known)
    except SheetsRefused as refused:
        return Outcome(faults=list(refused.faults))


def store(a_round: Round, outcome: Outcome, file_name: str) -> None:
    for member, change in outcome.changes:
        write(member, change, file=file_name)
    counts = {"rows": outcome.rows, "changes": len(outcome.changes)}
    audit.record("score.import", f"round {a_round.code}", file=file_name, **counts)
    db.session.commit()


def scores_of(a_round: Round) -> dict[tuple[int, str], EvidenceScore]:
    """The round's stored scores by unit id and criterion."""
    query = sa.select(EvidenceScore).where(EvidenceScore.round_id == a_round.id)
    return {(score.unit_id, score.criterion): score for score in db.session.scalars(query)}
