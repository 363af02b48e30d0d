"""A form's page tells every step: what the machine read, and what was corrected after it was accepted."""

from __future__ import annotations

import pytest

from survey.collection import correct
from survey.db import VIETNAM, db
from survey.entry.following.trail import Step, steps_of
from survey.models import PaperForm, Response
from tests.survey.factory import ANSWERS
from tests.survey.paper.room import key, make_room, scan

CHANGED = {**ANSWERS, "visits": 3}


@pytest.fixture
def room(app):
    with app.app_context():
        yield make_room(forms=2, plan="none")


def page_of(client, room, number: int) -> str:
    return client.get(f"/entry/forms/{room.form(number).id}").text


def told_of(form: PaperForm) -> list[Step]:
    return steps_of(form, is_by_machine=True, with_reasons=False)


@pytest.mark.parametrize(("role", "is_told_why"), [("supervisor", True), ("enumerator", False)])
def test_a_correction_is_told_and_why_to_those_who_may_read_answers(client, room, sign_in, role, is_told_why):
    key(room, room.lan)
    form = room.form(1)
    correct(db.session.get_one(Response, form.response_id), CHANGED, room.thu, "đọc nhầm số")
    told = steps_of(form, is_by_machine=False, with_reasons=True)[-1]
    (version,) = [each for each in form.response.versions if each.version == 2]
    assert (told.at, told.person, told.reason) == (version.made_at, room.thu.full_name, "đọc nhầm số")
    shown = f"{version.made_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    db.session.commit()  # the session here would hold others up
    sign_in(role)
    page = page_of(client, room, 1)
    assert f"{shown}" in page[page.index("phiên bản 2") :]
    assert room.thu.full_name in page
    assert ("đọc nhầm số" in page) is is_told_why


def test_the_reason_is_not_told_while_a_second_person_is_to_key_the_form(client, room, sign_in):
    key(room, room.lan)
    form = room.form(1)
    correct(db.session.get_one(Response, form.response_id), CHANGED, room.thu, "đọc nhầm số")
    form.second_wanted = True
    db.session.commit()
    db.session.commit()  # the session here would hold others up
    sign_in("supervisor")
    assert "đọc nhầm số" not in page_of(client, room, 1)


@pytest.mark.parametrize("decides", [True, False])
def test_what_the_machine_read_is_not_said_to_be_keyed(client, room, sign_in, decides):
    assert scan(room, 1, ANSWERS, room.lan if decides else None) == "accepted"
    form = room.form(1)
    (read,) = [
        step.person
        for step, event in zip(told_of(form), form.events, strict=True)
        if event.event == "entered"
    ]
    assert read == (room.lan.full_name if decides else "")
    db.session.commit()  # the session here would hold others up
    sign_in("supervisor")
    for page in (page_of(client, room, 1), client.get(f"/entry/batches/{room.batch.id}").text):
        assert "Máy đọc" in page
        assert "đã nhập lần một" not in page
