"""That somebody was asked. What they answered stands elsewhere, and nothing here leads to it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, one_of
from survey.models.survey import Stratum, Survey

INVITATION_KINDS = ("code", "dossier")


class Invitation(db.Model):
    """A personal code or the number of a dossier, as its keyed hash. Who rates several units has no stratum.

    `used` carries no time: a time would lead to the answers.
    """

    __tablename__ = "invitations"
    __table_args__ = (one_of("kind", INVITATION_KINDS), {"sqlite_with_rowid": False})

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    stratum_id: Mapped[int | None] = mapped_column(ForeignKey("strata.id"), index=True)
    kind: Mapped[str] = mapped_column(default="code")
    code_hash: Mapped[str] = mapped_column(unique=True)
    used: Mapped[bool] = mapped_column(default=False)

    survey: Mapped[Survey] = relationship()
    stratum: Mapped[Stratum | None] = relationship()


class Draft(db.Model):
    """Answers on their way, deleted by the transaction that accepts them.

    `key_hash` is the hash of the personal code, or of a secret kept in the browser alone. The id of the
    response to come is not here: it waits in the browser, so that no copy of this table leads to it.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint("revision >= 0", name="revision"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    stratum_id: Mapped[int | None] = mapped_column(ForeignKey("strata.id"), index=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    updated_on: Mapped[datetime.date]

    survey: Mapped[Survey] = relationship()
