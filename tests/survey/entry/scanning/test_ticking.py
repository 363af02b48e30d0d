"""Notices of scans are ticked off, put back, and come back by themselves where something new is named."""

from __future__ import annotations

import numpy as np
import pytest

from questionnaires.faults import Fault
from survey.db import db
from survey.entry.scanning.named_pages import named_pages
from survey.entry.scanning.stored import dump_faults, read_faults
from survey.models import ScanPage
from survey.models.user import ROLES
from tests.survey.entry.desk import deeds
from tests.survey.entry.scanning.sheets import CLEAR, as_file
from tests.survey.pages import Page


@pytest.fixture
def desk(print_desk):
    """A form scanned upside down, which is named, and taken in all the same."""
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    desk.upload({"a.tif": as_file([np.rot90(page, 2)], "TIFF")})
    return desk


def path_of(desk) -> str:
    return f"/entry/scans/pages/{desk.sheets()[0].id}"


def version_on(page: str) -> str:
    return next(each["value"] for each in Page(page).named("input") if each.get("name") == "version")


def tick(desk, page: str = ""):
    return desk.client.submit(f"{path_of(desk)}/done", {"version": version_on(page or desk.page())})


def settled_in(page: str) -> str:
    return page.partition("govuk-details__text")[2].partition("</details>")[0]


def name_also(desk, template: str) -> None:
    with desk.app.app_context():
        sheet = db.session.get_one(ScanPage, desk.sheets()[0].id)
        sheet.reason = dump_faults([*read_faults(sheet.reason), Fault("a.tif:1", template)])
        db.session.commit()


def test_what_is_ticked_off_moves_to_what_is_settled_with_who_and_when(desk):
    assert 'id="named"' in desk.page()
    ticked = tick(desk)
    assert ticked.status_code == 303
    assert ticked.location.endswith(f"{desk.path}#named")
    page = desk.page()
    assert 'id="named"' not in page
    assert "Người supervisor" in settled_in(page)
    assert "scan.notices_done" in deeds(desk.app)
    (sheet,) = desk.sheets()
    assert sheet.readings["done"]["reason"] == sheet.reason
    assert sheet.readings["items"]  # what was read of it stays


def test_it_is_put_back(desk):
    tick(desk)
    assert desk.client.submit(f"{path_of(desk)}/not-done").status_code == 303
    assert 'id="named"' in desk.page()
    assert "done" not in desk.sheets()[0].readings
    assert "scan.notices_put_back" in deeds(desk.app)


def test_a_new_remark_brings_it_back_and_one_less_does_not(desk):
    name_also(desk, "first")
    tick(desk)
    with desk.app.app_context():
        sheet = db.session.get_one(ScanPage, desk.sheets()[0].id)
        sheet.reason = dump_faults(read_faults(sheet.reason)[:1])
        db.session.commit()
    assert 'id="named"' not in desk.page()
    name_also(desk, "second")
    assert 'id="named"' in desk.page()


def test_nobody_ticks_off_what_they_have_not_seen(desk):
    seen = desk.page()
    name_also(desk, "came while the page was open")
    late = tick(desk, seen)
    assert "a.tif" in desk.client.get(late.location).text.partition("<h1")[0]
    assert 'id="named"' in desk.page()


def test_the_second_of_two_people_is_told(desk):
    seen = desk.page()
    tick(desk, seen)
    late = tick(desk, seen)
    assert "a.tif" in desk.client.get(late.location).text.partition("<h1")[0]
    assert deeds(desk.app).count("scan.notices_done") == 1
    desk.client.submit(f"{path_of(desk)}/not-done")
    late = desk.client.submit(f"{path_of(desk)}/not-done")
    assert "a.tif" in desk.client.get(late.location).text.partition("<h1")[0]
    assert deeds(desk.app).count("scan.notices_put_back") == 1


def test_what_is_done_leaves_room_for_what_is_to_look_at(desk, monkeypatch):
    (page,) = desk.printed.marked(2, CLEAR)
    desk.upload({"b.tif": as_file([np.rot90(page, 2)], "TIFF")})
    monkeypatch.setattr("survey.entry.scanning.named_pages.PER_PAGE", 1)
    with desk.app.app_context():
        (only,) = named_pages(desk.printed.survey_id)
        assert only.sheet.position == 1
        assert only.faults[0].place.startswith("b.tif") or only.sheet.scan.name == "b.tif"
    newest = desk.sheets()[1].id
    desk.client.submit(f"/entry/scans/pages/{newest}/done", {"version": version_on(desk.page())})
    with desk.app.app_context():
        listed = named_pages(desk.printed.survey_id)
        assert [(each.sheet.scan.name, each.is_settled) for each in listed] == [
            ("a.tif", False),
            ("b.tif", True),
        ]


@pytest.mark.parametrize("role", ROLES)
def test_only_supervisors_tick_off(desk, sign_in, role):
    version = version_on(desk.page())
    if role != "supervisor":
        sign_in(role)
    for deed in ("done", "not-done"):
        reply = desk.client.submit(f"{path_of(desk)}/{deed}", {"version": version})
        assert reply.status_code == (303 if role == "supervisor" else 403)


def test_without_the_token_nothing_is_ticked(desk):
    version = version_on(desk.page())
    assert desk.client.post(f"{path_of(desk)}/done", data={"version": version}).status_code == 400
    assert desk.client.post(f"{path_of(desk)}/not-done").status_code == 400
    assert 'id="named"' in desk.page()
