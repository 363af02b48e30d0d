"""The room's blueprint, who may read here, and how its pages find a run."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from flask import Blueprint
from sqlalchemy.orm import joinedload

from survey.db import db
from survey.models import Round, Run
from survey.results import words

READERS = ("administrator", "planner", "appraiser", "analyst", "viewer")
"""Whoever prepares, checks or receives results. Agencies see them once they are published."""

blueprint = Blueprint("results", __name__, template_folder="templates")
blueprint.context_processor(lambda: {"words": words})


def find_run(run_id: uuid.UUID) -> Run:
    """The run with its round and maker; a page that there is none of otherwise."""
    query = sa.select(Run).where(Run.id == run_id).options(joinedload(Run.round), joinedload(Run.made_by))
    return db.first_or_404(query)


def runs_of(a_round: Round) -> list[Run]:
    """The runs of a round, the newest first."""
    query = sa.select(Run).where(Run.round_id == a_round.id).options(joinedload(Run.made_by))
    return list(db.session.scalars(query.order_by(Run.made_at.desc(), Run.id)))
