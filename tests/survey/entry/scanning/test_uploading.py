"""Scanned forms become answers, whatever stops the machine on its way, and nothing twice."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import cv2
import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from flask import Flask

from questionnaires.scanning import many, opened_apart, pages
from questionnaires.scanning.refused import UNFORESEEN
from survey import jobs
from survey.collection.paper import record_scan
from survey.db import db
from survey.entry.scanning import reading_job, taking
from survey.entry.scanning.saying import take_back
from survey.models import Job, Response, Scan
from tests.survey.entry.desk import count, deeds
from tests.survey.entry.scanning.dying import die_of_second, die_opening_second
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file


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


class Killed(BaseException):
    """The machine stops: nothing is caught, nothing tidied up."""


def killed(*_arguments: object) -> None:
    raise Killed


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


def test_a_page_on_which_a_library_fails_is_named_and_the_others_are_read(print_desk, monkeypatch, caplog):
    desk = print_desk()
    find_page, calls = pages.find_page, []

    def fails_at_second(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise cv2.error("Assertion failed")
        return find_page(*arguments)

    monkeypatch.setattr(pages, "find_page", fails_at_second)
    desk.upload({"a.pdf": as_file([*desk.printed.marked(1, CLEAR), *desk.printed.marked(2, CLEAR)])})
    assert [sheet.state for sheet in desk.sheets()] == ["settled", "unreadable"]
    assert [fault.template for fault in desk.faults()] == [UNFORESEEN]
    assert [scan.state for scan in desk.scans()] == ["read"]
    assert (desk.state(1), desk.state(2)) == ("accepted", "printed")
    (told,) = [record.msg for record in caplog.records if record.levelname == "ERROR"]
    assert (told["scan"], told["page"]) == (desk.scans()[0].id, 2)
    assert "Assertion failed" in told["error"]


def test_a_page_that_kills_the_process_reading_it_is_named_and_the_others_are_read(print_desk, monkeypatch):
    monkeypatch.setattr(many, "WORTH_HELPERS", 2)
    monkeypatch.setattr(many, "cores", lambda: 2)
    monkeypatch.setattr(many, "_read", die_of_second)
    desk = print_desk()
    pages = [page for number in (1, 2, 3) for page in desk.printed.marked(number, CLEAR)]
    desk.upload({"a.pdf": as_file(pages)})
    assert [sheet.state for sheet in desk.sheets()] == ["settled", "unreadable", "settled"]
    assert [fault.template for fault in desk.faults() if fault.place == "a.pdf:2"] == [UNFORESEEN]
    assert [scan.state for scan in desk.scans()] == ["read"]
    assert [desk.state(number) for number in (1, 2, 3)] == ["accepted", "printed", "accepted"]


@pytest.mark.parametrize(
    "deadly",
    [(many, "_read", die_of_second), (opened_apart, "_open_one", die_opening_second)],
    ids=["read", "opened"],
)
def test_a_page_that_killed_the_job_itself_does_not_kill_the_next(print_desk, monkeypatch, deadly):
    """Few pages are read without other processes, until that ended badly."""
    desk = print_desk()
    dies_at_second(monkeypatch, "keep_page")
    pages = [page for number in (1, 2, 3) for page in desk.printed.marked(number, CLEAR)]
    with pytest.raises(Killed):
        desk.upload({"a.pdf": as_file(pages)})
    monkeypatch.undo()
    monkeypatch.setattr(*deadly)
    with desk.app.app_context():
        jobs.mark_interrupted()
    desk.client.submit(f"{desk.path}/read")
    assert [sheet.state for sheet in desk.sheets()] == ["settled", "unreadable", "settled"]
    assert [scan.state for scan in desk.scans()] == ["read"]


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


def dies_at_second(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    works, calls = getattr(reading_job, place), []

    def work(*arguments: object) -> object:
        calls.append(place)
        return killed() if len(calls) == 2 or place == "end" else works(*arguments)

    monkeypatch.setattr(reading_job, place, work)


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


def run_job(app: Flask) -> None:
    with app.app_context():
        job_id = db.session.scalars(sa.select(Job.id)).one()
    with app.app_context():
        jobs.run(job_id)


def test_scans_are_encrypted_on_the_disk_where_a_key_is_set(print_desk, monkeypatch, tmp_path):
    desk = print_desk()
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path))
    monkeypatch.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(stored) == 2  # the file, and the picture of its page
    assert not any(mark in content for content in stored for mark in (b"\xff\xd8\xff", b"%PDF"))
    assert desk.client.get(f"/entry/scans/pages/{desk.sheets()[0].id}/picture").data[:3] == b"\xff\xd8\xff"
    monkeypatch.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
    assert desk.client.get(f"/entry/scans/pages/{desk.sheets()[0].id}/picture").status_code == 404


def test_an_upload_takes_no_more_memory_for_a_larger_file(print_desk, monkeypatch, tmp_path):
    desk = print_desk()
    monkeypatch.setitem(desk.app.extensions, "run_job", lambda job_id: None)
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path / "store"))
    monkeypatch.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
    content = as_file(desk.printed.marked(1, CLEAR), "TIFF")
    desk.upload({"first.tif": content})  # what is loaded once
    small, large = (peak_of_upload(desk, tmp_path / f"{size}.tif", content, size) for size in (2, 64))
    assert [scan.state for scan in desk.scans()] == ["waiting"] * 3
    assert large - small < 2**20


def peak_of_upload(desk, path: Path, content: bytes, megabytes: int) -> int:
    """Bytes of memory at most, while a file with so much behind its pages is sent and taken."""
    path.write_bytes(content)
    with path.open("r+b") as file:
        file.truncate(megabytes * 2**20)
        tracemalloc.start()
        try:
            data = {"files": [(file, path.name)]}
            assert desk.client.submit(desk.path, data, content_type="multipart/form-data").status_code == 303
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_a_file_uploaded_again_leaves_nothing_behind_of_the_one_that_could_not_be_opened(
    print_desk, monkeypatch, tmp_path
):
    """As where the process that reads lacked the key."""
    desk = print_desk()
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path))
    content = as_file(desk.printed.marked(1, CLEAR))
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(desk.app.config, "SCANS_KEYS", [Fernet.generate_key().decode()])
        elsewhere.setitem(desk.app.extensions, "run_job", lambda job_id: None)
        desk.upload({"a.pdf": content})
    run_job(desk.app)
    assert [scan.state for scan in desk.scans()] == ["failed"]
    assert desk.upload({"a.pdf": content}).status_code == 303
    known = {scan.key for scan in desk.scans()} | {sheet.key for sheet in desk.sheets()}
    assert {path.stem for path in tmp_path.rglob("*") if path.is_file()} == known
    assert desk.state(1) == "accepted"


def test_a_file_gone_from_the_store_is_named(print_desk, monkeypatch, tmp_path):
    desk = print_desk()
    monkeypatch.setitem(desk.app.extensions, "run_job", lambda job_id: None)
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    monkeypatch.setitem(desk.app.config, "SCANS_FOLDER", str(tmp_path))
    run_job(desk.app)
    assert [scan.state for scan in desk.scans()] == ["failed"]
    monkeypatch.undo()
    content = as_file(desk.printed.marked(1, CLEAR))
    assert desk.upload({"a.pdf": content}).status_code == 303
    assert desk.state(1) == "accepted"


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
