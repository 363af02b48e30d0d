"""Definitions in the making: what is being written, every change to it, and what readers say of it."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.definition import FrameworkVersion
from survey.models.user import User

DRAFT_KINDS = ("framework", "questionnaire")
DRAFT_STATES = ("draft", "review", "approved")


class DefinitionDraft(db.Model):
    """A framework or questionnaire that people still write; it may be full of faults.

    `code` and `version` repeat what `content` says. `revision` counts the changes. A questionnaire's draft
    is held against the framework it is to cover. Once approved, the draft stays as the record of how the
    stored version of the same code and version came about.
    """

    __tablename__ = "definition_drafts"
    __table_args__ = (
        one_of("kind", DRAFT_KINDS),
        one_of("state", DRAFT_STATES),
        CheckConstraint("revision >= 0", name="revision"),
        CheckConstraint("state = 'draft' OR sent_by_id IS NOT NULL", name="sent"),
        Index(None, "kind", "state"),
    )

    id: Mapped[intpk]
    kind: Mapped[str]
    code: Mapped[str]
    version: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  # not JSONB: the order of entries is kept
    revision: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="draft")
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("framework_versions.id"), index=True)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    updated_at: Mapped[datetime.datetime]

    framework_version: Mapped[FrameworkVersion | None] = relationship()
    sent_by: Mapped[User | None] = relationship(foreign_keys=[sent_by_id])
    updated_by: Mapped[User | None] = relationship(foreign_keys=[updated_by_id])


class DraftChange(db.Model):
    """One change: the part at `place` ("question:q1", "node:1.2", "head") before and after; none where it
    was not there. `stood` and `stands` tell where in the definition that was: section or parent, position,
    and what went with a part that was removed.
    """

    __tablename__ = "draft_changes"
    __table_args__ = (Index(None, "draft_id", "place"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("definition_drafts.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime.datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    action: Mapped[str]
    place: Mapped[str]
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    stood: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    stands: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)

    author: Mapped[User | None] = relationship()


class DraftComment(db.Model):
    """What a reader says of a draft, at a place of it or of the whole (""), until somebody settles it; or an
    answer to that, which stands at the same place.
    """

    __tablename__ = "draft_comments"
    __table_args__ = (CheckConstraint("text <> ''", name="text"),)

    id: Mapped[intpk]
    draft_id: Mapped[int] = mapped_column(ForeignKey("definition_drafts.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("draft_comments.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime.datetime]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)

    author: Mapped[User] = relationship(foreign_keys=[author_id])
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])
