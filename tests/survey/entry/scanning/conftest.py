"""A supervisor with a stack of scanned forms."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from questionnaires.faults import Fault
from survey.db import db
from survey.entry.scanning.stored import read_faults
from survey.models import PaperForm, ResponseVersion, Scan, ScanPage
from tests.survey.entry.scanning.sheets import Printed, print_room


class ScanDesk:
    """Somebody who uploads, and looks at what became of it."""

    def __init__(self, app: Flask, client: FlaskClient, printed: Printed) -> None:
        self.app, self.client, self.printed = app, client, printed
        self.path = f"/entry/surveys/{printed.survey_id}/scans"

    def upload(self, files: Mapping[str, bytes], **fields: Any):
        sent = [(io.BytesIO(content), name) for name, content in files.items()]
        data = {"files": sent, **fields}
        return self.client.submit(self.path, data, content_type="multipart/form-data")

    def page(self) -> str:
        return self.client.get(self.path).text

    def state(self, number: int) -> str:
        with self.app.app_context():
            return self.form(number).state

    def form(self, number: int) -> PaperForm:
        query = sa.select(PaperForm).filter_by(batch_id=self.printed.batch_id, number=number)
        return db.session.scalars(query).one()

    def answers(self, number: int) -> dict[str, Any]:
        """What the response of a form says."""
        with self.app.app_context():
            query = sa.select(ResponseVersion.answers).filter_by(response_id=self.form(number).response_id)
            return db.session.scalars(query).one()

    def sheets(self) -> list[ScanPage]:
        with self.app.app_context():
            return list(db.session.scalars(sa.select(ScanPage).order_by(ScanPage.id)))

    def scans(self) -> list[Scan]:
        with self.app.app_context():
            return list(db.session.scalars(sa.select(Scan).order_by(Scan.id)))

    def faults(self) -> list[Fault]:
        return [fault for sheet in self.sheets() for fault in read_faults(sheet.reason)]

    def say(self, sheet: ScanPage, item: str, say: str, **fields: Any):
        data = {"sheet": sheet.id, "item": item, "say": say, **fields}
        return self.client.submit(f"{self.path}/doubts", data)


@pytest.fixture
def print_desk(app: Flask, client: FlaskClient, sign_in: Callable[..., int]) -> Callable[..., ScanDesk]:
    """A function that prints a batch and sits a supervisor in front of its scans."""

    def open_desk(*arguments: Any, **named: Any) -> ScanDesk:
        with app.app_context():
            printed = print_room(*arguments, **named)
        sign_in("supervisor")
        return ScanDesk(app, client, printed)

    return open_desk
