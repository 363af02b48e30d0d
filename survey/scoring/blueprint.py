"""The room's blueprint, who comes in, and how a round's unit is found."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort, render_template
from flask_login import current_user
from sqlalchemy.orm import contains_eager, joinedload

from survey.db import db
from survey.models import Round, RoundUnit, Unit

OFFICER, APPRAISER, PLANNER = "unit_officer", "appraiser", "planner"
READERS = (PLANNER, APPRAISER, "analyst", OFFICER)

blueprint = Blueprint("scoring", __name__, template_folder="templates")


def find_round(round_id: int) -> Round:
    query = sa.select(Round).where(Round.id == round_id).options(joinedload(Round.framework_version))
    return db.session.scalar(query) or abort(404)


def members(a_round: Round, *, lock: bool = False) -> list[RoundUnit]:
    """The units of a round by name. `lock` makes whoever else saves scores of the round wait."""
    query = (
        sa.select(RoundUnit)
        .join(RoundUnit.unit)
        .where(RoundUnit.round_id == a_round.id)
        .order_by(Unit.search_key, Unit.id)
        .options(contains_eager(RoundUnit.unit))
    )
    return list(db.session.scalars(locked(query) if lock else query))


def find_member(round_id: int, unit_id: int, *, lock: bool = False) -> RoundUnit:
    """A unit in a round; 404 where it is not, 403 for an officer of another unit.

    `lock` makes whoever else saves scores of this unit wait until the transaction ends.
    """
    query = (
        sa.select(RoundUnit)
        .join(RoundUnit.unit)
        .where(RoundUnit.round_id == round_id, RoundUnit.unit_id == unit_id)
        .options(
            contains_eager(RoundUnit.unit), joinedload(RoundUnit.round).joinedload(Round.framework_version)
        )
    )
    member = db.session.scalar(locked(query) if lock else query) or abort(404)
    if current_user.role == OFFICER and current_user.unit_id != unit_id:
        abort(403)
    return member


def locked(query: sa.Select) -> sa.Select:
    """SQLite needs no row lock: whatever may write there has the database to itself."""
    return query.with_for_update(of=RoundUnit).execution_options(populate_existing=True)


def page(template: str, a_round: Round, **values: Any) -> str:
    """A page about one round; where it is synthetic, the page says so."""
    framework = a_round.framework_version.framework
    return render_template(
        f"scoring/{template}", round=a_round, framework=framework, synthetic=a_round.synthetic, **values
    )
