"""A form is taken out of the hands of who keys it, and waits as if they had never opened it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.collection import Refused
from survey.collection.paper import claim, finish, mark_forms, put_back, save_field
from survey.db import db
from survey.models import AuditEntry
from tests.survey.factory import make_batch, make_round, make_user
from tests.survey.paper.room import key, make_room, type_in


def test_a_form_known_by_a_slip_alone_is_known_no_more():
    made, lan = make_round(db.session), make_user(db.session)
    batch = make_batch(db.session, made, forms_expected=1)
    slip = claim(batch.id, lan, "first", number=1201)
    type_in(slip, {"received": "no"})
    put_back(slip.form_id, "first")
    assert [form.number for form in batch.forms] == []
    assert claim(batch.id, lan, "first").number == 1
    deed = db.session.scalars(sa.select(AuditEntry).filter_by(action="form.put_back")).one()
    assert deed.details == {"number": 1201, "reading": "first", "keyer": lan.id}


def test_a_form_printed_elsewhere_that_was_handed_out_stays_known():
    made, lan = make_round(db.session), make_user(db.session)
    batch = make_batch(db.session, made)
    mark_forms(batch, [7], "issued", lan)
    held = claim(batch.id, lan, "first", number=7)
    put_back(held.form_id, "first")
    assert [(form.number, form.state) for form in batch.forms] == [(7, "issued")]


def test_a_printed_form_that_is_put_back_waits_for_anybody():
    room = make_room(forms=1, plan="all")
    held = claim(room.batch.id, room.lan, "first")
    type_in(held, {"received": "no"})
    put_back(held.form_id, "first")
    with pytest.raises(Refused):
        save_field(held.reading_id, held.token, "visits", ["2"], seq=2)
    with pytest.raises(Refused):
        finish(held.reading_id, held.token)
    assert key(room, room.mai) == (1, "entered")


def test_of_a_form_keyed_twice_only_the_reading_that_is_open_is_thrown_away():
    room = make_room(forms=1, plan="all")
    key(room, room.lan)
    held = claim(room.batch.id, room.mai, "second")
    with pytest.raises(Refused):
        put_back(held.form_id, "first")
    put_back(held.form_id, "second")
    with pytest.raises(Refused):
        put_back(held.form_id, "second")
    assert key(room, room.thu, "second") == (1, "accepted")
