"""Paper: batches of forms, and who keyed and checked each."""

from __future__ import annotations

import datetime
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.response import Response
from survey.models.survey import Stratum, Survey
from survey.models.user import User

FORM_STATES = ("keyed", "verified", "rejected")


class Batch(db.Model):
    """Forms of one stratum that came back together."""

    __tablename__ = "batches"
    __table_args__ = (
        UniqueConstraint("survey_id", "code"),
        CheckConstraint("forms_expected > 0", name="forms_expected"),
    )

    id: Mapped[intpk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    stratum_id: Mapped[int] = mapped_column(ForeignKey("strata.id"), index=True)
    code: Mapped[str]
    forms_expected: Mapped[int]
    closed: Mapped[bool] = mapped_column(default=False)

    survey: Mapped[Survey] = relationship()
    stratum: Mapped[Stratum] = relationship()
    forms: Mapped[list[PaperForm]] = relationship(back_populates="batch", order_by="PaperForm.number")


class PaperForm(db.Model):
    """One keyed form, by its printed number: keyed once, whoever tries twice."""

    __tablename__ = "paper_forms"
    __table_args__ = (
        UniqueConstraint("batch_id", "number"),
        one_of("state", FORM_STATES),
        CheckConstraint("state <> 'rejected' OR reason <> ''", name="rejection"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[intpk]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    number: Mapped[int]
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id"), unique=True)
    state: Mapped[str] = mapped_column(default="keyed")
    keyed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    keyed_at: Mapped[datetime.datetime]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")

    batch: Mapped[Batch] = relationship(back_populates="forms")
    response: Mapped[Response] = relationship()
    keyed_by: Mapped[User | None] = relationship(foreign_keys=[keyed_by_id])
    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
