"""What was read from paper goes when the answers go; scans go on their last day, also from the disk."""

from __future__ import annotations

import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, current_app

from survey.collection import SurveyClosed, expire_answers, withdraw
from survey.collection.paper import archive_form, claim, mark_forms, reject_form, save_field, settle
from survey.db import db, now, today
from survey.models import AuditEntry, FormEvent, FormReading, Job, Scan, ScanPage, Settlement
from survey.scan_store import scan_store
from tests.survey.paper.room import Room, key, make_room, responses, type_in


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


def test_why_forms_were_marked_goes_with_the_answers_and_stands_in_no_audit_entry(app: Flask):
    room = make_room(plan="none")
    key(room, room.lan)
    key(room, room.lan)
    reject_form(room.form(1).id, room.thu, "Bà A viết: rất hài lòng")
    mark_forms(room.batch, [3], "refused", room.thu, "Bà A không hài lòng")
    archive_form(room.form(2).id, room.thu, "tủ 3")
    assert "Bà A" not in str(db.session.scalars(sa.select(AuditEntry.details)).all())
    assert [room.form(1).reason, room.form(3).reason] == ["Bà A viết: rất hài lòng", "Bà A không hài lòng"]
    keep_until_yesterday(room)
    expire_answers(today())
    assert [room.form(number).reason for number in (1, 2, 3)] == ["–", "", "–"]
    said = db.session.execute(sa.select(FormEvent.event, FormEvent.reason).where(FormEvent.reason != ""))
    assert sorted(map(tuple, said)) == [("archived", "tủ 3"), ("refused", "–"), ("rejected", "–")]


def test_only_the_reasons_of_the_form_that_was_withdrawn_are_emptied(app: Flask):
    room = make_room(plan="none")
    room.made.survey.withdrawable = True
    for number in (1, 2):
        key(room, room.lan)
        reject_form(room.form(number).id, room.thu, "Bà A viết: rất hài lòng")
    assert withdraw(room.made.survey, room.form(1).response_id)
    assert [room.form(1).reason, room.form(2).reason] == ["–", "Bà A viết: rất hài lòng"]


def test_what_an_open_reading_replaced_goes_too(app: Flask):
    room = make_room(plan="none")
    held = claim(room.batch.id, room.lan, "first")
    type_in(held, {"visits": 7})
    save_field(held.reading_id, held.token, "visits", ["8"], seq=2)
    keep_until_yesterday(room)
    expire_answers(today())
    assert db.session.scalars(sa.select(FormReading.replaced)).one() == []


def test_past_the_last_day_nothing_is_keyed_again_or_settled(app: Flask):
    room = make_room(plan="all")
    key(room, room.lan, visits=3)
    key(room, room.mai, "second")
    key(room, room.lan)
    keep_until_yesterday(room)
    expire_answers(today())
    with pytest.raises(SurveyClosed):
        claim(room.batch.id, room.mai, "second")
    assert responses() == 0


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


@pytest.fixture
def folder(app: Flask, monkeypatch, tmp_path) -> Path:
    """A store of this test alone."""
    monkeypatch.setitem(app.config, "SCANS_FOLDER", str(tmp_path))
    return tmp_path


def grow_old(folder: Path) -> None:
    """All that lies in the store was written two days ago."""
    then = (now() - timedelta(2)).timestamp()
    for path in folder.rglob("*.*"):
        os.utime(path, (then, then))


def test_pictures_without_a_row_go_once_no_upload_can_own_them(app: Flask, folder: Path, scan: Scan):
    store, begun = scan_store(), uuid.uuid4().hex
    store.put(b"the machine stopped here")
    (folder / begun[:2]).mkdir(exist_ok=True)
    (folder / begun[:2] / f"{begun}.part").write_bytes(b"half")
    waiting = store.put(b"xlsx")
    subject = f"r/s\n1\n{waiting}\nwhole\na.xlsx"
    db.session.add(Job(id=uuid.uuid4(), kind="import", subject=subject, created_at=now()))
    db.session.commit()
    grow_old(folder)
    young = store.put(b"its upload is on the way")
    owned = {scan.key, *(page.key for page in scan.sheets)}
    run = app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    assert "2 pictures without a scan deleted" in run.output
    assert {path.stem for path in folder.rglob("*.*")} == {*owned, waiting, young}
    assert {store.get(key) for key in owned} == {b"pdf", b"png"}


def test_the_pictures_of_another_database_stay(app: Flask, folder: Path):
    key = scan_store().put(b"not ours")
    grow_old(folder)
    app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    assert scan_store().get(key) == b"not ours"
