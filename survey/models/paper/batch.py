"""Batches of forms that are handed out and come back together, and the layout they are printed in."""

from __future__ import annotations

import datetime
import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db, intpk, one_of
from survey.models.definition import QuestionnaireVersion
from survey.models.survey import Stratum, Survey
from survey.models.user import User

if TYPE_CHECKING:
    from survey.models.paper.form import PaperForm

PLANS = ("none", "share", "all", "acceptance")
SEED_BYTES = 16


def new_seed() -> str:
    return secrets.token_hex(SEED_BYTES)


class FormLayout(db.Model):
    """Where everything stands on forms printed from it; kept as long as any such form may be read.

    `content` is a layout as JSON, `sha256` the hash of its canonical bytes: forms alike share one row.
    """

    __tablename__ = "form_layouts"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    id: Mapped[intpk]
    sha256: Mapped[str] = mapped_column(unique=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"), index=True)
    language: Mapped[str]
    content: Mapped[dict[str, Any]]
    made_on: Mapped[datetime.date]

    questionnaire_version: Mapped[QuestionnaireVersion] = relationship()


class Batch(db.Model):
    """Forms of one stratum that belong together. Printed here, its forms are numbered from 1 and carry the
    serials from `first_serial` on; printed elsewhere (no `printed_on`), forms are known once they are keyed.

    `printed_notice` and `printed_unit` are what its forms say of the survey and of the unit, so that a sheet
    printed again says the same whatever was changed since; None where the batch is older than these columns.

    `enumerator` hands the forms out, a user or not. The `plan` says which forms a second person keys too:
    none, a `verify_share` in percent, all, or a sample of `sample_size` forms, of which at most
    `acceptance_number` may hold an error. `seed` makes that choice at random, and is shown to nobody.
    Above `error_limit`, in percent of the items compared, all forms are keyed again: `rekey_all`.

    `closed_with_survey`: closed because its survey was, so that it opens again with it.
    """

    __tablename__ = "batches"
    __table_args__ = (
        UniqueConstraint("survey_id", "code"),
        CheckConstraint("forms_expected > 0", name="forms_expected"),
        CheckConstraint("first_serial > 0", name="first_serial"),
        CheckConstraint("verify_share BETWEEN 0 AND 100", name="verify_share"),
        CheckConstraint("error_limit BETWEEN 0 AND 100", name="error_limit"),
        CheckConstraint("sample_size >= 0 AND acceptance_number >= 0", name="acceptance"),
        CheckConstraint("closed OR NOT closed_with_survey", name="closed_with_survey"),
        one_of("plan", PLANS),
    )

    id: Mapped[intpk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    stratum_id: Mapped[int] = mapped_column(ForeignKey("strata.id"), index=True)
    code: Mapped[str]
    forms_expected: Mapped[int]
    closed: Mapped[bool] = mapped_column(default=False)
    closed_with_survey: Mapped[bool] = mapped_column(default=False)
    layout_id: Mapped[int | None] = mapped_column(ForeignKey("form_layouts.id"), index=True)
    commune: Mapped[str] = mapped_column(default="")
    enumerator: Mapped[str] = mapped_column(default="")
    enumerator_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    first_serial: Mapped[int | None] = mapped_column(unique=True)
    printed_on: Mapped[datetime.date | None]
    printed_notice: Mapped[str | None]
    printed_unit: Mapped[str | None]
    plan: Mapped[str] = mapped_column(default="none")
    verify_share: Mapped[int] = mapped_column(default=0)
    sample_size: Mapped[int] = mapped_column(default=0)
    acceptance_number: Mapped[int] = mapped_column(default=0)
    error_limit: Mapped[float] = mapped_column(default=1.0)
    rekey_all: Mapped[bool] = mapped_column(default=False)
    seed: Mapped[str] = mapped_column(default=new_seed)

    survey: Mapped[Survey] = relationship()
    stratum: Mapped[Stratum] = relationship()
    layout: Mapped[FormLayout | None] = relationship()
    enumerator_user: Mapped[User | None] = relationship()
    forms: Mapped[list[PaperForm]] = relationship(back_populates="batch", order_by="PaperForm.number")
