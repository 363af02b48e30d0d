"""What the tests of fieldwork do and look at alike: forms as a browser sends them, tables, stored rows."""

from __future__ import annotations

import csv
import datetime
import io
import re
import uuid
from html import unescape
from typing import Any

import openpyxl
import sqlalchemy as sa

from survey.db import db, today
from survey.models import AuditEntry, Invitation, Response
from tests.survey.factory import MadeRound
from tests.survey.pages import Page

FRAMEWORK = "dak-lak-so-2022"
CITIZENS = "citizen-satisfaction-2024"
DAY = datetime.timedelta(days=1)


def stored(app, model, *conditions) -> list:
    with app.app_context():
        found = list(
            db.session.scalars(sa.select(model).where(*conditions).order_by(*model.__mapper__.primary_key))
        )
        db.session.expunge_all()
        return found


def actions(app) -> list[str]:
    return [entry.action for entry in stored(app, AuditEntry)]


def last_details(app) -> dict[str, Any]:
    return stored(app, AuditEntry)[-1].details


def filled_in(client, path: str) -> dict[str, str]:
    """What a browser would send back from the first form of this page that posts, nothing changed."""
    text = client.get(path).text
    form = next(part for part in text.split("<form")[1:] if 'method="post"' in part and 'name="seen"' in part)
    page = Page("<form" + form.split("</form>")[0] + "</form>")
    values = {
        each["name"]: each.get("value") or ""
        for each in page.named("input")
        if each.get("name") and (each.get("type") not in ("checkbox", "radio") or "checked" in each)
    }
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)
    values |= {name: unescape(text).removeprefix("\r\n") for name, text in areas}
    for select in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        options = re.findall(r'<option[^>]*?( selected)?[^>]*? ?value="([^"]*)"([^>]*)>', select[1])
        chosen = [value for before, value, after in options if before or "selected" in after]
        values[select[0]] = chosen[0] if chosen else options[0][1] if options else ""
    return values


def upload(client, path: str, rows: list[list[object]], name: str = "x.csv"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return upload_raw(client, path, text.getvalue().encode(), name)


def upload_raw(client, path: str, raw: bytes, name: str):
    return client.submit(path, {"file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")


def sheet_rows(content: bytes, sheet: int = 0) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[sheet].iter_rows(values_only=True))


def add_responses(made: MadeRound, place: int, number: int, **values: Any) -> None:
    stratum = made.strata[place]
    row = {
        "survey_id": made.survey.id,
        "unit_id": stratum.unit_id,
        "stratum_id": stratum.id,
        "mode": "online",
    }
    row |= {"received_on": today(), **values}
    db.session.execute(sa.insert(Response), [{"id": uuid.uuid4(), **row} for _ in range(number)])


def add_used_codes(made: MadeRound, place: int | None, number: int, kind: str = "code") -> None:
    """Codes of one stratum that were used; with no place, of people who rate several units."""
    stratum_id = None if place is None else made.strata[place].id
    row = {"survey_id": made.survey.id, "stratum_id": stratum_id, "kind": kind, "used": True}
    db.session.execute(sa.insert(Invitation), [row | {"code_hash": uuid.uuid4().hex} for _ in range(number)])
