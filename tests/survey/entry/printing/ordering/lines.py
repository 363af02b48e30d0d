"""The lines of an order: what is proposed, what is typed over it, and what is made of it."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db
from survey.models import Batch, Survey
from tests.survey.entry.desk import MadeIds
from tests.survey.pages import Page

FIELDS = ("print", "stratum", "code", "commune", "enumerator", "forms")


def fields(page: str) -> dict[str, str]:
    """What stands in the lines of a page, by the names of their fields, as a browser would send it."""
    return {
        each["name"]: each.get("value") or ""
        for each in Page(page).named("input")
        if each.get("name", "").partition("-")[0] in FIELDS
        and (each["type"] != "checkbox" or "checked" in each)
    }


def order(client: FlaskClient, path: str, **changed: str):
    """Send the proposed lines with some of them changed: forms_0="5" is the field forms-0."""
    typed = {name.replace("_", "-"): value for name, value in changed.items() if name[-1].isdigit()}
    other = {name: value for name, value in changed.items() if not name[-1].isdigit()}
    lines = {**fields(client.get(path).text), **typed}
    return client.submit(path, {**lines, "language": "vi", "plan": "none", **other})


def batches(app: Flask) -> list[tuple[str, int, int]]:
    with app.app_context():
        query = sa.select(Batch).order_by(Batch.first_serial)
        return [(each.code, each.first_serial, each.forms_expected) for each in db.session.scalars(query)]


def set_survey(app: Flask, made: MadeIds, **columns: object) -> None:
    with app.app_context():
        survey = db.session.get_one(Survey, made.survey)
        for name, value in columns.items():
            setattr(survey, name, value)
        db.session.commit()
