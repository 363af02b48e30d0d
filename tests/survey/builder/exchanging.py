"""Files brought to the builder and taken from it, as a planner's browser does."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.db import db
from survey.models import DefinitionDraft, DraftComment

EXAMPLES = Path(__file__).parents[2] / "questionnaires" / "exchange" / "pyxform_examples"
DOOR = "/questionnaires/drafts/new/file"


def example(name: str) -> bytes:
    """A form that the tests of pyxform carry."""
    return (EXAMPLES / name).read_bytes()


def bring(client: FlaskClient, content: bytes, name: str) -> TestResponse:
    data = {"file": (io.BytesIO(content), name)}
    return client.submit(DOOR, data, content_type="multipart/form-data")


def carried(page: TestResponse) -> dict[str, str]:
    """What the page that asks for confirmation carries along."""
    found = re.search(r'name="pending" value="([^"]*)"', page.text)
    assert found, page.text
    return {"pending": unescape(found[1])}


def confirm(client: FlaskClient, page: TestResponse, **head: str) -> TestResponse:
    return client.submit(f"{DOOR}/confirm", {**carried(page), **head})


def drafts(app: Flask) -> list[DefinitionDraft]:
    with app.app_context():
        return list(db.session.scalars(sa.select(DefinitionDraft).order_by(DefinitionDraft.id)))


def comments(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(DraftComment.text).order_by(DraftComment.id)))


def stored_nothing(app: Flask) -> bool:
    return not drafts(app) and not comments(app)
