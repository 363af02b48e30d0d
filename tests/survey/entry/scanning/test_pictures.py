"""Pictures of forms: seen by those who key and check, by nobody else, and gone after their last day."""

from __future__ import annotations

import datetime
import io

import numpy as np
import pytest
from PIL import Image

from questionnaires.scanning.grid import PICTURE_PIXELS_PER_MM
from survey.db import db, today
from survey.entry.scanning.cropping import AROUND
from survey.entry.scanning.pictures import pages_showing, pictures_of
from survey.models import Survey
from survey.models.user import ROLES
from tests.survey.entry.scanning.sheets import CLEAR, INK, as_file, fill
from tests.survey.factory import SMALL_QUESTIONNAIRE


@pytest.fixture
def read(print_desk):
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    return desk


def address_of(desk, item: str) -> str:
    with desk.app.test_request_context():
        return pictures_of(desk.form(1), item)[0].address


def test_the_picture_of_an_item_shows_its_marks(read):
    reply = read.client.get(address_of(read, "polite"))
    assert (reply.mimetype, reply.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    row = np.asarray(Image.open(io.BytesIO(reply.data)).convert("L"))
    assert row.shape[1] > 3 * row.shape[0]  # the lines of one item, as wide as the page
    assert row.min() < 80


def test_a_close_up_shows_what_was_written_and_nothing_beside_it(print_desk):
    desk = print_desk(1, SMALL_QUESTIONNAIRE)
    (page,) = desk.printed.form(1)
    (room,) = (each.place for each in desk.printed.layout.written if each.item == "visits")
    fill(page, room.middle, 2.0, INK)
    desk.upload({"a.pdf": as_file([page])})
    with desk.app.test_request_context():
        (picture,) = pictures_of(desk.form(1), "visits")
    close = np.asarray(Image.open(io.BytesIO(desk.client.get(picture.close).data)).convert("L"))
    height, width = ((length + 2 * AROUND) * PICTURE_PIXELS_PER_MM for length in (room.height, room.width))
    assert abs(close.shape[1] - width) <= 2
    assert room.height * PICTURE_PIXELS_PER_MM < close.shape[0] <= height + 2
    assert close.min() < 80


def test_only_what_is_wider_than_a_telephone_is_moved_sideways(print_desk):
    desk = print_desk(1, SMALL_QUESTIONNAIRE)
    desk.upload({"a.pdf": as_file(desk.printed.form(1))})
    with desk.app.test_request_context():
        items = desk.printed.layout.items()
        wide = [item for item in items if all(each.is_wide for each in pictures_of(desk.form(1), item))]
    assert {"reason", "comment"} <= set(wide)
    assert not {"visits", "visited_on", "polite", "clear"} & set(wide)


def test_what_no_scan_shows_has_no_picture(read):
    with read.app.test_request_context():
        assert pictures_of(read.form(2), "polite") == []
        assert pictures_of(read.form(1), "nothing") == []
        assert len(pictures_of(read.form(1), "improve")) == 1


def test_a_page_scanned_twice_is_shown_twice(print_desk):
    desk = print_desk()
    desk.upload({"a.pdf": as_file([*desk.printed.marked(1, CLEAR), *desk.printed.marked(1, CLEAR)])})
    whole = [f"/entry/scans/pages/{sheet.id}/picture" for sheet in desk.sheets()]
    with desk.app.test_request_context():
        assert pages_showing(desk.form(1), ["polite", "clear"]) == whole
        assert pages_showing(desk.form(1), []) == pages_showing(desk.form(2), ["polite"]) == []


@pytest.mark.parametrize("role", ROLES)
def test_only_who_keys_and_checks_sees_pictures(read, sign_in, role):
    sheet = read.sheets()[0]
    paths = [address_of(read, "polite"), f"/entry/scans/pages/{sheet.id}/picture"]
    if role != "supervisor":
        sign_in(role)
    expected = 200 if role in ("enumerator", "supervisor") else 403
    assert [read.client.get(path).status_code for path in paths] == [expected] * 2


def test_the_page_of_a_form_shows_its_scan_and_what_was_read(read):
    with read.app.app_context():
        form_id = read.form(1).id
    page = read.client.get(f"/entry/forms/{form_id}/scans").text
    assert f"/entry/scans/pages/{read.sheets()[0].id}/picture" in page
    assert "Hài lòng" in page
    assert read.client.get(f"/entry/forms/{form_id + 1}/scans").status_code == 200  # one without any scan


def test_after_the_last_day_rows_stay_and_pictures_are_gone(read):
    path = address_of(read, "polite")
    with read.app.app_context():
        survey = db.session.get(Survey, read.printed.survey_id)
        survey.keep_until = today() - datetime.timedelta(days=1)
        form_id = read.form(1).id
        db.session.commit()
    read.app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    assert read.client.get(path).status_code == 404
    assert read.client.get(f"/entry/forms/{form_id}/scans").status_code == 200
    assert [(scan.state, scan.key) for scan in read.scans()] == [("deleted", "")]
    assert read.client.get(read.path).status_code == 200
    assert read.client.get(f"{read.path}/check").status_code == 200
