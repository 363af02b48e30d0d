"""Hostile texts on what staff open: a form from paper, its correction, the report and its files."""

from __future__ import annotations

import io
import uuid

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db
from survey.models import Response, Round, Unit
from tests.survey.entry.conftest import batch_id, desk, enumerator  # noqa: F401
from tests.survey.entry.desk import PAPER, Desk
from tests.survey.hostile.shown import is_kind, shows, stays_text
from tests.survey.hostile.strings import A_FEW, BY_NAME, STRINGS, TOGETHER, Hostile
from tests.survey.results.conftest import press, the_round  # noqa: F401

NAMES = [BY_NAME[name] for name in ("script", "jinja", "formula =", "formula @", "percent names", "override")]


def test_a_form_from_paper_is_shown_and_corrected_as_text(app: Flask, client, desk: Desk, sign_in) -> None:  # noqa: F811
    desk.key({**PAPER, "comment": TOGETHER})
    sign_in("supervisor")
    (response,) = responses(app)
    for address in (f"/entry/responses/{response}", f"/entry/responses/{response}/correct"):
        page = client.get(address)
        assert page.status_code == 200
        assert all(shows(page, each.line) for each in STRINGS), address
        assert all(stays_text(page, each.raw) for each in STRINGS), address


@pytest.mark.parametrize("hostile", A_FEW, ids=lambda each: each.name)
def test_a_correction_and_its_reason_are_shown_as_text(
    app: Flask,
    client: FlaskClient,
    desk: Desk,  # noqa: F811
    sign_in,
    hostile: Hostile,
) -> None:
    desk.key(PAPER)
    sign_in("supervisor")
    (response,) = responses(app)
    path = f"/entry/responses/{response}"
    typed = {**PAPER, "comment": hostile.raw, "form-version": "1", "form-reason": hostile.raw}
    assert client.submit(f"{path}/correct", typed).status_code == 303
    page = client.get(path)
    assert shows(page, hostile.lines)
    assert stays_text(page, hostile.raw)


@pytest.mark.parametrize("name", NAMES, ids=lambda each: each.name)
def test_a_report_and_its_files_hold_names_as_text(
    app: Flask,
    client: FlaskClient,
    sign_in,
    the_round,  # noqa: F811
    press,  # noqa: F811
    name: Hostile,
) -> None:
    rename(app, the_round.id, name.line)
    sign_in("analyst")
    address = press()
    for page in (client.get(address), client.get(f"{address}/report")):
        assert page.status_code == 200
        assert shows(page, name.line)
        assert stays_text(page, name.line)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}/report.xlsx").data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == name.line for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_forwarded_headers_of_nonsense_lead_nowhere_else(client: FlaskClient) -> None:
    for each in STRINGS:
        if set(each.raw) & set("\r\n\x00") or not each.raw.isascii():
            continue  # no server hands these on
        for header in ("X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "Forwarded"):
            page = client.get("/c", headers={header: each.raw})
            assert is_kind(page), (header, each.name)
            assert stays_text(page, each.raw), (header, each.name)


def responses(app: Flask) -> list[uuid.UUID]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Response.id)))


def rename(app: Flask, round_id: int, name: str) -> None:
    """Give the round and its agencies this name, as somebody might who types it into a form."""
    with app.app_context():
        db.session.get_one(Round, round_id).title = {"vi": name, "en": name}
        db.session.execute(sa.update(Unit).values(name=name))
        db.session.commit()
