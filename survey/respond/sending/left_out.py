"""Agencies of a sitting that had enough answers: the person hears which, as what they said is not stored."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from flask import flash
from flask_babel import gettext

from questionnaires.faults import N_
from survey.db import db
from survey.models import Stratum, Unit

ENOUGH = N_(
    "There were enough answers about these agencies already, so what you said of them is not stored: "
    "%(units)s. Everything else is."
)


def tell_left_out(strata: Collection[int]) -> None:
    """Say on the next page whose ratings are not stored; nothing where all are."""
    if strata:
        names = sa.select(Unit.name).join(Stratum, Stratum.unit_id == Unit.id).where(Stratum.id.in_(strata))
        flash(gettext(ENOUGH) % {"units": ", ".join(db.session.scalars(names.order_by(Unit.code)))})
