"""What was read from paper goes when the answers go; scans go on their last day, also from the disk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from survey.collection import expire_answers
from survey.collection.paper import claim, settle
from survey.db import db, now, today
from survey.models import FormReading, Scan, ScanPage, Settlement
from survey.scan_store import scan_store
from tests.survey.paper.room import Room, key, make_room, type_in


def keep_until_yesterday(room: Room) -> None:
    room.made.survey.keep_until = today() - timedelta(1)
    db.session.commit()


def test_readings_are_emptied_with_the_answers_and_those_that_never_became_any(app: Flask):
    room = make_room(plan="all")
    key(room, room.lan, visits=3)
    key(room, room.mai, "second")
    settle(room.form(1).id, "visits", ["3"], room.thu)
    key(room, room.lan)
    type_in(claim(room.batch.id, room.lan, "first"), {"visits": 7})
    keep_until_yesterday(room)
    assert expire_answers(today()) == 1
    readings = db.session.scalars(sa.select(FormReading)).all()
    assert len(readings) == 4
    assert [(each.answers, each.notes) for each in readings] == [({}, {})] * 4
    assert db.session.scalars(sa.select(Settlement.value)).all() == [None]
    assert (room.form(1).checked_by, room.answers(1)) == (room.thu, [{}])


@pytest.fixture
def scan(app: Flask) -> Scan:
    """A scan of two pages, with the pictures in the store."""
    room, store = make_room(), scan_store()
    scan = Scan(survey=room.made.survey, name="lô 1.pdf", sha256="0" * 64, key=store.put(b"pdf"), at=now())
    scan.sheets = [
        ScanPage(position=n, form=room.form(1), page=n, key=store.put(b"png"), readings={"visits": 2})
        for n in (1, 2)
    ]
    scan.pages = 2
    db.session.add(scan)
    db.session.commit()
    return scan


def pictures() -> int:
    return sum(path.is_file() for path in Path(current_app.config["SCANS_FOLDER"]).rglob("*"))


@pytest.mark.parametrize("own_day", [True, False])
def test_scans_are_deleted_on_their_last_day_or_the_surveys(app: Flask, scan: Scan, own_day: bool):
    before = pictures()
    yesterday = today() - timedelta(1)
    scan.keep_until = yesterday if own_day else None
    scan.survey.keep_until = today() if own_day else yesterday
    db.session.commit()
    run = app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    assert "1 scans deleted" in run.output
    assert pictures() == before - 3
    db.session.expire_all()
    assert (scan.state, scan.key, scan.name) == ("deleted", "", "lô 1.pdf")
    assert [(page.key, page.readings) for page in scan.sheets] == [("", {})] * 2
    assert {page.state for page in scan.sheets} == {"set_aside"}  # nobody is asked about them any more


def test_scans_whose_day_has_not_passed_stay(app: Flask, scan: Scan):
    before = pictures()
    scan.keep_until, scan.survey.keep_until = today(), today() - timedelta(1)
    db.session.commit()
    run = app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    assert "0 scans deleted" in run.output
    assert pictures() == before
