"""Scanned files and their pages. The pictures lie in a folder of their own, not here."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.paper.batch import Batch
from survey.models.paper.form import PaperForm
from survey.models.survey import Survey
from survey.models.user import User

SCAN_STATES = ("waiting", "reading", "read", "failed", "deleted")
PAGE_STATES = ("waiting", "sure", "doubtful", "unreadable", "settled", "set_aside")


class Scan(db.Model):
    """One uploaded file; the same file is taken once in a survey. `key` finds it in the store of scans.

    `keep_until` is the last day that its pictures are kept. Deleted: the pictures are gone, this row stays.
    """

    __tablename__ = "scans"
    __table_args__ = (
        UniqueConstraint("survey_id", "sha256"),
        one_of("state", SCAN_STATES),
        CheckConstraint("pages >= 0", name="pages"),
    )

    id: Mapped[intpk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.id"), index=True)
    name: Mapped[str]
    sha256: Mapped[str]
    key: Mapped[str]
    pages: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str] = mapped_column(default="")
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime.datetime]
    keep_until: Mapped[datetime.date | None] = mapped_column(index=True)

    survey: Mapped[Survey] = relationship()
    batch: Mapped[Batch | None] = relationship()
    uploaded_by: Mapped[User | None] = relationship()
    sheets: Mapped[list[ScanPage]] = relationship(back_populates="scan", order_by="ScanPage.position")


class ScanPage(db.Model):
    """A page of a scan, `position` from 1 in the file: of which form and which page of it, where that is
    known; `reason` says what is wrong with it. `key` finds its straightened picture; `readings` is what the
    machine read, cell by cell, and how sure it is.
    """

    __tablename__ = "scan_pages"
    __table_args__ = (
        UniqueConstraint("scan_id", "position"),
        one_of("state", PAGE_STATES),
        CheckConstraint("position > 0", name="position"),
        CheckConstraint("page > 0", name="page"),
        Index(None, "form_id", "page"),
    )

    id: Mapped[intpk]
    scan_id: Mapped[int] = mapped_column(ForeignKey("scans.id"))
    position: Mapped[int]
    form_id: Mapped[int | None] = mapped_column(ForeignKey("paper_forms.id"))
    page: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="waiting", index=True)
    reason: Mapped[str] = mapped_column(default="")
    key: Mapped[str] = mapped_column(default="")
    readings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    scan: Mapped[Scan] = relationship(back_populates="sheets")
    form: Mapped[PaperForm | None] = relationship()
