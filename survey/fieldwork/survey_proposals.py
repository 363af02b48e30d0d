"""What the form for a new survey proposes: its short address, its first day, how long answers are kept."""

from __future__ import annotations

import datetime
from itertools import chain, count

import sqlalchemy as sa

from questionnaires.codes import DEFINITION
from survey.db import db, today
from survey.models import Round, Survey


def free_slug(a_round: Round) -> str:
    """The round's code with its year, numbered where surveys have that address; blank where it makes none."""
    code = a_round.code.lower()
    stem = code if str(a_round.year) in code else f"{code}-{a_round.year}"
    if not DEFINITION.fits(stem):
        return ""
    like = sa.select(Survey.slug).where(Survey.slug.startswith(stem, autoescape=True))
    taken = set(db.session.scalars(like))
    slugs = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(slug for slug in slugs if slug not in taken)


def first_day(a_round: Round) -> datetime.date:
    """The round's first day; today, where that has passed and the round has not ended."""
    return today() if a_round.starts_on < today() <= a_round.ends_on else a_round.starts_on


def last_day_of_keeping(a_round: Round) -> datetime.date:
    """The end of the year after the round's: time enough to publish and to answer objections."""
    return datetime.date(max(a_round.year, a_round.ends_on.year) + 1, 12, 31)
