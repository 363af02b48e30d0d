"""Units: the list with its search, a new unit, changes."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import joinedload

from questionnaires.text import fold
from survey import audit
from survey.access import roles
from survey.builder.terms import unit_type
from survey.db import db, today
from survey.fieldwork.blueprint import UNIT_READERS, UNIT_WRITERS, blueprint, locked
from survey.fieldwork.recording import changes, particulars
from survey.fieldwork.unit_forms import UnitForm
from survey.models import Unit

PER_PAGE = 50
RECORDED = ("code", "name", "type", "ranking_group", "parent_id", "valid_from", "valid_to")


@blueprint.get("/units")
@roles(*UNIT_READERS)
def list_units() -> str:
    search, chosen = request.args.get("q", ""), request.args.get("type", "")
    ended_too = "ended" in request.args
    query = found_by(search).options(joinedload(Unit.parent)).order_by(Unit.search_key, Unit.id)
    query = query.where(Unit.type == chosen) if chosen else query
    query = query if ended_too else query.where(sa.or_(Unit.valid_to.is_(None), Unit.valid_to >= today()))
    page = db.paginate(query, per_page=PER_PAGE, max_per_page=PER_PAGE, error_out=False)
    types = db.session.scalars(sa.select(Unit.type).distinct()).all()
    return render_template(
        "fieldwork/units.html",
        page=page,
        types=sorted(types, key=unit_type),
        search=search,
        chosen=chosen,
        ended_too=ended_too,
    )


def found_by(search: str) -> sa.Select[tuple[Unit]]:
    """Units whose name or code holds what was typed; marks and capitals do not matter."""
    key = fold(search)
    in_code = sa.func.lower(Unit.code).contains(key, autoescape=True)
    return sa.select(Unit).where(sa.or_(Unit.search_key.contains(key, autoescape=True), in_code))


@blueprint.route("/units/new", methods=["GET", "POST"])
@roles(*UNIT_WRITERS)
def new_unit() -> ResponseReturnValue:
    form = UnitForm()
    if not form.validate_on_submit():
        return render_template("fieldwork/unit.html", form=form, unit=None), 400 if form.errors else 200
    unit = Unit()
    form.fill(unit)
    db.session.add(unit)
    audit.record("unit.create", f"unit {unit.code}", name=unit.name)
    db.session.commit()
    flash(gettext("%(name)s is stored.", name=unit.name))
    return redirect(url_for("fieldwork.list_units"))


@blueprint.route("/units/<int:unit_id>", methods=["GET", "POST"])
@roles(*UNIT_WRITERS)
def edit_unit(unit_id: int) -> ResponseReturnValue:
    unit = locked(Unit, unit_id)
    form = UnitForm(unit)
    if not form.validate_on_submit():
        return render_template("fieldwork/unit.html", form=form, unit=unit), 400 if form.errors else 200
    before = particulars(unit, RECORDED)
    form.fill(unit)
    db.session.flush()
    audit.record("unit.change", f"unit {unit.code}", **changes(before, particulars(unit, RECORDED)))
    db.session.commit()
    flash(gettext("The changes to %(name)s are saved.", name=unit.name))
    return redirect(url_for("fieldwork.list_units"))
