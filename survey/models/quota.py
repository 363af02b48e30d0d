"""How many answers a survey takes from one cell of people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, event, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk
from survey.models.survey import Stratum, Survey


class Quota(db.Model):
    """At most `most` answers over the web from people of a stratum (None: of any) who gave `answers`
    ({item: choice}; none: whatever they gave). `taken` counts them, row by row under a lock.
    """

    __tablename__ = "quotas"
    __table_args__ = (
        CheckConstraint("most > 0", name="most"),
        CheckConstraint("taken >= 0", name="taken"),
    )

    id: Mapped[intpk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    stratum_id: Mapped[int | None] = mapped_column(ForeignKey("strata.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    most: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    survey: Mapped[Survey] = relationship()
    stratum: Mapped[Stratum | None] = relationship()


@event.listens_for(Quota, "before_insert")
def mark_survey(_mapper: object, connection: Connection, quota: Quota) -> None:
    """Who stores an answer sees with the survey's row, and without another query, that quotas may be set."""
    unmarked = update(Survey).where(Survey.id == quota.survey_id, Survey.has_quotas.is_(False))
    connection.execute(unmarked.values(has_quotas=True))
