"""Kiosks as they are stored, and how many answers came in on tablets."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from flask import abort, current_app
from sqlalchemy.orm import contains_eager

from survey import codes
from survey.db import db
from survey.models import Kiosk, Response, Sample, Stratum, Survey, Unit

KEY_BYTES = 24


def new_key(kiosk: Kiosk) -> str:
    """Give the kiosk a key, which is returned here and known nowhere else; the one before opens nothing."""
    key = secrets.token_urlsafe(KEY_BYTES)
    kiosk.key_hash = codes.kiosk_hash(key, current_app.config["SECRET_KEY"])
    return key


def kiosks_of(survey_id: int) -> Sequence[Kiosk]:
    query = sa.select(Kiosk).filter_by(survey_id=survey_id).join(Kiosk.stratum).join(Stratum.unit)
    loaded = query.options(contains_eager(Kiosk.stratum).contains_eager(Stratum.unit))
    return db.session.scalars(loaded.order_by(Unit.search_key, Kiosk.name)).all()


def kiosk_of(survey: Survey, kiosk_id: int) -> Kiosk:
    """One of this survey's kiosks, held until the transaction ends; 404 where it is another's or none."""
    query = sa.select(Kiosk).filter_by(id=kiosk_id, survey_id=survey.id).with_for_update()
    return db.session.scalar(query) or abort(404)


def strata_for(survey_id: int) -> Sequence[Stratum]:
    """The strata a kiosk can be for, in the order of their units."""
    query = sa.select(Stratum).join(Sample).join(Stratum.unit).where(Sample.survey_id == survey_id)
    return db.session.scalars(
        query.options(contains_eager(Stratum.unit)).order_by(Unit.search_key, Stratum.code)
    ).all()


def answers_on_tablets(survey_id: int) -> Sequence[sa.Row[str, int]]:
    """(name of the unit, accepted answers that came in on its tablets), for the units that have any."""
    query = (
        sa.select(Unit.name, sa.func.count())
        .join(Response, Response.unit_id == Unit.id)
        .where(Response.survey_id == survey_id, Response.mode == "tablet", Response.state == "accepted")
        .group_by(Unit.name, Unit.search_key)
        .order_by(Unit.search_key)
    )
    return db.session.execute(query).all()
