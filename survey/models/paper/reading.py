"""Readings of a form, by people who key it and by the machine, and what was settled where they differ."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Json, db, intpk, one_of
from survey.models.paper.form import PaperForm
from survey.models.user import User

READING_KINDS = ("first", "second", "scan")
NOTES = ("blank", "unreadable", "impossible", "off_route")
"""What a reading says of an item beside its answer: nothing is written there, or nothing that can be read;
what is written breaks the rules of the question; the question is not asked, and answered all the same.
"""


class FormReading(db.Model):
    """What one person, or the machine, read from a form: first (keyed or scanned, once), or second.

    `token` is held by the one screen that has the form open; `seq` counts what that screen saved, so that a
    repetition changes nothing; `saved_at` is its last sign of life. `replaced` holds what each save replaced
    (item, value, note), the last at the end, to be taken back until the reading is done. Once two readings
    are compared and settled, `checked` tells of each item compared whether this reading had it wrong.
    """

    __tablename__ = "form_readings"
    __table_args__ = (
        UniqueConstraint("form_id", "kind"),
        Index(
            "uq_form_readings_read_once",
            "form_id",
            unique=True,
            sqlite_where=text("kind <> 'second'"),
            postgresql_where=text("kind <> 'second'"),
        ),
        one_of("kind", READING_KINDS),
        one_of("state", ("open", "done")),
        CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name="finished"),
        CheckConstraint("seq >= 0", name="seq"),
        CheckConstraint("items_wrong BETWEEN 0 AND items_checked", name="items"),
        Index(None, "person_id", "state"),
    )

    id: Mapped[intpk]
    form_id: Mapped[int] = mapped_column(ForeignKey("paper_forms.id"))
    kind: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(default="open")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    notes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    cursor: Mapped[str] = mapped_column(default="")
    token: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4)
    seq: Mapped[int] = mapped_column(default=0)
    replaced: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list, server_default="[]")
    started_at: Mapped[datetime.datetime]
    saved_at: Mapped[datetime.datetime]
    finished_at: Mapped[datetime.datetime | None]
    checked: Mapped[dict[str, Any] | None]
    items_checked: Mapped[int] = mapped_column(default=0)
    items_wrong: Mapped[int] = mapped_column(default=0)

    form: Mapped[PaperForm] = relationship()
    person: Mapped[User | None] = relationship()

    @property
    def mode(self) -> str:
        """The mode of a response made from this reading."""
        return "scanned" if self.kind == "scan" else "keyed"


class Settlement(db.Model):
    """What a third person found on the paper, where two readings differ; no value is a blank."""

    __tablename__ = "settlements"
    __table_args__ = (UniqueConstraint("form_id", "item"),)

    id: Mapped[intpk]
    form_id: Mapped[int] = mapped_column(ForeignKey("paper_forms.id"))
    item: Mapped[str]
    value: Mapped[Any | None] = mapped_column(Json)
    note: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime.datetime]

    form: Mapped[PaperForm] = relationship()
    person: Mapped[User] = relationship()
