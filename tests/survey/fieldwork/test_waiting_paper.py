"""What waits on paper is named before a survey, and before a round, is closed."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from survey.collection.paper import reject_form
from survey.db import db
from survey.models import AuditEntry, Batch, PaperForm, Survey, User
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
        detach(room)
    return room


def detach(room: Room) -> None:
    """Let the room outlive its session."""
    db.session.refresh(room.batch)
    kept(room.made)


def reminders(planner, room: Room) -> list[str]:
    planner.set_cookie("language", "en")
    text = planner.get(f"/surveys/{room.made.survey.id}").text
    return re.findall(r"<li>(Forms[^<]*)</li>", text)


def close(planner, room: Room, **fields: str):
    return planner.submit(f"/surveys/{room.made.survey.id}/state", {"state": "closed", **fields})


def words_of(client, path: str) -> str:
    client.set_cookie("language", "en")
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", client.get(path).text))


def state_of(app, room: Room) -> tuple[str, bool]:
    with app.app_context():
        batch = db.session.get_one(Batch, room.batch.id)
        return batch.survey.state, batch.closed


def test_a_survey_names_what_waits_before_it_is_closed(app, planner, room):
    assert [re.sub(r"\D+(\d+).*", r"\1", line) for line in reminders(planner, room)] == ["2", "1", "1"]
    with app.app_context():
        db.session.get_one(Survey, room.made.survey.id).state = "draft"
        db.session.commit()
    assert reminders(planner, room) == []


def test_a_round_is_not_closed_while_keyed_forms_do_not_count(app, planner, room):
    path = f"/rounds/{room.made.round.id}"
    close(planner, room, confirmed="y")
    refused = planner.submit(f"{path}/state", {"state": "closed"})
    assert refused.status_code == 409
    assert f"{room.made.survey.code}: 2" in refused.text
    with app.app_context():
        supervisor = db.session.query(User).filter_by(role="supervisor").first()
        for form in db.session.query(PaperForm).filter(PaperForm.number <= 2):
            reject_form(form.id, supervisor, "không đọc được")
    assert planner.submit(f"{path}/state", {"state": "closed"}).status_code == 302


def test_a_survey_with_paper_that_waits_is_closed_by_the_tick_alone(app, planner, room):
    path = f"/surveys/{room.made.survey.id}"
    assert "Batches of paper forms that are open: 1." in words_of(planner, path)
    refused = close(planner, room)
    assert refused.status_code == 422
    assert 'href="#confirmed"' in refused.text
    assert "<title>Error: " in refused.text
    assert state_of(app, room) == ("open", False)
    assert planner.submit(f"{path}/state", {"state": "paused"}).status_code == 302
    assert close(planner, room, confirmed="y").status_code == 302
    assert state_of(app, room) == ("closed", True)
    told = words_of(planner, path)
    assert "1 batch of paper forms was closed and judged with the survey." in told
    named = f"Batch {room.batch.code} of survey {room.made.survey.code}"
    assert f"{named}: 1 form waits for its second keying; 1 form waits to be settled." in told
    with app.app_context():
        entries = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [each.action for each in entries][-2:] == ["survey.state", "batch.close"]
    assert planner.submit(f"{path}/state", {"state": "open"}).status_code == 302
    assert state_of(app, room) == ("open", False)


def test_a_survey_whose_paper_is_done_is_closed_without_a_question(app, planner, sign_in):
    with app.app_context():
        room = make_room(1)
        key(room, room.lan)
        detach(room)
    assert 'id="confirmed"' not in planner.get(f"/surveys/{room.made.survey.id}").text
    assert close(planner, room).status_code == 302
    assert state_of(app, room) == ("closed", True)
    sign_in("supervisor", name="later")
    path = f"/entry/batches/{room.batch.id}"
    assert f"{path}/open" not in planner.get(path).text
    assert planner.submit(f"{path}/open", {}).status_code == 409


@pytest.mark.parametrize("page", ["/surveys/%(survey)s/quality", "/rounds/%(round)s/runs"])
def test_who_computes_results_is_told_what_is_not_judged(app, planner, room, page):
    path = page % {"survey": room.made.survey.id, "round": room.made.round.id}
    told = words_of(planner, path)
    assert "How well these batches of paper forms were keyed is not judged yet." in told
    assert f"Batch {room.batch.code} of survey {room.made.survey.code}: 1 form waits" in told
    with app.app_context():
        supervisor = db.session.query(User).filter_by(role="supervisor").first()
        for form in db.session.query(PaperForm).filter(PaperForm.number <= 2):
            reject_form(form.id, supervisor, "không đọc được")
    assert "not judged" not in words_of(planner, path)
