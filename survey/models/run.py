"""A run: what went in (as hashes), how it was computed, what came out."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from survey.db import db
from survey.models.round import Round
from survey.models.user import User


class Run(db.Model):
    """One computation of a round. `result` holds the canonical bytes of its tables; `sha256` is theirs."""

    __tablename__ = "runs"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    recipe: Mapped[dict[str, Any]]
    inputs: Mapped[dict[str, Any]]
    code_version: Mapped[str]
    result: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    sha256: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime.datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    published_at: Mapped[datetime.datetime | None]

    round: Mapped[Round] = relationship()
    made_by: Mapped[User | None] = relationship()
