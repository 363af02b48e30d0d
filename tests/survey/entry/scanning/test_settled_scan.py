"""What the machine read and a person keyed differently is settled with the picture beside it."""

from __future__ import annotations

import pytest

from survey.collection import Refused
from survey.collection.paper import Plan, claim, finish, set_plan, settle
from survey.db import db
from survey.entry.scanning import noting
from survey.entry.scanning.standing import standing
from survey.models import Batch, ScanPage, User
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_user
from tests.survey.pages import Page
from tests.survey.paper.room import type_in
from tests.survey.queries import counted


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


def test_who_decided_one_cell_of_many_does_not_settle_the_form(print_desk, sign_in):
    """The first cell was decided by `lan`, the last one, with which the form was read, by `mai`."""
    desk = print_desk(plan="all")
    answers = {item: texts for item, texts in CLEAR.items() if item not in ("polite", "clear")}
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, answers))})
    lan = sign_in("supervisor", name="lan")
    desk.say(desk.sheets()[0], "polite", "choose", polite="high")
    sign_in("enumerator", name="mai")
    desk.say(desk.sheets()[0], "clear", "choose", clear="low")
    with desk.app.app_context():
        held = claim(desk.printed.batch_id, make_user(db.session), "second")
        type_in(held, {**STORED, "polite": "low"})
        assert finish(held.reading_id, held.token) == "disputed"
        form_id, batch = held.form_id, f"/entry/batches/{desk.printed.batch_id}"
        with pytest.raises(Refused):
            settle(form_id, "polite", ["high"], db.session.get_one(User, lan))
    with desk.client.session_transaction() as session:
        session["_user_id"] = f"{lan}."
    assert desk.client.get(f"/entry/forms/{form_id}/settle").status_code == 409
    assert desk.client.get(f"{batch}/settle").location == batch
    assert f"{batch}/settle" not in desk.client.get(batch).text
    sign_in("supervisor", name="thu")
    assert desk.client.get(f"{batch}/settle").location == f"/entry/forms/{form_id}/settle"


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


def may_key_again(desk, user_id: int) -> bool:
    with desk.app.app_context():
        return claim(desk.printed.batch_id, db.session.get_one(User, user_id), "second") is not None


def faintly_polite(desk) -> ScanPage:
    """A form on which the machine proposes an answer to one question."""
    answers = {item: texts for item, texts in CLEAR.items() if item != "polite"}
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, answers, polite="high"))})
    return desk.sheets()[0]


def test_who_was_only_shown_a_proposal_does_not_key_the_form_again(print_desk, sign_in):
    desk = print_desk(plan="all")
    sheet = faintly_polite(desk)
    lan = sign_in("enumerator", name="lan")
    desk.client.get(f"{desk.path}/doubts")
    assert desk.sheets()[0].readings["seen"] == [lan]
    sign_in("enumerator", name="mai")
    desk.say(sheet, "polite", "choose", polite="high")
    assert desk.state(1) == "entered"
    assert not may_key_again(desk, lan)
    assert may_key_again(desk, sign_in("enumerator", name="hoa"))


def test_who_saw_the_picture_without_a_proposal_may_key_the_form_again(print_desk, sign_in):
    """They have seen what is on the paper, and that they are to see."""
    desk = print_desk(1, SMALL_QUESTIONNAIRE, plan="all")
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    sign_in("enumerator", name="lan")
    desk.client.get(f"{desk.path}/doubts")
    assert "seen" not in desk.sheets()[0].readings


def test_who_took_an_answer_back_does_not_key_the_form_again(print_desk, sign_in):
    desk = print_desk(plan="all")
    sheet = faintly_polite(desk)
    lan = sign_in("enumerator", name="lan")
    desk.say(sheet, "polite", "choose", polite="low")
    desk.say(sheet, "polite", "undo")
    sign_in("enumerator", name="mai")
    desk.say(sheet, "polite", "choose", polite="high")
    assert not may_key_again(desk, lan)


def plan_all(desk) -> None:
    with desk.app.app_context():
        batch = db.session.get_one(Batch, desk.printed.batch_id)
        set_plan(batch, Plan("all"), make_user(db.session, "supervisor"))


def test_who_checked_sure_cells_does_not_key_the_form_under_a_later_plan(print_desk, sign_in, monkeypatch):
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    checker = sign_in("enumerator", name="lan")
    sheet = desk.sheets()[0]
    desk.client.submit(f"{desk.path}/check", {"sheet": sheet.id, "item": "polite", "say": "yes"})
    shown = sign_in("enumerator", name="mai")
    desk.client.get(f"{desk.path}/check")
    plan_all(desk)
    assert not may_key_again(desk, checker)
    assert not may_key_again(desk, shown)
    assert may_key_again(desk, sign_in("enumerator", name="hoa"))


def test_who_saw_what_was_read_of_a_form_does_not_key_it_under_a_later_plan(print_desk, sign_in):
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    with desk.app.app_context():
        scans = f"/entry/forms/{desk.form(1).id}/scans"
    thu = sign_in("supervisor", name="thu")
    assert 'id="lines-caption"' in desk.client.get(scans).text
    plan_all(desk)
    assert not may_key_again(desk, thu)


def test_whom_a_list_was_shown_is_noted_once(print_desk, sign_in):
    desk = print_desk(plan="all")
    faintly_polite(desk)
    path = f"{desk.path}/doubts"
    with desk.app.app_context():
        first, again = counted(desk.client, path), counted(desk.client, path)
    assert again < first <= again + 4
