"""Personal codes of a survey: made, counted, withdrawn. What is stored of a code is its keyed hash alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import contains_eager

from survey.codes import generate, invitation_hash, normalise
from survey.db import db
from survey.models import Invitation, Sample, Stratum, Survey, Unit

MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class CodeLine:
    """The codes of one stratum."""

    stratum: Stratum
    made: int
    used: int

    @property
    def unused(self) -> int:
        return self.made - self.used

    @property
    def lacking(self) -> int:
        """How many of those chosen have no code yet."""
        return max(self.stratum.selected - self.made, 0)


class NewCode(NamedTuple):
    """A code as it goes into the letter: it exists here and on the list, nowhere else."""

    stratum: Stratum
    code: str


def code_lines(survey_id: int) -> list[CodeLine]:
    """The strata in the order of their units, with their codes counted."""
    made, used = sa.func.count(Invitation.id), sa.func.count(sa.case((Invitation.used, 1)))
    counts = (
        sa.select(Invitation.stratum_id, made.label("made"), used.label("used"))
        .where(Invitation.survey_id == survey_id)
        .group_by(Invitation.stratum_id)
        .subquery()
    )
    query = (
        sa.select(Stratum, sa.func.coalesce(counts.c.made, 0), sa.func.coalesce(counts.c.used, 0))
        .join(Sample)
        .join(Stratum.unit)
        .outerjoin(counts, counts.c.stratum_id == Stratum.id)
        .where(Sample.survey_id == survey_id)
        .options(contains_eager(Stratum.unit))
        .order_by(Unit.search_key, Stratum.code)
    )
    return [CodeLine(stratum, made, used) for stratum, made, used in db.session.execute(query)]


def make_codes(survey: Survey, numbers: Mapping[int, int], strata: Sequence[Stratum]) -> list[NewCode]:
    """Make codes, as many as `numbers` gives for a stratum's id, and store their hashes."""
    made = [NewCode(stratum, generate()) for stratum in strata for _ in range(numbers.get(stratum.id, 0))]
    key = current_app.config["SECRET_KEY"]
    rows = [
        {
            "survey_id": survey.id,
            "stratum_id": stratum.id,
            "code_hash": invitation_hash(normalise(code) or "", key),
        }
        for stratum, code in made
    ]
    if rows:
        db.session.execute(sa.insert(Invitation), rows)
    return made


def withdraw_unused(survey: Survey, stratum_id: int) -> int:
    """Delete the codes of a stratum that nobody has used; returns how many. Their letters stop working."""
    unused = sa.delete(Invitation).where(
        Invitation.survey_id == survey.id, Invitation.stratum_id == stratum_id, Invitation.used.is_(False)
    )
    return db.session.execute(unused).rowcount
