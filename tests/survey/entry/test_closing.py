"""Closing a batch names what waits in it; what was begun comes to its end all the same."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from survey.db import db, now
from survey.models import AuditEntry, Batch, Scan, ScanPage, Survey
from tests.survey.entry.desk import deeds
from tests.survey.factory import ANSWERS
from tests.survey.pages import Page
from tests.survey.paper.room import Room, key, make_room


@pytest.fixture
def room(app: Flask) -> Room:
    """Of six forms two wait for their second keying, one waits to be settled, one has a doubtful scan."""
    with app.app_context():
        room = make_room(6, plan="all")
        key(room, room.lan, polite="low")
        key(room, room.mai, "second")
        key(room, room.lan)
        key(room, room.lan)
        scan = Scan(survey=room.made.survey, name="a.pdf", sha256="0" * 64, key="", at=now(), pages=2)
        pages = [(4, "doubtful"), (1, "doubtful")]  # the second was overtaken by who keyed it
        scan.sheets = [
            ScanPage(position=place, form=room.form(number), page=1, state=state)
            for place, (number, state) in enumerate(pages, 1)
        ]
        db.session.add(scan)
        db.session.commit()
        detach(room)
    return room


def detach(room: Room) -> None:
    """Let the room outlive its session."""
    for each in (room.batch, room.made.survey):
        db.session.refresh(each)
    db.session.expunge_all()


def words_of(client: FlaskClient, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", client.get(path).text))


def close(client: FlaskClient, room: Room, **fields: str):
    return client.submit(f"/entry/batches/{room.batch.id}/close", fields)


def is_closed(app: Flask, room: Room) -> bool:
    with app.app_context():
        return db.session.get_one(Batch, room.batch.id).closed


def test_the_batch_says_what_waits_and_asks_before_it_is_closed(app, client, sign_in, room):
    sign_in("supervisor")
    client.set_cookie("language", "en")
    words = words_of(client, f"/entry/batches/{room.batch.id}")
    assert "3 forms are not keyed" in words
    assert "The scan of 1 of them holds answers in doubt" in words
    assert "2 forms wait for their second keying." in words
    assert "1 form was keyed twice with differences" in words
    refused = close(client, room)
    assert refused.status_code == 422
    assert 'href="#confirmed"' in refused.text
    assert "confirmed" in {each.get("id") for each in Page(refused.text).named("input")}
    assert not is_closed(app, room)
    assert close(client, room, confirmed="y").status_code == 302
    assert is_closed(app, room)
    with app.app_context():
        entry = db.session.scalars(sa.select(AuditEntry).filter_by(action="batch.close")).one()
        assert entry.details == {"unread": 3, "doubtful": 1, "second": 2, "disputed": 1}


def test_a_batch_in_which_nothing_waits_is_closed_without_a_question(app, client, sign_in):
    with app.app_context():
        room = make_room(1)
        key(room, room.lan)
        detach(room)
    sign_in("supervisor")
    assert 'id="confirmed"' not in client.get(f"/entry/batches/{room.batch.id}").text
    assert close(client, room).status_code == 302
    assert deeds(app)[-1] == "batch.close"


@pytest.mark.parametrize("closed", ["batch", "survey"])
def test_what_was_begun_is_keyed_again_and_settled_after_the_closing(app, client, sign_in, room, closed):
    sign_in("supervisor")
    if closed == "batch":
        close(client, room, confirmed="y")
    else:
        with app.app_context():
            db.session.get_one(Survey, room.made.survey.id).state = "closed"
            db.session.commit()
    path = f"/entry/batches/{room.batch.id}"
    sign_in("enumerator", name="second")
    assert f"{path}/key-again" in client.get(path).text
    assert f'href="{path}"' in client.get("/entry").text
    assert client.get(f"{path}/key").status_code == 409
    assert client.get(f"{path}/key-again").status_code == 200
    keyed = {"form-number": "2", **ANSWERS, "visits": str(ANSWERS["visits"])}
    assert client.submit(f"{path}/key-again", keyed).status_code == 303
    sign_in("supervisor", name="settler")
    with app.app_context():
        form_id = room.form(1).id
    said = {"form-item": "polite", "form-says": "first"}
    assert client.submit(f"/entry/forms/{form_id}/settle", said).status_code == 303
    with app.app_context():
        assert [room.form(number).state for number in range(1, 5)] == [
            "accepted",
            "accepted",
            "entered",
            "printed",
        ]


def test_a_closed_batch_leaves_the_list_once_nothing_begun_waits(app, client, sign_in, room):
    sign_in("supervisor")
    close(client, room, confirmed="y")
    path = f'href="/entry/batches/{room.batch.id}"'
    assert path in client.get("/entry").text
    with app.app_context():
        for form in db.session.get_one(Batch, room.batch.id).forms:
            form.state, form.reason = "spoiled", "ướt"
        db.session.commit()
    assert path not in client.get("/entry").text
    assert path in client.get("/entry?closed=1").text
