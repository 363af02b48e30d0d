"""Invitations that go out by e-mail: addresses stay until their message is sent, and no longer."""

from __future__ import annotations

import datetime
import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.survey import Stratum, Survey
from survey.models.user import User

RECIPIENT_STATES = ("waiting", "sending", "failed")


class Mailing(db.Model):
    """One letter to many people. `sent` counts those who got it; who they were is forgotten."""

    __tablename__ = "mailings"
    __table_args__ = (CheckConstraint("sent >= 0", name="sent"),)

    id: Mapped[intpk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    subject: Mapped[str]
    body: Mapped[str]
    sent: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime.datetime]

    survey: Mapped[Survey] = relationship()
    created_by: Mapped[User | None] = relationship()


class MailRecipient(db.Model):
    """Somebody whose message is not sent yet. The personal code is made while it is, and noted nowhere."""

    __tablename__ = "mail_recipients"
    __table_args__ = (one_of("state", RECIPIENT_STATES), {"sqlite_with_rowid": False})

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailings.id"), index=True)
    stratum_id: Mapped[int | None] = mapped_column(ForeignKey("strata.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    address: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str] = mapped_column(default="")

    mailing: Mapped[Mailing] = relationship()
    stratum: Mapped[Stratum | None] = relationship()
