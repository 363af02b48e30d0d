"""Ordering a print: language, plan of verification, and a line for each batch; what was printed before."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from questionnaires import paper
from questionnaires.faults import N_, Fault
from questionnaires.paper import PaperError, dump_layout, form_layout
from questionnaires.paper.layout import Layout
from survey.access import roles
from survey.addresses import argument
from survey.collection import Refused
from survey.collection.cells import strata_of
from survey.collection.opening import STATES_FOR_PAPER
from survey.collection.paper import Plan, WantedBatch, print_batches
from survey.collection.paper.printing import notice_of
from survey.db import begin_snapshot, db
from survey.entry.blueprint import blueprint, page
from survey.entry.printing.forms import PrintForm
from survey.entry.printing.line_faults import at_lines, named
from survey.entry.printing.lines import (
    USUAL_SIZE,
    Line,
    Ordered,
    proposed_lines,
    read_lines,
    typed_lines,
    users_by_name,
    with_another,
)
from survey.entry.printing.prints import prints_of
from survey.entry.verifying.plan_wish import usual_plan
from survey.errors import UserError
from survey.fieldwork.readiness import obstacles_to_printing
from survey.models import Batch, Stratum, Survey

LARGEST_SIZE = 1_000
CLOSED = N_("The survey is closed: no more forms are printed for it.")


def find_survey(survey_id: int) -> Survey:
    return db.get_or_404(Survey, survey_id)


@blueprint.get("/entry/print/<int:survey_id>")
@roles("supervisor", "planner")
def order_print(survey_id: int) -> str:
    survey = find_survey(survey_id)
    size = min(argument("size") or USUAL_SIZE, LARGEST_SIZE)
    return show(survey, PrintForm(survey.questionnaire), proposed_lines(survey, size), size=size)


@blueprint.post("/entry/print/<int:survey_id>")
@roles("supervisor", "planner")
def print_now(survey_id: int) -> ResponseReturnValue:
    """Make all batches of the page, or say everything that stands in the way."""
    survey, lines = find_survey(survey_id), typed_lines(request.form)
    form = PrintForm(survey.questionnaire)
    if "look" in request.form:
        return show(survey, form, lines)
    if "another" in request.form:
        return show(survey, form, with_another(survey, lines, position_in(lines)))
    if "tick" in request.form:
        return show(survey, form, [replace(line, ticked=request.form["tick"] == "all") for line in lines])
    require_printable(survey)
    ordered = read_lines(survey, lines)
    if not form.validate() or ordered.faults:
        return show(survey, form, lines, ordered.faults), 422
    try:
        batches = print_ordered(survey_id, form, ordered)
    except PaperError as refused:  # its places are in the questionnaire, not on this page
        faults = [replace(fault, place="") for fault in refused.faults]
        return show(find_survey(survey_id), form, lines, faults), 422
    except Refused as refused:
        return show(find_survey(survey_id), form, lines, at_lines(refused.faults, ordered)), 422
    forms = sum(each.forms for each in ordered.batches)
    flash(ngettext("%(num)d form is ready to be printed.", "%(num)d forms are ready to be printed.", forms))
    first = batches[0].first_serial
    return redirect(
        url_for("entry.show_print", survey_id=survey_id, first=first, last=first + forms - 1), 303
    )


def require_printable(survey: Survey) -> None:
    """Raises UserError."""
    faults = in_the_way(survey)
    if faults:
        raise UserError(faults[0].template, faults[0].values, status=409)


def in_the_way(survey: Survey) -> list[Fault]:
    """Why no forms are printed for this survey now; nothing where they can be."""
    if survey.state in STATES_FOR_PAPER:
        return []
    return obstacles_to_printing(survey) if survey.state == "draft" else [Fault("", CLOSED)]


def position_in(lines: Sequence[Line]) -> int:
    position = request.form.get("another", type=int)
    return position if position is not None and 0 <= position < len(lines) else abort(400)


def print_ordered(survey_id: int, form: PrintForm, ordered: Ordered) -> list[Batch]:
    """Lay the form out, see that everything fits, and only then make the batches.

    Laying out takes a second, in which nobody else is held up. Raises PaperError, Refused.
    """
    language, plan = form.language.data, Plan(**form.chosen())
    db.session.rollback()
    begin_snapshot()
    survey = find_survey(survey_id)
    layout = form_layout(survey.questionnaire, language, closely=form.closely.data)
    prove(survey, layout, ordered.batches)
    db.session.rollback()
    return print_batches(
        find_survey(survey_id),
        ordered.batches,
        dump_layout(layout),
        language=language,
        person=current_user,
        plan=plan,
    )


def prove(survey: Survey, layout: Layout, batches: Sequence[WantedBatch]) -> None:
    """Print a form of each batch for nobody. Raises PaperError where a text does not fit its room."""
    units = {stratum.id: stratum.unit.name for stratum in strata_of(survey)}
    headed = [
        paper.Batch(each.code, [1], units[each.stratum_id], each.commune, each.enumerator) for each in batches
    ]
    paper.print_forms(survey.questionnaire, layout, headed, notice_of(survey), io.BytesIO())


def show(
    survey: Survey,
    form: PrintForm,
    lines: Sequence[Line],
    faults: Sequence[Fault] = (),
    *,
    size: int = USUAL_SIZE,
) -> str:
    units = {str(stratum.id): name_in(stratum) for stratum in strata_of(survey)}
    return page(
        "printing/order.html",
        survey,
        form=form,
        lines=lines,
        faults=[named(fault, lines, units) for fault in faults],
        fault_at={fault.place: fault for fault in faults},
        units=units,
        people=sorted(users_by_name()),
        size=size,
        sample=usual_plan(size),
        prints=prints_of(survey.id),
        in_the_way=in_the_way(survey),
    )


def name_in(stratum: Stratum) -> str:
    """The unit's name; the stratum's code too where it says more."""
    unit = stratum.unit
    return unit.name if stratum.code == unit.code else f"{unit.name} ({stratum.code})"
