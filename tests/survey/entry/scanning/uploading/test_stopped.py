"""Whatever stops the machine on its way, it goes on later, and takes nothing twice."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey import jobs
from survey.collection.paper import record_scan
from survey.db import db
from survey.entry.scanning import reading_job, taking
from survey.entry.scanning.saying import take_back
from survey.models import Job, Response, Scan
from tests.survey.entry.desk import count
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file
from tests.survey.entry.scanning.uploading.job import Killed, dies_at_second, killed, run_job


@pytest.mark.parametrize("place", ["keep_page", "take_form", "end"])
def test_a_killed_worker_goes_on_where_it_was_and_takes_nothing_twice(print_desk, monkeypatch, place):
    """Killed at the second page, at the second form, or when a file was just read."""
    desk = print_desk()
    pages = [page for number in (1, 2, 3) for page in desk.printed.marked(number, CLEAR)]
    dies_at_second(monkeypatch, place)
    with pytest.raises(Killed):
        desk.upload({"a.pdf": as_file(pages)})
    before = len(desk.sheets())
    assert before == (1 if place == "keep_page" else 3)
    monkeypatch.undo()
    with desk.app.app_context():
        jobs.mark_interrupted()
    desk.client.submit(f"{desk.path}/read")
    assert [desk.answers(number) for number in (1, 2, 3)] == [STORED] * 3
    assert [sheet.position for sheet in desk.sheets()] == [1, 2, 3]
    assert count(desk.app, Response) == 3
    assert desk.faults() == []


def full(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")


def broken(*_arguments: object) -> None:
    raise sa.exc.OperationalError("INSERT INTO scan_pages", {}, Exception("disk I/O error"))


@pytest.mark.parametrize(("place", "fails"), [("dump_reading", broken), ("scan_store", full)])
def test_an_error_of_the_database_or_the_disk_fails_the_job_which_goes_on_later(
    print_desk, monkeypatch, place, fails
):
    desk = print_desk()
    monkeypatch.setitem(desk.app.extensions, "run_job", lambda job_id: None)
    desk.upload({"a.pdf": as_file([*desk.printed.marked(1, CLEAR), *desk.printed.marked(2, CLEAR)])})
    monkeypatch.undo()
    monkeypatch.setattr(reading_job, place, fails)
    run_job(desk.app)
    with desk.app.app_context():
        assert db.session.scalars(sa.select(Job.state)).all() == ["failed"]
    assert ([scan.state for scan in desk.scans()], desk.sheets()) == (["reading"], [])
    monkeypatch.undo()
    desk.client.submit(f"{desk.path}/read")
    assert [desk.answers(number) for number in (1, 2)] == [STORED] * 2


def test_a_form_is_taken_in_with_its_pages_or_not_at_all(print_desk, monkeypatch):
    """Killed once the answers are there, before the pages say so."""
    desk = print_desk()

    def half(*arguments: object) -> None:
        record_scan(*arguments)
        killed()

    monkeypatch.setattr(taking, "record_scan", half)
    with pytest.raises(Killed):
        desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert (desk.state(1), count(desk.app, Response)) == ("returned", 0)
    monkeypatch.undo()
    desk.client.submit(f"{desk.path}/take")
    assert [sheet.state for sheet in desk.sheets()] == ["settled"]
    assert desk.faults() == []
    assert (desk.state(1), count(desk.app, Response)) == ("accepted", 1)


def test_an_answer_taken_back_at_the_last_moment_is_not_taken_in(print_desk, monkeypatch):
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, {**CLEAR, "polite": []}))})
    sheet, take_whole = desk.sheets()[0], taking.take_whole

    def late(form_id: int) -> str:
        take_back(sheet.id, ["polite"], db.session.scalars(sa.select(Scan.uploaded_by_id)).one())
        return take_whole(form_id)

    monkeypatch.setattr(taking, "take_whole", late)
    desk.say(sheet, "polite", "choose", polite="low")
    assert (desk.state(1), count(desk.app, Response)) == ("returned", 0)
    assert desk.sheets()[0].readings["open"] == ["polite"]
