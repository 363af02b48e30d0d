"""A supervisor reads a flagged response and may reject it, with a reason; nobody else opens it."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from survey.collection.paper import Plan, set_plan
from survey.db import db
from survey.fieldwork.quality.look import Flagged
from survey.models import AuditEntry, Batch, Response, ResponseFlag
from tests.survey.factory import make_user
from tests.survey.fieldwork.desk import stored
from tests.survey.fieldwork.quality.conftest import stored_look
from tests.survey.paper.room import key, make_room


def first(app, made, kind: str) -> Flagged:
    with app.app_context():
        return next(each for each in stored_look(made).flagged if kind in each.kinds)


@pytest.fixture
def supervisor(client, sign_in, looked):
    sign_in("supervisor")
    return client


def address(made, response_id: uuid.UUID) -> str:
    return f"/surveys/{made.survey.id}/quality/{response_id}"


def test_the_answers_stand_in_words_without_what_describes_the_person(app, supervisor, looked):
    text = supervisor.get(address(looked, first(app, looked, "straight_lining").id)).text
    assert text.count("<strong>Satisfied</strong>") == 8
    assert "Here: 8 items in a row." in text
    assert "Ethnicity" not in text
    assert "Kinh" not in text


def test_the_same_words_are_shown_with_how_many_wrote_them(app, supervisor, looked):
    text = supervisor.get(address(looked, first(app, looked, "same_text").id)).text
    assert "in 3 responses" in text


def test_only_flagged_responses_of_this_survey_are_opened(app, supervisor, looked, citizens):
    with app.app_context():
        flagged = {each.id for each in stored_look(looked).flagged}
        careful = next(id_ for id_ in db.session.scalars(sa.select(Response.id)) if id_ not in flagged)
    assert supervisor.get(address(looked, careful)).status_code == 404
    assert supervisor.get(address(citizens, first(app, looked, "fast").id)).status_code == 404


@pytest.mark.parametrize("role", ["analyst", "planner", "administrator"])
def test_others_open_no_single_answers(app, client, sign_in, looked, role):
    found = first(app, looked, "fast").id
    sign_in(role, name=f"another {role}")
    assert client.get(address(looked, found)).status_code == 403
    assert client.submit(f"{address(looked, found)}/reject", {"reason": "x"}).status_code == 403
    if role != "administrator":
        assert f"quality/{found}" not in client.get(f"/surveys/{looked.survey.id}/quality").text


def test_a_supervisor_rejects_with_a_reason_that_is_recorded(app, supervisor, looked):
    found = first(app, looked, "straight_lining").id
    reply = supervisor.submit(f"{address(looked, found)}/reject", {"reason": "Ô góp ý ghi là phiếu thử"})
    assert reply.status_code == 303
    assert stored(app, Response, Response.id == found)[0].state == "rejected"
    entry = stored(app, AuditEntry, AuditEntry.action == "response.reject")[0]
    assert entry.subject == f"response {found}"
    assert entry.details["reason"] == "Ô góp ý ghi là phiếu thử"
    assert entry.actor_id is not None
    assert "Reject the response" not in supervisor.get(address(looked, found)).text


def test_without_a_reason_nothing_is_rejected(app, supervisor, looked):
    found = first(app, looked, "fast").id
    reply = supervisor.submit(f"{address(looked, found)}/reject", {"reason": "  "})
    assert reply.status_code == 422
    assert 'href="#reason"' in reply.text
    assert stored(app, Response, Response.id == found)[0].state == "accepted"


def test_rejecting_twice_is_refused_in_words(app, supervisor, looked):
    found = first(app, looked, "fast").id
    path = f"{address(looked, found)}/reject"
    supervisor.submit(path, {"reason": "phiếu thử"})
    reply = supervisor.submit(path, {"reason": "phiếu thử"})
    assert reply.status_code == 409
    assert "This response has been rejected." in reply.text


def test_a_withdrawn_response_is_closed_to_everybody(app, supervisor, looked):
    found = first(app, looked, "fast").id
    with app.app_context():
        change = sa.update(Response).where(Response.id == found).values(state="withdrawn")
        db.session.execute(change)
        db.session.commit()
    assert supervisor.get(address(looked, found)).status_code == 404


def test_a_form_that_waits_for_its_second_keying_is_closed_to_its_keyers(app, supervisor):
    """Whoever supervises may key it too."""
    with app.app_context():
        room = make_room(plan="none")
        key(room, room.lan, comment="Lời ghi tay đầu tiên")
        response_id, survey_id = room.form(1).response_id, room.made.survey.id
        batch_id = room.batch.id
        db.session.add(ResponseFlag(response_id=response_id, kind="fast"))
        db.session.commit()
    path = f"/surveys/{survey_id}/quality/{response_id}"
    assert "Lời ghi tay đầu tiên" in supervisor.get(path).text
    with app.app_context():
        set_plan(db.session.get_one(Batch, batch_id), Plan("all"), make_user(db.session, "supervisor"))
    for reply in (supervisor.get(path), supervisor.submit(f"{path}/reject", {"reason": "x"})):
        assert reply.status_code == 409
        assert "Lời ghi tay đầu tiên" not in reply.text
    assert stored(app, Response, Response.id == response_id)[0].state == "accepted"
