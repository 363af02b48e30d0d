"""Working out how many people to choose, and putting the result into the sample."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from analysis.estimation.design_error import DesignError
from questionnaires.faults import N_, Fault
from survey.access import roles
from survey.db import db
from survey.errors import UserError
from survey.fieldwork.blueprint import blueprint
from survey.fieldwork.planning import PlanForm, proposal
from survey.fieldwork.sample_pages import changeable, store, stored_page
from survey.fieldwork.strata import Wanted, stored_strata
from survey.models import Stratum, Survey

NOT_AS_PLANNED = N_("The plan cannot be carried out as it was sent. Look at it again.")


@blueprint.get("/surveys/<int:survey_id>/sample/plan")
@roles("planner")
def plan_sample(survey_id: int) -> ResponseReturnValue:
    survey = db.get_or_404(Survey, survey_id)
    strata = stored_strata(survey.id)
    if not strata:
        return redirect(url_for("fieldwork.show_sample", survey_id=survey_id))
    form = PlanForm(formdata=request.args or None, meta={"csrf": False})
    found, faults = planned(form, strata) if request.args else ({}, [])
    return render_template(
        "fieldwork/plan.html",
        survey=survey,
        synthetic=survey.round.synthetic,
        form=form,
        strata=strata,
        found=found,
        faults=faults,
    )


def planned(form: PlanForm, strata: Sequence[Stratum]) -> tuple[dict[str, int], list[Fault]]:
    """The proposal, or why there is none; what is wrong with a field the form says itself."""
    if not form.validate():
        return {}, []
    try:
        return proposal(form, {each.code: each.population for each in strata}), []
    except DesignError as error:
        return {}, list(error.faults)


@blueprint.post("/surveys/<int:survey_id>/sample/plan")
@roles("planner")
def carry_out_plan(survey_id: int) -> ResponseReturnValue:
    """Store the numbers that the plan gives for the strata as they are now. Raises UserError."""
    survey = changeable(survey_id)
    strata = stored_strata(survey.id)
    found, _ = planned(PlanForm(), strata)
    if not found:
        raise UserError(NOT_AS_PLANNED, status=409)
    store(survey, [Wanted(each.unit_id, each.code, each.population, found[each.code]) for each in strata])
    return stored_page(survey)
