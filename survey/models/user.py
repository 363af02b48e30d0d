"""Staff who sign in."""

from __future__ import annotations

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.unit import Unit

ROLES = (
    "administrator",
    "planner",
    "enumerator",
    "supervisor",
    "unit_officer",
    "appraiser",
    "analyst",
    "viewer",
)


class User(UserMixin, db.Model):
    """Staff, each with one role; a unit officer belongs to a unit. Users are deactivated, never deleted."""

    __tablename__ = "users"
    __table_args__ = (
        one_of("role", ROLES),
        CheckConstraint("role <> 'unit_officer' OR unit_id IS NOT NULL", name="officer_has_unit"),
        CheckConstraint("language IN ('vi', 'en')", name="language"),
    )

    id: Mapped[intpk]
    name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    session_stamp: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(default="vi")

    unit: Mapped[Unit | None] = relationship()

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        """What a session remembers. A new stamp ends every session that holds the old one."""
        return f"{self.id}.{self.session_stamp}"
