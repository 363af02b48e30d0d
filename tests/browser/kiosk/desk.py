"""A desk with a tablet on it: where it is found, and how large its screen is."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask

from survey.db import db

TABLET = {"width": 768, "height": 1024}
KEY = "a-key-of-this-test"


@dataclass(frozen=True)
class Desk:
    url: str
    app: Flask
    slug: str
    unit: str

    def count(self, model: type) -> int:
        with self.app.app_context():
            return db.session.scalar(sa.select(sa.func.count()).select_from(model))
