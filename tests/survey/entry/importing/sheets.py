"""Files of forms keyed elsewhere, as a test writes and uploads them, and what the page says of them."""

from __future__ import annotations

import io
from typing import NamedTuple

import sqlalchemy as sa
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.db import db
from survey.models import Response

FORM = {"received": "no", "visits": 2, "polite": "high", "clear": "dont_know", "improve": "time; cost"}
STORED = {"received": "no", "visits": 2, "polite": "high", "clear": "dont_know", "improve": ["time", "cost"]}
ITEMS = [
    "received",
    "late",
    "visits",
    "visited_on",
    "reason",
    "polite",
    "clear",
    "improve",
    "ethnicity",
    "comment",
]
HEADER = ["FORM", "UNIT", "STRATUM", *ITEMS]


class Target(NamedTuple):
    """The survey to import into, and the codes of its units."""

    survey_id: int
    units: list[str]

    @property
    def path(self) -> str:
        return f"/entry/import/{self.survey_id}"


def row(number: object, unit: str, answers: dict[str, object] = FORM, stratum: str = "") -> list[object]:
    return [number, unit, stratum, *(answers.get(item, "") for item in ITEMS)]


def xlsx(*rows: list[object], header: list[str] = HEADER) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Trả lời")
        for place, cells in enumerate([header, *rows]):
            sheet.write_row(place, 0, cells)
    return file.getvalue()


def upload(
    client: FlaskClient, target: Target, content: bytes, name: str = "phieu.xlsx", **fields
) -> TestResponse:
    data = {"file": (io.BytesIO(content), name), **fields}
    return client.submit(target.path, data, content_type="multipart/form-data")


def stored(app: Flask) -> list[dict[str, object]]:
    with app.app_context():
        return [response.versions[0].answers for response in db.session.scalars(sa.select(Response))]


def faults(page: TestResponse) -> dict[str, str]:
    """Cell → what the page says is wrong there, such as {"C5": "…"}."""
    assert page.status_code == 422
    found = {}
    for line in page.text.split('<tr class="govuk-table__row">')[2:]:
        cells = [cell.split("</td>")[0] for cell in line.split('<td class="govuk-table__cell')[1:]]
        _sheet, number, column, sentence = (cell.split(">", 1)[1] for cell in cells)
        found[column.partition(" ")[0] + number] = sentence
    return found
