"""A form is in the same state, in the same words, on every page; what waits is no link that leads nowhere."""

from __future__ import annotations

import pytest

from questionnaires.paper import write_serial
from survey.db import db
from survey.entry.states import state_of
from tests.survey.paper.room import key, make_room


@pytest.fixture
def room(app, sign_in):
    sign_in("supervisor")
    with app.app_context():
        yield make_room(forms=3, plan="none")


def test_what_is_asked_for_again_is_not_shown_as_accepted(room):
    assert state_of(room.form(1)) == "printed"
    key(room, room.lan)
    assert state_of(room.form(1)) == "to_check"
    room.batch.plan = "share"
    assert state_of(room.form(1)) == "accepted"
    room.form(1).checked_by_id = room.thu.id
    assert state_of(room.form(1)) == "verified"
    room.form(1).second_wanted = True  # verified by eye, and then the batch was sent back
    assert state_of(room.form(1)) == "second"
    key(room, room.mai, "second", number=1, visits=3)
    assert state_of(room.form(1)) == "disputed"


def test_answers_that_wait_for_a_second_keying_are_no_link(client, room):
    key(room, room.lan)
    batch, answers = f"/entry/batches/{room.batch.id}", f"/entry/responses/{room.form(1).response_id}"
    form = f"/entry/forms/{room.form(1).id}"
    assert all(answers in client.get(path).text for path in (batch, form))
    room.form(1).second_wanted = True
    db.session.commit()
    for path in (batch, form):
        page = client.get(path).text
        assert answers not in page
        assert "lần hai" in page or "lần thứ hai" in page
    refused = client.get(answers)
    assert refused.status_code == 409
    assert write_serial(room.form(1).serial) in refused.text
    assert f'href="{batch}"' in refused.text


def test_missing_forms_are_named_as_they_are_printed_and_linked(client, room):
    key(room, room.lan)
    first = room.batch.first_serial
    page = client.get(f"/entry/batches/{room.batch.id}").text
    missing = page.partition("Còn thiếu số:")[2].partition("</p>")[0]
    assert write_serial(first + 1) in missing
    assert write_serial(first + 2) in missing
    assert missing.count('href="/entry/forms?number=') == 2
