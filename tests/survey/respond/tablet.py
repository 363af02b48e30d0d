"""A tablet at a desk, as tests say it: `tablet.set_up(); tablet.begin(); tablet.leave()`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from werkzeug.test import TestResponse

from survey import codes
from survey.db import db
from survey.models import Kiosk, Survey
from tests.survey.citizen import Citizen
from tests.survey.factory import MadeRound, make_round

# One person's way, page by page: what the last page asks may stay blank.
COMPLETE = ({"received": "no", "visits": "2"}, {"polite": "high", "clear": "dont_know", "improve": "time"})


@dataclass
class Tablet:
    """One device; `person` is whoever stands in front of it."""

    app: Flask
    made: MadeRound
    kiosk_id: int
    key: str
    person: Citizen

    @property
    def slug(self) -> str:
        return self.made.survey.slug

    def set_up(self) -> TestResponse:
        self.person.open(f"/kiosk/{self.key}")
        return self.person.post(f"/kiosk/{self.key}", {})

    def begin(self) -> TestResponse:
        self.person.open("/kiosk")
        return self.person.post(self.person.path, {})

    def leave(self) -> TestResponse:
        return self.person.open(f"/k/{self.slug}/leave")

    def stored(self, model: type) -> list[Any]:
        with self.app.app_context():
            return list(db.session.scalars(sa.select(model)))

    def change(self, **values: object) -> None:
        self._change(Kiosk, self.kiosk_id, values)

    def change_survey(self, **values: object) -> None:
        self._change(Survey, self.made.survey.id, values)

    def _change(self, model: type, row_id: int, values: dict[str, object]) -> None:
        with self.app.app_context():
            for name, value in values.items():
                setattr(db.session.get(model, row_id), name, value)
            db.session.commit()


def make_tablet(app: Flask, **values: Any) -> Tablet:
    """A survey by invitation alone, and a tablet for the people of its first unit."""
    with app.app_context():
        made = make_round(db.session, **{"open_link": False, **values})
        key = f"key-of-{made.survey.slug}"
        hashed = codes.kiosk_hash(key, current_app.config["SECRET_KEY"])
        kiosk = Kiosk(survey=made.survey, stratum=made.strata[0], name="Quầy 3", key_hash=hashed)
        db.session.add(kiosk)
        db.session.commit()
        for row in (made.survey, *made.units, *made.strata):
            db.session.refresh(row)
        return Tablet(app, made, kiosk.id, key, Citizen(app.test_client(), made.survey.slug))
