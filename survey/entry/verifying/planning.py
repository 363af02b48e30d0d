"""The supervisor chooses by which plan a batch is verified."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from analysis.acceptance import SamplingPlan, find_plan
from survey.access import roles
from survey.collection import Refused
from survey.collection.paper import Plan, set_plan
from survey.entry.blueprint import blueprint, find_batch, page
from survey.entry.verifying.plan_form import PlanForm
from survey.language import sentence
from survey.models import Batch

GOOD, BAD = 0.01, 0.05
"""Of a good batch at most this share of forms holds an error; of a bad one, this share or more."""


@blueprint.get("/entry/batches/<int:batch_id>/plan")
@roles("supervisor")
def plan(batch_id: int) -> str:
    batch = find_batch(batch_id)
    proposal = proposed(batch)
    return show(batch, PlanForm(None, **as_it_is(batch, proposal)), proposal)


@blueprint.post("/entry/batches/<int:batch_id>/plan")
@roles("supervisor")
def choose_plan(batch_id: int) -> ResponseReturnValue:
    batch, form = find_batch(batch_id), PlanForm()
    if not form.validate_on_submit():
        return show(batch, form, proposed(batch)), 400
    try:
        set_plan(batch, Plan(**form.chosen()), current_user)
    except Refused as refusal:
        for fault in refusal.faults:
            form[fault.place].errors = [*form[fault.place].errors, sentence(fault)]
        return show(find_batch(batch_id), form, proposed(find_batch(batch_id))), 400
    flash(gettext("The batch is verified by this plan from now on."))
    return redirect(url_for("entry.batch", batch_id=batch_id), 303)


def proposed(batch: Batch) -> SamplingPlan:
    return find_plan(batch.forms_expected, GOOD, BAD)


def as_it_is(batch: Batch, proposal: SamplingPlan) -> dict[str, object]:
    """What the page shows at first: the batch's plan, and in what it leaves open a proposal."""
    has_sample = batch.plan == "acceptance"
    return {
        "plan": batch.plan,
        "verify_share": batch.verify_share or 10,
        "sample_size": batch.sample_size if has_sample else proposal.size,
        "acceptance_number": batch.acceptance_number if has_sample else proposal.acceptance_number,
        "error_limit": batch.error_limit,
    }


def show(batch: Batch, form: PlanForm, proposal: SamplingPlan) -> str:
    return page("plan.html", batch.survey, batch=batch, form=form, proposal=proposal, good=GOOD, bad=BAD)
