"""A survey's sample: how it was drawn and its strata, typed or uploaded."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from questionnaires.faults import N_, Fault
from questionnaires.sheets import SheetFault
from survey import audit
from survey.access import roles
from survey.db import db
from survey.errors import UserError
from survey.faulty_sheets import report_of
from survey.fieldwork.blueprint import SURVEY_READERS, blueprint, locked
from survey.fieldwork.editing import CHANGED, marker
from survey.fieldwork.recording import changes
from survey.fieldwork.same_for_all import NOTHING_FOR_ALL, SameForAll, typed_for_all
from survey.fieldwork.sample_forms import METHODS, SampleForm
from survey.fieldwork.strata import (
    Cell,
    Wanted,
    cells_of,
    members_of,
    read_cells,
    removal_faults,
    state_of,
    store_strata,
    stored_strata,
    typed_cells,
)
from survey.fieldwork.strata_import import NEEDED, OPTIONAL, read_strata
from survey.fieldwork.survey_pages import subject
from survey.fieldwork.tables import TableRefused, uploaded_sheet, workbook
from survey.models import Sample, Survey

PUBLISHED = N_("The round is published: its samples stay as they are.")
COLUMNS = {
    "unit": lazy_gettext("the code of a unit of this round"),
    "stratum": lazy_gettext("a code for the part of the unit; blank where the unit is one stratum"),
    "population": lazy_gettext("how many people there are"),
    "selected": lazy_gettext("how many of them are chosen"),
}


@blueprint.get("/surveys/<int:survey_id>/sample")
@roles(*SURVEY_READERS)
def show_sample(survey_id: int) -> str:
    survey = db.get_or_404(Survey, survey_id)
    return show(survey, SampleForm(survey.sample), cells_of(survey))


@blueprint.post("/surveys/<int:survey_id>/sample")
@roles("planner")
def save_sample(survey_id: int) -> ResponseReturnValue:
    survey = changeable(survey_id)
    form, cells, same = (
        SampleForm(survey.sample),
        typed_cells(survey, request.form),
        typed_for_all(request.form),
    )
    faults = same.faults(cells)
    cells = cells if faults else same.put_into(cells)
    wanted, found = read_cells(cells)
    faults += found
    faults += removal_faults(survey, wanted) if not faults else []
    theirs: Sequence[Cell] = ()
    if request.form.get("seen") != marker(state_of(survey)):
        faults, theirs = [Fault("", CHANGED), *faults], cells_of(survey)
    if not form.validate() or faults:
        return show(survey, form, cells, faults, theirs, same), 422
    store(survey, wanted, form)
    return stored_page(survey)


def changeable(survey_id: int) -> Survey:
    """The survey, held, while its round is not published. Raises UserError."""
    survey = locked(Survey, survey_id)
    if survey.round.state == "published":
        raise UserError(PUBLISHED, status=409)
    return survey


def store(survey: Survey, wanted: Sequence[Wanted], form: SampleForm | None = None) -> None:
    before = state_of(survey)
    sample = survey.sample or Sample(survey=survey, method=next(iter(METHODS)))
    if form is not None:
        form.fill(sample)
    db.session.add(sample)
    db.session.flush()
    store_strata(sample, wanted)
    audit.record("sample.change", subject(survey), **difference(before, state_of(survey)))
    db.session.commit()


def difference(before: dict, after: dict) -> dict:
    """Strata and particulars that came, went or changed: [from, to] by name."""
    gone = {name: [before[name], None] for name in before.keys() - after.keys()}
    return {**gone, **changes(before, after)}


def stored_page(survey: Survey) -> ResponseReturnValue:
    flash(gettext("The sample is stored."))
    return redirect(url_for("fieldwork.show_sample", survey_id=survey.id))


def show(
    survey: Survey,
    form: SampleForm,
    cells: Sequence[Cell],
    faults: Sequence[Fault] = (),
    theirs: Sequence[Cell] = (),
    same: SameForAll = NOTHING_FOR_ALL,
) -> str:
    stored = {cell.code: cell for cell in theirs}
    differing = [
        stored[cell.code]
        for cell in cells
        if cell.code in stored and numbers(cell) != numbers(stored[cell.code])
    ]
    return render_template(
        "fieldwork/sample.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        form=form,
        cells=cells,
        same=same,
        faults=faults,
        theirs=differing,
        seen=marker(state_of(survey)),
    )


def numbers(cell: Cell) -> tuple[str, str]:
    return cell.population, cell.selected


@blueprint.route("/surveys/<int:survey_id>/sample/import", methods=["GET", "POST"])
@roles("planner")
def import_strata(survey_id: int) -> ResponseReturnValue:
    survey = changeable(survey_id)
    if request.method == "GET":
        return show_import(survey)
    try:
        sheet = uploaded_sheet(request.files.get("file"))
        wanted, faults = read_strata(survey, sheet)
        faults += [] if faults else sheet_removals(survey, wanted, sheet.name)
        if faults:
            raise TableRefused(faults)
    except TableRefused as refused:
        return show_import(survey, report_of(refused.faults)), 422
    store(survey, wanted)
    return stored_page(survey)


def sheet_removals(survey: Survey, wanted: Sequence[Wanted], sheet: str) -> list[SheetFault]:
    faults = removal_faults(survey, wanted)
    return [SheetFault(sheet, None, None, fault.template, fault.values) for fault in faults]


def show_import(survey: Survey, report: object = None) -> str:
    return render_template(
        "fieldwork/import_strata.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        report=report,
        columns=COLUMNS,
    )


@blueprint.get("/surveys/<int:survey_id>/sample/pattern.xlsx")
@roles("planner")
def strata_pattern(survey_id: int) -> Response:
    """A workbook to fill in: a row for each stratum there is, else for each unit of the round."""
    survey = db.get_or_404(Survey, survey_id)
    headings = [NEEDED[0], *OPTIONAL, *NEEDED[1:]]
    rows = [
        [each.unit.code, each.code, each.population, each.selected] for each in stored_strata(survey.id)
    ] or [[unit.code, "", "", ""] for unit in members_of(survey)]
    names = [[unit.code, unit.name] for unit in members_of(survey)]
    explained = [[name, words] for name, words in COLUMNS.items()]
    pages = {gettext("Sample"): [headings, *rows], gettext("How to fill it in"): [*explained, [], *names]}
    return workbook(pages, f"sample-{survey.code}.xlsx")
