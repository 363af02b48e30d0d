"""How people get through a form, in sums alone: no row is about one person."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import db


class WayCount(db.Model):
    """How often something happened in a survey: `event` ("started", "saved", …), `key` (which page, which
    language …). It carries no day and no time.
    """

    __tablename__ = "way_counts"
    __table_args__ = (CheckConstraint("count >= 0", name="count"), {"sqlite_with_rowid": False})

    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
