"""Two printed batches in the hands of two enumerators, and a supervisor."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection.paper import WantedBatch, mark_forms, print_batches
from survey.db import db
from survey.models import Batch, FormEvent, PaperForm, User
from tests.survey.factory import make_round, make_user

LAYOUT = {"pages": 1, "boxes": []}
"""Nothing is drawn or read here: any layout will do."""


@dataclass(frozen=True)
class Paper:
    """Batch `lan` holds forms 1 to 10 (serials 1 to 10), `mai` forms 1 to 5 (serials 11 to 15)."""

    app: Flask
    survey: int
    lan: int
    mai: int

    def state(self, number: int, batch: int | None = None) -> str:
        return self.form(number, batch).state

    def form(self, number: int, batch: int | None = None) -> PaperForm:
        with self.app.app_context():
            query = sa.select(PaperForm).filter_by(batch_id=batch or self.lan, number=number)
            return db.session.scalars(query).one()

    def events(self, number: int) -> list[tuple[str, str]]:
        with self.app.app_context():
            query = sa.select(FormEvent.event, FormEvent.reason).filter_by(form_id=self.form(number).id)
            return [tuple(row) for row in db.session.execute(query.order_by(FormEvent.id))]

    def mark(self, batch: int, numbers: range, state: str, reason: str = "") -> None:
        with self.app.app_context():
            person = db.session.scalars(sa.select(User)).first()
            mark_forms(db.session.get_one(Batch, batch), list(numbers), state, person, reason)


@pytest.fixture
def paper(app: Flask) -> Paper:
    with app.app_context():
        made = make_round(db.session)
        person = make_user(db.session, "supervisor")
        wanted = [
            WantedBatch(made.strata[0].id, "L-01", 10, commune="Xã Một", enumerator="Lan"),
            WantedBatch(made.strata[1].id, "M-01", 5, commune="Xã Hai", enumerator="Mai"),
        ]
        lan, mai = print_batches(made.survey, wanted, LAYOUT, language="vi", person=person)
        return Paper(app, made.survey.id, lan.id, mai.id)


@pytest.fixture
def supervisor(paper: Paper, sign_in) -> int:
    return sign_in("supervisor")
