"""A paper form from printing to the archive, and the trail of what happened to it."""

from __future__ import annotations

import datetime
import uuid

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.paper.batch import Batch
from survey.models.response import Response
from survey.models.user import User

GONE_STATES = ("spoiled", "refused", "lost")
"""No answers will come of such a form: it counts for the response rate, and nowhere else."""

KEYED_STATES = ("entered", "disputed", "accepted", "rejected")
FORM_STATES = ("printed", "issued", "returned", *KEYED_STATES, *GONE_STATES)
FORM_EVENTS = (*FORM_STATES, "verified", "taken_over", "rekeyed", "archived")


class PaperForm(db.Model):
    """One form, by its number in the batch, and by its serial where it is printed here.

    returned: the paper is here; entered: read once, a second reading is to come; disputed: two readings
    differ; accepted: its answers are a response. `keyed_by` and `keyed_at` tell of the first reading,
    `checked_by` is the second person who found, or settled, that the answers are the paper's.
    `second_wanted`: the plan has chosen this form for a second reading.
    """

    __tablename__ = "paper_forms"
    __table_args__ = (
        UniqueConstraint("batch_id", "number"),
        one_of("state", FORM_STATES),
        CheckConstraint(
            "state NOT IN ('rejected', 'spoiled', 'refused', 'lost') OR reason <> ''", name="reason"
        ),
        CheckConstraint("state <> 'accepted' OR response_id IS NOT NULL", name="accepted"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("serial > 0", name="serial"),
        Index(None, "batch_id", "state"),
    )

    id: Mapped[intpk]
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"))
    number: Mapped[int]
    serial: Mapped[int | None] = mapped_column(unique=True)
    response_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("responses.id"), unique=True)
    state: Mapped[str] = mapped_column(default="returned")
    second_wanted: Mapped[bool] = mapped_column(default=False)
    keyed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    keyed_at: Mapped[datetime.datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    archived_on: Mapped[datetime.date | None]

    batch: Mapped[Batch] = relationship(back_populates="forms")
    response: Mapped[Response | None] = relationship()
    keyed_by: Mapped[User | None] = relationship(foreign_keys=[keyed_by_id])
    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
    events: Mapped[list[FormEvent]] = relationship(back_populates="form", order_by="FormEvent.id")

    @classmethod
    def waits_for_check(cls) -> sa.ColumnElement[bool]:
        """Whether a second person is still to look at what was keyed: by the plan, or where there is none, by
        eye.
        """
        is_unchecked = sa.and_(cls.state == "accepted", cls.checked_by_id.is_(None))
        is_chosen = sa.or_(cls.second_wanted, cls.batch.has(Batch.plan == "none"))
        return sa.or_(cls.state.in_(("entered", "disputed")), sa.and_(is_unchecked, is_chosen))


class FormEvent(db.Model):
    """What happened to a form, when, by whom and why. Rows are added, and lose no more than their reason,
    which goes with the answers that it may quote.
    """

    __tablename__ = "form_events"
    __table_args__ = (
        one_of("event", FORM_EVENTS),
        CheckConstraint(
            "event NOT IN ('rejected', 'spoiled', 'refused', 'lost') OR reason <> ''", name="reason"
        ),
    )

    id: Mapped[intpk]
    form_id: Mapped[int] = mapped_column(ForeignKey("paper_forms.id"), index=True)
    event: Mapped[str]
    at: Mapped[datetime.datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")

    form: Mapped[PaperForm] = relationship(back_populates="events")
    person: Mapped[User | None] = relationship()
