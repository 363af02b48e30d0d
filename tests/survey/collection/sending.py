"""Forms sent, and what is found in the database afterwards."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from flask import current_app

from survey import codes
from survey.collection import PaperEntry, Refused, Submission
from survey.db import db
from tests.survey.factory import ANSWERS, MadeRound


def form(made: MadeRound, place: int = 0, **changes: object) -> Submission:
    return Submission(uuid.uuid4(), made.strata[place].id, ANSWERS | changes)


def keyed(made: MadeRound, paper: PaperEntry, place: int = 0) -> Submission:
    """A form that somebody keys from paper."""
    return Submission(uuid.uuid4(), made.strata[place].id, ANSWERS, mode="keyed", paper=paper)


def code_hash(made: MadeRound, place: int = 0, number: int = 0) -> str:
    key = current_app.config["SECRET_KEY"]
    return codes.invitation_hash(codes.normalise(made.codes[place][number]), key)


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def said_at(refusal: pytest.ExceptionInfo[Refused]) -> dict[str, str]:
    """Place → the sentence somebody reads there."""
    return {fault.place: fault.sentence() for fault in refusal.value.faults}
