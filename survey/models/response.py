"""What was answered: a response and its versions. Who answered is not here."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, one_of
from survey.models.survey import Stratum, Survey
from survey.models.unit import Unit
from survey.models.user import User

MODES = ("online", "keyed", "scanned", "tablet", "imported")
RESPONSE_STATES = ("accepted", "rejected", "withdrawn", "expired")
FLAGS = ("fast", "burst", "same_device")


class Response(db.Model):
    """One filled form. The client makes the id, so a repeated submit meets itself.

    Withdrawn by the person, or past the day it may be kept: the row stays, so that no late repetition brings
    it back, and its answers are emptied. Rows lie in the order of their random ids and carry a day, not a
    time: neither leads to an invitation.
    """

    __tablename__ = "responses"
    __table_args__ = (
        one_of("mode", MODES),
        one_of("state", RESPONSE_STATES),
        Index(None, "survey_id", "unit_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    stratum_id: Mapped[int] = mapped_column(ForeignKey("strata.id"), index=True)
    psu: Mapped[str | None]
    mode: Mapped[str]
    state: Mapped[str] = mapped_column(default="accepted")
    received_on: Mapped[datetime.date]
    version: Mapped[int] = mapped_column(default=1)

    survey: Mapped[Survey] = relationship()
    unit: Mapped[Unit] = relationship()
    stratum: Mapped[Stratum] = relationship()
    versions: Mapped[list[ResponseVersion]] = relationship(
        back_populates="response", order_by="ResponseVersion.version"
    )


class ResponseVersion(db.Model):
    """The answers as they were accepted (version 1) or corrected, by whom, when and why.

    The moment is of corrections alone, which staff make: the first version carries a day, as the moment that
    somebody answered could be joined to the moment that a code was used, or a person seen at a desk.
    """

    __tablename__ = "response_versions"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("version = 1 OR (author_id IS NOT NULL AND reason <> '')", name="correction"),
        CheckConstraint("version > 1 OR made_at IS NULL", name="moment"),
        {"sqlite_with_rowid": False},
    )

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    made_on: Mapped[datetime.date]
    made_at: Mapped[datetime.datetime | None]

    response: Mapped[Response] = relationship(back_populates="versions")
    author: Mapped[User | None] = relationship()

    @property
    def when(self) -> datetime.datetime | datetime.date:
        """The moment where it is stored, else the day."""
        return self.made_at or self.made_on


class ResponseFlag(db.Model):
    """A signal for the analyst, noted when the response came in: nothing is left out because of it."""

    __tablename__ = "response_flags"
    __table_args__ = (one_of("kind", FLAGS), {"sqlite_with_rowid": False})

    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("responses.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
