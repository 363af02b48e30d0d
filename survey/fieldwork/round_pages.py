"""Rounds: the list, one round's overview, a new round, changes, and its states."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from questionnaires.faults import N_, Fault
from survey import audit
from survey.access import roles
from survey.db import db
from survey.fieldwork.blueprint import ROUND_READERS, blueprint, locked
from survey.fieldwork.members import group_codes
from survey.fieldwork.overview import STATES, steps
from survey.fieldwork.readiness import paper_of_round
from survey.fieldwork.recording import changes, particulars
from survey.fieldwork.round_facts import read_facts
from survey.fieldwork.round_forms import RoundForm
from survey.fieldwork.states import ROUND_FOLLOWS, ROUND_STATES, SURVEY_STATES
from survey.models import FrameworkVersion, Round, RoundUnit, Survey

RECORDED = ("code", "title", "year", "framework_id", "starts_on", "ends_on", "self_score_due", "synthetic")
NOT_FROM_HERE = N_("The round is in another state by now. Look at it again.")
NO_UNITS = N_("Choose the round's units before you open it.")
OTHER_GROUPS = N_(
    "Choose the round's units anew before you open it: some are in ranking groups that its framework does "
    "not have."
)
OPEN_SURVEYS = N_("Close the surveys that still take answers first: %(surveys)s.")


@blueprint.get("/rounds")
@roles(*ROUND_READERS)
def list_rounds() -> str:
    framework = joinedload(Round.framework_version).load_only(FrameworkVersion.code, FrameworkVersion.version)
    rounds = sa.select(Round).options(framework).order_by(Round.year.desc(), Round.code)
    return render_template(
        "fieldwork/rounds.html",
        rounds=db.session.scalars(rounds).all(),
        units=count_by_round(RoundUnit.round_id),
        surveys=count_by_round(Survey.round_id),
        states=ROUND_STATES,
    )


def count_by_round(round_id: InstrumentedAttribute[int]) -> dict[int, int]:
    return dict(db.session.execute(sa.select(round_id, sa.func.count()).group_by(round_id)).all())


@blueprint.get("/rounds/<int:round_id>")
@roles(*ROUND_READERS)
def show_round(round_id: int) -> str:
    return show(db.get_or_404(Round, round_id, options=[joinedload(Round.framework_version)]))


def show(a_round: Round, faults: Sequence[Fault] = ()) -> str:
    facts = read_facts(a_round)
    return render_template(
        "fieldwork/round.html",
        faults=faults,
        round=a_round,
        synthetic=a_round.synthetic,
        facts=facts,
        steps=steps(facts),
        step_states=STATES,
        states=ROUND_STATES,
        follows=ROUND_FOLLOWS[a_round.state],
        survey_states=SURVEY_STATES,
    )


@blueprint.route("/rounds/new", methods=["GET", "POST"])
@roles("planner")
def new_round() -> ResponseReturnValue:
    form = RoundForm()
    if not form.validate_on_submit():
        return render_template(
            "fieldwork/round_form.html", form=form, round=None
        ), 400 if form.errors else 200
    a_round = Round()
    form.fill(a_round)
    db.session.add(a_round)
    audit.record("round.create", f"round {a_round.code}", framework=a_round.framework_id)
    db.session.commit()
    flash(gettext("The round is stored. Next, choose its units."))
    return redirect(url_for("fieldwork.show_round", round_id=a_round.id))


@blueprint.route("/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@roles("planner")
def edit_round(round_id: int) -> ResponseReturnValue:
    a_round = locked(Round, round_id)
    form = RoundForm(a_round)
    if not form.validate_on_submit():
        status = 400 if form.errors else 200
        return render_template("fieldwork/round_form.html", form=form, round=a_round), status
    before = particulars(a_round, RECORDED)
    form.fill(a_round)
    audit.record("round.change", f"round {a_round.code}", **changes(before, particulars(a_round, RECORDED)))
    db.session.commit()
    flash(gettext("The changes are saved."))
    return redirect(url_for("fieldwork.show_round", round_id=round_id))


@blueprint.post("/rounds/<int:round_id>/state")
@roles("planner")
def change_round_state(round_id: int) -> ResponseReturnValue:
    """Open or close the round; where its state, or what is in it, forbids that, its page says why."""
    a_round = locked(Round, round_id)
    wanted = request.form.get("state", "")
    if wanted != a_round.state:
        if fault := too_early(a_round, wanted):
            return show(a_round, [fault]), 409
        audit.record("round.state", f"round {a_round.code}", state=[a_round.state, wanted])
        a_round.state = wanted
        db.session.commit()
    return redirect(url_for("fieldwork.show_round", round_id=round_id))


def too_early(a_round: Round, wanted: str) -> Fault | None:
    """What keeps the round from being `wanted` now."""
    if wanted not in ROUND_FOLLOWS[a_round.state]:
        return Fault("", NOT_FROM_HERE)
    return READY[wanted](a_round) if wanted in READY else None


def not_ready_to_open(a_round: Round) -> Fault | None:
    groups = set(group_codes(a_round.framework_version.framework))
    if not a_round.members:
        return Fault("", NO_UNITS)
    if not {member.ranking_group for member in a_round.members} <= groups:
        return Fault("", OTHER_GROUPS)
    return None


def not_ready_to_close(a_round: Round) -> Fault | None:
    still_open = sa.select(Survey.code).where(
        Survey.round_id == a_round.id, Survey.state.in_(("open", "paused"))
    )
    codes = db.session.scalars(still_open.order_by(Survey.code)).all()
    if codes:
        return Fault("surveys", OPEN_SURVEYS, {"surveys": ", ".join(codes)})
    return paper_of_round(a_round)


READY = {"open": not_ready_to_open, "closed": not_ready_to_close}
