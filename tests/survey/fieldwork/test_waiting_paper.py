"""What waits on paper is named before a survey, and before a round, is closed."""

from __future__ import annotations

import re

import pytest

from survey.collection.paper import reject_form
from survey.db import db
from survey.models import PaperForm, Survey, User
from tests.survey.fieldwork.conftest import kept
from tests.survey.paper.room import Room, key, make_room


@pytest.fixture
def room(app) -> Room:
    """Of four forms one waits to be settled, and one for its second keying."""
    with app.app_context():
        room = make_room(4, plan="all")
        key(room, room.lan, polite="low")
        key(room, room.mai, "second")
        key(room, room.lan)
        kept(room.made)
    return room


def reminders(planner, room: Room) -> list[str]:
    planner.set_cookie("language", "en")
    text = planner.get(f"/surveys/{room.made.survey.id}").text
    return re.findall(r"<li>(Forms[^<]*)</li>", text)


def test_a_survey_names_what_waits_before_it_is_closed(app, planner, room):
    assert [re.sub(r"\D+(\d+).*", r"\1", line) for line in reminders(planner, room)] == ["2", "1", "1"]
    with app.app_context():
        db.session.get_one(Survey, room.made.survey.id).state = "draft"
        db.session.commit()
    assert reminders(planner, room) == []


def test_a_round_is_not_closed_while_keyed_forms_do_not_count(app, planner, room):
    path = f"/rounds/{room.made.round.id}"
    planner.submit(f"/surveys/{room.made.survey.id}/state", {"state": "closed"})
    refused = planner.submit(f"{path}/state", {"state": "closed"})
    assert refused.status_code == 409
    assert f"{room.made.survey.code}: 2" in refused.text
    with app.app_context():
        supervisor = db.session.query(User).filter_by(role="supervisor").first()
        for form in db.session.query(PaperForm).filter(PaperForm.number <= 2):
            reject_form(form.id, supervisor, "không đọc được")
    assert planner.submit(f"{path}/state", {"state": "closed"}).status_code == 302
