"""The page of all units; an officer is led on to the own one."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from survey.access import roles
from survey.scoring.blueprint import OFFICER, READERS, blueprint, find_round, members, page
from survey.scoring.matrix import matrix, total


@blueprint.get("/rounds/<int:round_id>/scores")
@roles(*READERS)
def units(round_id: int) -> ResponseReturnValue:
    a_round = find_round(round_id)
    if current_user.role == OFFICER:
        return redirect(url_for("scoring.unit", round_id=round_id, unit_id=current_user.unit_id))
    field = request.args.get("field") or None
    fields = a_round.framework_version.framework.fields
    if field is not None and field not in {each.code for each in fields}:
        abort(404)
    lines = matrix(a_round, members(a_round), field)
    return page("units.html", a_round, lines=lines, total=total(lines), fields=fields, field=field)
