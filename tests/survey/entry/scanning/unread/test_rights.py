"""Who may say what a page is, and until when."""

from __future__ import annotations

import datetime

import pytest

from survey.db import db, today
from survey.models import Survey
from survey.models.user import ROLES
from survey.scan_store import scan_store
from tests.survey.entry.scanning.unread.telling import number, path_of


@pytest.mark.parametrize("role", ROLES)
def test_only_supervisors_say_what_a_page_is(desk, sign_in, role):
    if role != "supervisor":
        sign_in(role)
    allowed = role == "supervisor"
    assert desk.client.get(path_of(desk)).status_code == (200 if allowed else 403)
    for deed, expected in (("", 303), ("/take-back", 303), ("/not-needed", 303)):
        data = {"serial": number(desk), "page": "1"}
        assert desk.client.submit(path_of(desk) + deed, data).status_code == (expected if allowed else 403)


def test_without_the_token_nothing_happens(desk):
    for deed in ("", "/not-needed", "/take-back"):
        assert (
            desk.client.post(path_of(desk) + deed, data={"serial": number(desk), "page": "1"}).status_code
            == 400
        )
    assert desk.sheets()[0].state == "unreadable"


@pytest.mark.parametrize("deed", ["", "/not-needed", "/take-back", "/done", "/not-done"])
def test_a_page_that_is_not_there_is_not_found(desk, deed):
    assert desk.client.submit(f"/entry/scans/pages/999999{deed}").status_code == 404


def test_after_the_last_day_its_picture_is_gone_too(desk):
    key = desk.sheets()[0].key
    with desk.app.app_context():
        survey = db.session.get(Survey, desk.printed.survey_id)
        survey.keep_until = today() - datetime.timedelta(days=1)
        db.session.commit()
    desk.app.test_cli_runner().invoke(args=["respond", "delete-expired"])
    with desk.app.app_context(), pytest.raises(FileNotFoundError):
        scan_store().get(key)
    assert desk.client.get(f"{path_of(desk)}/picture").status_code == 404
    assert desk.client.get(path_of(desk)).status_code == 200
    for deed in ("", "/not-needed", "/take-back"):
        data = {"serial": number(desk), "page": "1", "deed": "keep"}
        assert desk.client.submit(path_of(desk) + deed, data).status_code == 303
    assert desk.sheets()[0].key == ""
