"""The agencies that are assessed."""

from __future__ import annotations

import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from questionnaires.text import fold
from survey.db import db, intpk


class Unit(db.Model):
    """An agency, with the days it existed: districts end on 30 June 2025, new communes begin on 1 July."""

    __tablename__ = "units"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_days"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
        Index(None, "search_key"),
    )

    id: Mapped[intpk]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    search_key: Mapped[str]
    type: Mapped[str]
    ranking_group: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    valid_from: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]

    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.search_key = fold(name)
        return name
