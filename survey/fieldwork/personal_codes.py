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
    """The codes of one stratum; without one, of a survey whose people rate several units each."""

    stratum: Stratum | None
    made: int
    used: int

    @property
    def key(self) -> str:
        """What tells this line from others in a form."""
        return str(self.stratum.id) if self.stratum else "all"

    @property
    def stratum_id(self) -> int | None:
        return self.stratum.id if self.stratum else None

    @property
    def unused(self) -> int:
        return self.made - self.used

    @property
    def lacking(self) -> int:
        """How many of those chosen have no code yet."""
        return max(self.stratum.selected - self.made, 0) if self.stratum else 0


class NewCode(NamedTuple):
    """A code as it goes into the letter: it exists here and on the list, nowhere else."""

    stratum: Stratum | None
    code: str


def code_lines(survey: Survey, kind: str = "code") -> list[CodeLine]:
    """The strata in the order of their units, with their invitations of this kind counted."""
    return [whole_line(survey, kind)] if survey.rates == "several" else stratum_lines(survey.id, kind)


def whole_line(survey: Survey, kind: str) -> CodeLine:
    made, used = sa.func.count(Invitation.id), sa.func.count(sa.case((Invitation.used, 1)))
    query = sa.select(made, used).where(Invitation.survey_id == survey.id, Invitation.kind == kind)
    return CodeLine(None, *db.session.execute(query).one())


def stratum_lines(survey_id: int, kind: str) -> list[CodeLine]:
    made, used = sa.func.count(Invitation.id), sa.func.count(sa.case((Invitation.used, 1)))
    counts = (
        sa.select(Invitation.stratum_id, made.label("made"), used.label("used"))
        .where(Invitation.survey_id == survey_id, Invitation.kind == kind)
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


def make_codes(survey: Survey, numbers: Mapping[str, int], lines: Sequence[CodeLine]) -> list[NewCode]:
    """Make codes, as many as `numbers` gives for a line's key, and store their hashes."""
    made = [NewCode(line.stratum, generate()) for line in lines for _ in range(numbers.get(line.key, 0))]
    store_codes(survey, [(line.stratum.id if line.stratum else None, line.code) for line in made])
    return made


def store_codes(survey: Survey, made: Sequence[tuple[int | None, str]]) -> None:
    """Store the hashes of codes, each with the id of its stratum."""
    rows = [
        {"survey_id": survey.id, "stratum_id": stratum_id, "code_hash": hash_of(code)}
        for stratum_id, code in made
    ]
    if rows:
        db.session.execute(sa.insert(Invitation), rows)


def hash_of(code: str) -> str:
    """What is stored of a code as it is printed."""
    return invitation_hash(normalise(code) or "", current_app.config["SECRET_KEY"])


def withdraw_unused(survey: Survey, stratum_id: int | None, kind: str = "code") -> int:
    """Delete the invitations of a stratum that nobody has used; returns how many. They stop working.

    Without a stratum, those of the whole survey.
    """
    unused = sa.delete(Invitation).where(
        Invitation.survey_id == survey.id, Invitation.kind == kind, Invitation.used.is_(False)
    )
    if stratum_id is not None:
        unused = unused.where(Invitation.stratum_id == stratum_id)
    return db.session.execute(unused).rowcount
