"""A year's assessment: which units, against which framework version, over which days."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.definition import FrameworkVersion
from survey.models.unit import Unit

ROUND_STATES = ("planned", "open", "closed", "published")


class Round(db.Model):
    """A round pins its framework version. A synthetic round says so on every page and report."""

    __tablename__ = "rounds"
    __table_args__ = (
        one_of("state", ROUND_STATES),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
    )

    id: Mapped[intpk]
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[dict[str, Any]]
    year: Mapped[int]
    framework_id: Mapped[int] = mapped_column(ForeignKey("framework_versions.id"), index=True)
    state: Mapped[str] = mapped_column(default="planned")
    starts_on: Mapped[datetime.date]
    ends_on: Mapped[datetime.date]
    self_score_due: Mapped[datetime.date | None]
    synthetic: Mapped[bool] = mapped_column(default=False)

    framework_version: Mapped[FrameworkVersion] = relationship()
    members: Mapped[list[RoundUnit]] = relationship(back_populates="round", order_by="RoundUnit.unit_id")


class RoundUnit(db.Model):
    """A unit in a round, with its ranking group and the outside facts that bands look at."""

    __tablename__ = "round_units"

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    ranking_group: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    self_scored_on: Mapped[datetime.date | None]

    round: Mapped[Round] = relationship(back_populates="members")
    unit: Mapped[Unit] = relationship()
