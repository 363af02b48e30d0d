"""What the machine read and a person keyed differently is settled with the picture beside it."""

from __future__ import annotations

import pytest

from survey.collection import Refused
from survey.collection.paper import claim, finish
from survey.db import db
from survey.entry.scanning import noting
from survey.entry.scanning.standing import standing
from survey.models import User
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


def test_who_decided_one_cell_of_many_does_not_key_the_form_again(print_desk, sign_in):
    desk = print_desk(plan="all")
    answers = {item: texts for item, texts in CLEAR.items() if item not in ("polite", "clear")}
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, answers))})
    sheet = desk.sheets()[0]
    with desk.app.app_context():
        scans = f"/entry/forms/{desk.form(1).id}/scans"
    assert 'id="lines-caption"' not in desk.client.get(scans).text
    lan = sign_in("enumerator", name="lan")
    desk.say(sheet, "polite", "choose", polite="high")
    mai = sign_in("enumerator", name="mai")
    desk.say(sheet, "clear", "choose", clear="low")
    assert desk.state(1) == "entered"
    with desk.app.app_context():
        for user_id in (lan, mai):
            assert claim(desk.printed.batch_id, db.session.get_one(User, user_id), "second") is None
            with pytest.raises(Refused):
                claim(desk.printed.batch_id, db.session.get_one(User, user_id), "second", number=1)
        assert claim(desk.printed.batch_id, make_user(db.session), "second") is not None


def test_sure_cells_are_not_shown_before_the_form_is_keyed_again(print_desk, monkeypatch):
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    desk = print_desk(plan="all")
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert 'value="no"' not in desk.client.get(f"{desk.path}/check").text
    with desk.app.app_context():
        assert standing(desk.printed.survey_id).to_check == 0
        held = claim(desk.printed.batch_id, make_user(db.session), "second")
        type_in(held, STORED)
        finish(held.reading_id, held.token)
    assert desk.client.get(f"{desk.path}/check").text.count('value="no"') == 6
