"""A page on which reading fails, or dies, is named; the others are read."""

from __future__ import annotations

import cv2
import pytest

from questionnaires.scanning import many, opened_apart, pages
from questionnaires.scanning.refused import UNFORESEEN
from survey import jobs
from tests.survey.entry.scanning.sheets import CLEAR, as_file
from tests.survey.entry.scanning.uploading.dying import die_of_second, die_opening_second
from tests.survey.entry.scanning.uploading.job import Killed, dies_at_second


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
