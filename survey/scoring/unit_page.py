"""One unit's evidence scores: reading, saving, submitting, giving back, and the history of a criterion."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from questionnaires.faults import N_, Fault
from survey import audit
from survey.access import roles
from survey.db import db, today
from survey.errors import UserError
from survey.models import RoundUnit
from survey.scoring import trail
from survey.scoring.blueprint import APPRAISER, OFFICER, READERS, blueprint, find_member, page
from survey.scoring.lines import Sheet, lines_of, open_sheet
from survey.scoring.saving import write
from survey.scoring.stage import may_reopen, takes_self_scores
from survey.scoring.typed import Row, place, read_row
from survey.scoring.values import COLUMNS

NOT_SCORED = N_("%(code)s has no self-score yet.")
OVER = N_("The time for self-scores is over: they can no longer be submitted.")
NOT_BACK = N_("Self-scores can be given back until the day they are due, once they are submitted.")


@blueprint.get("/rounds/<int:round_id>/scores/<int:unit_id>")
@roles(*READERS)
def unit(round_id: int, unit_id: int) -> str:
    return show(open_sheet(find_member(round_id, unit_id), current_user.role, today()), {})


@blueprint.post("/rounds/<int:round_id>/scores/<int:unit_id>")
@roles(OFFICER, APPRAISER)
def save(round_id: int, unit_id: int) -> ResponseReturnValue:
    """All that was typed on the page is stored, or nothing of it."""
    sheet = open_sheet(find_member(round_id, unit_id, lock=True), current_user.role, today())
    rows = typed_rows(sheet)
    if any(row.faults for row in rows.values()):
        return show(sheet, rows), 409 if any(row.is_conflict for row in rows.values()) else 400
    changes = [row.change for row in rows.values() if row.change]
    for change in changes:
        write(sheet.member, change)
    db.session.commit()
    flash(ngettext("%(num)d criterion saved.", "%(num)d criteria saved.", len(changes)))
    anchor = request.form.get("field", "")
    known = anchor in {field.node.code for field in sheet.fields}
    return redirect(to_unit(sheet.member, _anchor=f"field-{anchor}" if known else None))


def typed_rows(sheet: Sheet) -> dict[str, Row]:
    """What was sent, by criterion."""
    rows = {
        leaf.code: read_row(leaf, sheet.scores.get(leaf.code), sheet.columns(leaf), request.form)
        for leaf in sheet.leaves
    }
    return {code: row for code, row in rows.items() if row is not None}


def show(sheet: Sheet, rows: dict[str, Row]) -> str:
    member, role = sheet.member, sheet.role
    return page(
        "unit.html",
        member.round,
        member=member,
        unit=member.unit,
        fields=lines_of(sheet, rows),
        total=sheet.progress,
        faults=[fault for row in rows.values() for fault in row.faults],
        columns=COLUMNS,
        place=place,
        may_submit=role == OFFICER and takes_self_scores(member, sheet.day),
        may_reopen=may_reopen(role, member, sheet.day),
        actions=trail.ACTIONS,
    )


@blueprint.route("/rounds/<int:round_id>/scores/<int:unit_id>/submit", methods=["GET", "POST"])
@roles(OFFICER)
def submit(round_id: int, unit_id: int) -> ResponseReturnValue:
    """The unit says that its self-scores are complete; from then on only appraisers change points."""
    member = find_member(round_id, unit_id, lock=request.method == "POST")
    if member.self_scored_on is not None:
        return redirect(to_unit(member))
    sheet = open_sheet(member, current_user.role, today())
    if not takes_self_scores(member, sheet.day):
        raise UserError(OVER, status=409)
    faults = unscored(sheet)
    if request.method == "GET" or faults:
        return show_sums(sheet, faults), 400 if request.method == "POST" else 200
    member.self_scored_on = sheet.day
    audit.record("score.submit", f"unit {member.unit.code}", round=member.round.code)
    db.session.commit()
    flash(gettext("The self-scores are submitted. The appraisers can now begin."))
    return redirect(to_unit(member))


def show_sums(sheet: Sheet, faults: list[Fault]) -> str:
    return page(
        "submit.html",
        sheet.member.round,
        unit=sheet.member.unit,
        fields=lines_of(sheet, {}),
        total=sheet.progress,
        faults=faults,
    )


def unscored(sheet: Sheet) -> list[Fault]:
    """The criteria that apply and have no self-score."""
    missing = (
        leaf
        for leaf in sheet.leaves
        if (score := sheet.scores.get(leaf.code)) is None or (score.applicable and score.self_score is None)
    )
    return [Fault(place("self_score", leaf.code), NOT_SCORED, {"code": leaf.code}) for leaf in missing]


@blueprint.post("/rounds/<int:round_id>/scores/<int:unit_id>/reopen")
@roles(APPRAISER)
def reopen(round_id: int, unit_id: int) -> ResponseReturnValue:
    """Give the self-scores back to the unit."""
    member = find_member(round_id, unit_id, lock=True)
    if not may_reopen(current_user.role, member, today()):
        raise UserError(NOT_BACK, status=409)
    member.self_scored_on = None
    audit.record("score.reopen", f"unit {member.unit.code}", round=member.round.code)
    db.session.commit()
    flash(gettext("The unit can change its self-scores again, where you have not decided yet."))
    return redirect(to_unit(member))


@blueprint.get("/rounds/<int:round_id>/scores/<int:unit_id>/history/<criterion>")
@roles(*READERS)
def history(round_id: int, unit_id: int, criterion: str) -> str:
    """Who changed one criterion, when, from what to what."""
    member = find_member(round_id, unit_id)
    leaf = member.round.framework_version.framework.by_code.get(criterion)
    if leaf is None or leaf.assessed_by != "evidence":
        abort(404)
    return page(
        "history.html",
        member.round,
        member=member,
        unit=member.unit,
        leaf=leaf,
        entries=trail.history(trail.subject(member.round, member.unit, criterion)),
        actions=trail.ACTIONS,
        columns=COLUMNS,
    )


def to_unit(member: RoundUnit, **values: object) -> str:
    return url_for("scoring.unit", round_id=member.round_id, unit_id=member.unit_id, **values)
