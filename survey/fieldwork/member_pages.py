"""Choosing a round's units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from questionnaires.faults import N_, Fault
from survey import audit
from survey.access import roles
from survey.db import db
from survey.errors import UserError
from survey.fieldwork.blueprint import ROUND_READERS, blueprint, locked
from survey.fieldwork.editing import CHANGED, marker
from survey.fieldwork.members import (
    FACT_NAMES,
    Choice,
    fact_columns,
    read_choices,
    state_of,
    store_choices,
    stored_choices,
)
from survey.fieldwork.recording import changes
from survey.models import Round

PUBLISHED = N_("The round is published: its units stay as they are.")


@blueprint.get("/rounds/<int:round_id>/units")
@roles(*ROUND_READERS)
def choose_members(round_id: int) -> str:
    a_round = db.get_or_404(Round, round_id)
    return show_choices(a_round, stored_choices(a_round), [])


@blueprint.post("/rounds/<int:round_id>/units")
@roles("planner")
def store_members(round_id: int) -> ResponseReturnValue:
    a_round = locked(Round, round_id)
    if a_round.state == "published":
        raise UserError(PUBLISHED, status=409)
    typed, faults = read_choices(a_round, request.form)
    before = state_of(a_round)
    if request.form.get("seen") != marker(before):
        faults = [Fault("", CHANGED), *faults]
    if faults:
        theirs = stored_choices(a_round) if faults[0].template == CHANGED else []
        return show_choices(a_round, typed, faults, theirs), 422
    store_choices(a_round, typed)
    codes = {str(choice.unit.id): choice.unit.code for choice in typed}
    differing = difference(before, state_of(a_round))
    units = {codes[unit]: change for unit, change in differing.items()}
    audit.record("round.units", f"round {a_round.code}", units=units)
    db.session.commit()
    flash(gettext("The units of the round are stored."))
    return redirect(url_for("fieldwork.show_round", round_id=round_id))


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Members that came, went or changed, by the unit's id."""
    gone = {unit: [before[unit], None] for unit in before.keys() - after.keys()}
    return {**gone, **changes(before, after)}


def show_choices(
    a_round: Round, choices: Sequence[Choice], faults: Sequence[Fault], theirs: Sequence[Choice] = ()
) -> str:
    stored = {choice.unit.id: choice for choice in theirs}
    return render_template(
        "fieldwork/members.html",
        round=a_round,
        synthetic=a_round.synthetic,
        framework=a_round.framework_version.framework,
        choices=choices,
        faults=faults,
        columns={name: gettext(FACT_NAMES.get(name, name)) for name in fact_columns(a_round)},
        theirs=[
            (choice, stored[choice.unit.id])
            for choice in choices
            if choice.unit.id in stored and differs(choice, stored[choice.unit.id])
        ],
        seen=marker(state_of(a_round)),
    )


def differs(typed: Choice, stored: Choice) -> bool:
    if typed.chosen != stored.chosen:
        return True
    mine, theirs = (typed.ranking_group, dict(typed.facts)), (stored.ranking_group, dict(stored.facts))
    return typed.chosen and mine != theirs
