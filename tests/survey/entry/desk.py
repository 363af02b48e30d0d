"""Somebody who keys paper forms, with the page they have open: for tests of what becomes of the forms."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db
from survey.models import AuditEntry
from tests.survey.pages import Page

PAPER = {"received": "no", "visits": "2", "polite": "high", "clear": "dont_know", "improve": ["time", "cost"]}
STORED = {"received": "no", "visits": 2, "polite": "high", "clear": "dont_know", "improve": ["time", "cost"]}


class MadeIds(NamedTuple):
    survey: int
    strata: list[int]


class Desk:
    """A person at the keying screen of a batch, with the page they have open."""

    def __init__(self, client: FlaskClient, batch_id: int, screen: str = "key") -> None:
        self.client, self.path = client, f"/entry/batches/{batch_id}/{screen}"
        self.open()

    def open(self) -> None:
        self.page = self.client.get(self.path).text

    def field(self, name: str) -> str:
        return next(each["value"] for each in Page(self.page).named("input") if each.get("name") == name)

    def save(self, answers: dict[str, object], **controls: str):
        """Send what is keyed. The page stays open, as after going back to it."""
        typed = {"form-number": self.field("form-number")}
        names = {name.replace("_", "-"): value for name, value in controls.items()}
        return self.client.submit(self.path, {**typed, **names, **answers})

    def key(self, answers: dict[str, object], **controls: str) -> None:
        """Key a form and go on to the next."""
        saved = self.save(answers, **controls)
        assert saved.status_code == 303, saved.text
        self.page = self.client.get(saved.location).text


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))
