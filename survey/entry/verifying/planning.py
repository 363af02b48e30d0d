"""The supervisor chooses by which plan a batch is verified."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from analysis.acceptance import SamplingPlan
from survey.access import roles
from survey.collection import Refused
from survey.collection.paper import Plan, set_plan
from survey.entry.blueprint import blueprint, find_batch, page
from survey.entry.verifying.plan_form import PlanForm
from survey.entry.verifying.plan_wish import USUAL, WishForm, chances, usual_plan
from survey.language import sentence
from survey.models import Batch


@blueprint.get("/entry/batches/<int:batch_id>/plan")
@roles("supervisor")
def plan(batch_id: int) -> str:
    batch = find_batch(batch_id)
    wish = wished(request.args or None)
    is_sound = not request.args or wish.validate()
    proposal = wish.plan(batch.forms_expected) if is_sound else usual_plan(batch.forms_expected)
    return show(batch, PlanForm(None, **as_it_is(batch, proposal, bool(request.args))), proposal, wish)


@blueprint.post("/entry/batches/<int:batch_id>/plan")
@roles("supervisor")
def choose_plan(batch_id: int) -> ResponseReturnValue:
    """Verify by the plan that was sent, or only show what risks it takes."""
    batch, form = find_batch(batch_id), PlanForm()
    proposal = usual_plan(batch.forms_expected)
    if not form.validate_on_submit():
        return show(batch, form, proposal), 400
    if "preview" in request.form:
        return show(batch, form, proposal)
    try:
        set_plan(batch, Plan(**form.chosen()), current_user)
    except Refused as refusal:
        for fault in refusal.faults:
            form[fault.place].errors = [*form[fault.place].errors, sentence(fault)]
        return show(find_batch(batch_id), form, proposal), 400
    flash(gettext("The batch is verified by this plan from now on."))
    return redirect(url_for("entry.batch", batch_id=batch_id), 303)


def wished(sent: MultiDict[str, str] | None) -> WishForm:
    return WishForm(sent, data=USUAL, meta={"csrf": False})


def as_it_is(batch: Batch, proposal: SamplingPlan, is_asked: bool) -> dict[str, object]:
    """What the page shows at first: the batch's plan, and in what it leaves open, or was asked for, a
    proposal.
    """
    has_sample = batch.plan == "acceptance" and not is_asked
    return {
        "plan": "acceptance" if is_asked else batch.plan,
        "verify_share": batch.verify_share or 10,
        "sample_size": batch.sample_size if has_sample else proposal.size,
        "acceptance_number": batch.acceptance_number if has_sample else proposal.acceptance_number,
        "error_limit": batch.error_limit,
    }


def show(batch: Batch, form: PlanForm, proposal: SamplingPlan, wish: WishForm | None = None) -> str:
    plans = [proposal, *form.sampling(batch.forms_expected, unlike=proposal)]
    return page(
        "plan.html",
        batch.survey,
        batch=batch,
        form=form,
        wish=wish or wished(None),
        plans=plans,
        chances=chances(plans),
    )
