"""Scanned forms become answers, whatever their format and however many they are."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaires.scanning import many
from survey.db import db
from survey.models import Job, Response, Scan
from tests.survey.entry.desk import count, deeds
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file
from tests.survey.entry.scanning.uploading.job import run_job


def test_a_form_whose_marks_are_all_clear_is_an_answer_at_once(print_desk):
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert desk.faults() == []
    assert desk.state(1) == "accepted"
    assert desk.answers(1) == STORED
    assert [desk.state(2), desk.state(3)] == ["printed", "printed"]
    assert {sheet.state for sheet in desk.sheets()} == {"settled"}
    assert {"scan.upload", "scan.read"} <= set(deeds(desk.app))
    with desk.app.app_context():
        assert db.session.scalars(sa.select(Response.mode)).all() == ["scanned"]


@pytest.mark.parametrize("kind", ["PDF", "TIFF", "JPEG", "PNG", "HEIF"])
def test_every_format_is_read(print_desk, kind):
    desk = print_desk()
    desk.upload({f"a.{kind.lower()}": as_file(desk.printed.marked(2, CLEAR), kind)})
    assert desk.answers(2) == STORED


def test_a_form_drawn_by_the_plan_waits_for_a_second_person(print_desk):
    desk = print_desk(plan="all")
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert desk.state(1) == "entered"
    assert count(desk.app, Response) == 0


def test_many_pages_are_read_by_all_cores(print_desk, monkeypatch):
    monkeypatch.setattr(many, "WORTH_HELPERS", 2)
    monkeypatch.setattr(many, "cores", lambda: 2)
    desk = print_desk()
    pages = [page for number in (1, 2, 3) for page in desk.printed.marked(number, CLEAR)]
    desk.upload({"a.pdf": as_file(pages)})
    assert [desk.answers(number) for number in (1, 2, 3)] == [STORED] * 3


def test_files_that_come_while_others_are_read_are_read_too(print_desk, monkeypatch):
    desk = print_desk()
    waiting: list[str] = []
    monkeypatch.setitem(desk.app.extensions, "run_job", waiting.append)
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    desk.upload({"b.pdf": as_file(desk.printed.marked(2, CLEAR))})
    assert count(desk.app, Job) == 1
    monkeypatch.undo()
    run_job(desk.app)
    assert [desk.state(1), desk.state(2)] == ["accepted", "accepted"]


@pytest.mark.parametrize("is_own", [True, False])
def test_while_scans_are_read_the_page_shows_how_far_and_offers_no_second_start(print_desk, is_own):
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR)), "b.pdf": b"no scan"})
    with desk.app.app_context():
        (scan, *_others) = db.session.scalars(sa.select(Scan).order_by(Scan.state.desc()))
        scan.state = "waiting"
        job = db.session.scalars(sa.select(Job)).one()
        job.state, job.progress = "running", 40
        job.created_by_id = job.created_by_id if is_own else None
        db.session.commit()
    page = desk.page()
    assert "<progress" in page
    assert f"{desk.path}/read" not in page
    assert "b.pdf" in page
