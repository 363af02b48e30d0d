"""A tablet at a desk, on which one person after the other answers."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk
from survey.models.survey import Stratum, Survey


class Kiosk(db.Model):
    """Whoever answers on it rates the unit of its stratum. The device holds the key, we its keyed hash."""

    __tablename__ = "kiosks"
    __table_args__ = (UniqueConstraint("survey_id", "name"),)

    id: Mapped[intpk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    stratum_id: Mapped[int] = mapped_column(ForeignKey("strata.id"), index=True)
    name: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=True)

    survey: Mapped[Survey] = relationship()
    stratum: Mapped[Stratum] = relationship()
