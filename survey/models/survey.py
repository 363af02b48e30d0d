"""A wave of questioning: one questionnaire, one group, one period, inside a round; and its sample."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from questionnaires.schema import Questionnaire
from survey.db import db, intpk, one_of
from survey.models.definition import QuestionnaireVersion
from survey.models.round import Round
from survey.models.unit import Unit

SURVEY_STATES = ("draft", "open", "paused", "closed")
PAGINGS = ("section", "question")
RATINGS = ("one", "several")


class Survey(db.Model):
    """`slug` is the short public address. `open_link` lets people answer without a personal code,
    `by_dossier` with the number of a dossier on the imported list. A page holds a section or a single
    question (`page_by`). Who answers `rates` one unit, or several in one sitting. `withdrawable`: a receipt
    takes answers back until the survey closes. `purpose` and `legal_basis` say why and by what right we ask,
    in the planner's words; `keep_until` is the last day that answers are kept. `has_quotas`: some were set,
    now or once.

    `targets` holds the population counts that answers are weighed to:
    {"by": [item codes], "cells": [{item: choice, …, "count": N}]}; None where none are known. Cells that
    name every item are post-stratified to, those that leave items out are margins to rake to.
    """

    __tablename__ = "surveys"
    __table_args__ = (
        UniqueConstraint("round_id", "code"),
        one_of("state", SURVEY_STATES),
        one_of("page_by", PAGINGS),
        one_of("rates", RATINGS),
        CheckConstraint("closes_on >= opens_on", name="days"),
    )

    id: Mapped[intpk]
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"), index=True)
    code: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="draft")
    opens_on: Mapped[datetime.date]
    closes_on: Mapped[datetime.date]
    open_link: Mapped[bool] = mapped_column(default=True)
    by_dossier: Mapped[bool] = mapped_column(default=False)
    page_by: Mapped[str] = mapped_column(default="section")
    rates: Mapped[str] = mapped_column(default="one")
    withdrawable: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    legal_basis: Mapped[str] = mapped_column(default="")
    keep_until: Mapped[datetime.date | None]
    has_quotas: Mapped[bool] = mapped_column(default=False)
    targets: Mapped[dict[str, Any] | None]

    round: Mapped[Round] = relationship()
    questionnaire_version: Mapped[QuestionnaireVersion] = relationship()
    sample: Mapped[Sample | None] = relationship(back_populates="survey")

    @property
    def questionnaire(self) -> Questionnaire:
        return self.questionnaire_version.questionnaire


class Sample(db.Model):
    """How the people of a survey were chosen: from which list, by which method, with which seed."""

    __tablename__ = "samples"

    id: Mapped[intpk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), unique=True)
    method: Mapped[str]
    seed: Mapped[int | None]
    frame: Mapped[str] = mapped_column(default="")

    survey: Mapped[Survey] = relationship(back_populates="sample")
    strata: Mapped[list[Stratum]] = relationship(back_populates="sample", order_by="Stratum.code")


class Stratum(db.Model):
    """A design cell: the people of one unit (or a part of them), how many they are, how many were chosen."""

    __tablename__ = "strata"
    __table_args__ = (
        UniqueConstraint("sample_id", "code"),
        CheckConstraint("population > 0", name="population"),
        CheckConstraint("selected >= 0 AND selected <= population", name="selected"),
    )

    id: Mapped[intpk]
    sample_id: Mapped[int] = mapped_column(ForeignKey("samples.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    code: Mapped[str]
    population: Mapped[int]
    selected: Mapped[int]

    sample: Mapped[Sample] = relationship(back_populates="strata")
    unit: Mapped[Unit] = relationship()
