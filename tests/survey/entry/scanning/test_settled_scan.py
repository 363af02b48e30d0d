"""What the machine read and a person keyed differently is settled with the picture beside it."""

from __future__ import annotations

from survey.collection.paper import claim, finish
from survey.db import db
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file
from tests.survey.factory import make_user
from tests.survey.pages import Page
from tests.survey.paper.room import type_in


def test_the_picture_stands_beside_the_two_values(print_desk, sign_in):
    desk = print_desk(plan="all")
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    with desk.app.app_context():
        scans = f"/entry/forms/{desk.form(1).id}/scans"
    assert 'id="lines-caption"' not in desk.client.get(scans).text  # who keys it again may be looking
    with desk.app.app_context():
        held = claim(desk.printed.batch_id, make_user(db.session), "second", number=1)
        assert held is not None
        type_in(held, {**STORED, "polite": "low"})
        finish(held.reading_id, held.token)
        path = f"/entry/forms/{desk.form(1).id}/settle"
    sign_in("supervisor", name="thu")
    page = desk.client.get(path).text
    assert "Read from the scan:" in page or "Đọc từ ảnh quét:" in page
    (picture,) = Page(page).named("img")
    assert desk.client.get(picture["src"]).mimetype == "image/jpeg"
    settled = desk.client.submit(path, {"form-item": "polite", "form-says": "first"})
    assert settled.status_code == 303
    assert 'id="lines-caption"' in desk.client.get(scans).text
    assert desk.answers(1) == STORED
