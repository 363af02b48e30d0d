"""A round's runs, and the form with the one button that makes another."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from questionnaires.faults import Fault
from survey import jobs
from survey.access import roles
from survey.collection.paper import unjudged
from survey.db import db
from survey.export import round_inputs
from survey.models import Round, Run, Survey
from survey.results import making
from survey.results.blueprint import READERS, blueprint, runs_of
from survey.results.forms import RunForm
from survey.results.readiness import readiness_faults, told
from survey.results.settings import Order


@blueprint.get("/rounds/<int:round_id>/runs")
@roles(*READERS)
def list_runs(round_id: int) -> str:
    return show_runs(db.get_or_404(Round, round_id), RunForm())


@blueprint.post("/rounds/<int:round_id>/runs")
@roles("analyst")
def start_run(round_id: int) -> ResponseReturnValue:
    """Start the job, unless the round's definitions and tables already show that it would fail."""
    a_round, form = db.get_or_404(Round, round_id), RunForm()
    if not form.validate():
        return show_runs(a_round, form), 422
    order = Order.of(a_round.code, form.chosen)
    if faults := readiness_faults(round_inputs(a_round, order.recipe, with_targets=order.with_targets)):
        return show_runs(a_round, form, faults), 422
    job = jobs.start(making.KIND, order.subject, current_user)
    if job.created_by_id != current_user.id:
        flash(gettext("A colleague has just started the same run. It will stand in this list."))
        return redirect(url_for("results.list_runs", round_id=round_id))
    return redirect(url_for("jobs.show", job_id=job.id))


def show_runs(a_round: Round, form: RunForm, faults: Sequence[Fault] = ()) -> str:
    runs = runs_of(a_round)
    return render_template(
        "results/runs.html",
        round=a_round,
        runs=runs,
        same_as=same_as(runs),
        form=form,
        faults=faults,
        told=told,
        unjudged=unjudged(Survey.round_id == a_round.id),
        synthetic=a_round.synthetic,
    )


def same_as(runs: Sequence[Run]) -> dict[Run, Run]:
    """Each run that came out byte for byte like an earlier one → the earliest such run."""
    first: dict[str, Run] = {}
    for run in reversed(runs):
        first.setdefault(run.sha256, run)
    return {run: first[run.sha256] for run in runs if first[run.sha256] is not run}
