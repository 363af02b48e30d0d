"""A stored round as tests of the citizens' pages look at it, and what one person answers in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from flask import Flask

from survey.db import db
from survey.models import ResponseVersion, Survey
from survey.respond.visit import read
from tests.survey.citizen import Citizen
from tests.survey.factory import make_round

VISIT = {"received": "no", "visits": "2"}
SERVICE = {"polite": "high", "clear": "dont_know", "improve": ["time", "cost"]}
ABOUT_YOU = {"ethnicity": "refused", "comment": "Cảm ơn"}
RECORD = {
    "received": "no",
    "visits": 2,
    "polite": "high",
    "clear": "dont_know",
    "improve": ["time", "cost"],
    "ethnicity": "refused",
    "comment": "Cảm ơn",
}


class Round:
    """What tests need of a stored round, outside any database session."""

    def __init__(self, app: Flask, **options: Any) -> None:
        self.app = app
        with app.app_context():
            made = make_round(db.session, **options)
            self.slug, self.survey_id = made.survey.slug, made.survey.id
            self.units = [unit.code for unit in made.units]
            self.unit_names = [unit.name for unit in made.units]
            self.codes = made.codes

    def change(self, **values: object) -> None:
        with self.app.app_context():
            survey = db.session.get(Survey, self.survey_id)
            for name, value in values.items():
                setattr(survey, name, value)
            db.session.commit()

    def count(self, model: type) -> int:
        with self.app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).select_from(model))

    def answers(self, model: type = ResponseVersion) -> dict[str, Any]:
        with self.app.app_context():
            return db.session.scalars(sa.select(model)).one().answers


def visits_kept(citizen: Citizen) -> list[dict[str, Any]]:
    """What this browser keeps of visits, in the clear: a signature hides nothing."""
    cookies = (each for each in citizen.client._cookies.values() if each.key.startswith("visit-"))
    with citizen.client.application.app_context():
        return [asdict(read(each.decoded_value, "visit")) for each in cookies]


def says(citizen: Citizen, *words: str) -> bool:
    return all(word in citizen.page.text for word in words)


def all_rows() -> list[Any]:
    return [row for table in db.metadata.sorted_tables for row in db.session.execute(sa.select(table)).all()]
