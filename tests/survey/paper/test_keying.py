"""A form is keyed field by field, and becomes a response when it is finished."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from survey.collection import Refused
from survey.collection.paper import claim, finish, note_counts, save_field
from survey.db import db
from survey.models import FormReading, Response
from tests.survey.factory import ANSWERS
from tests.survey.paper.room import key, make_room, responses, scan, type_in


@pytest.fixture
def room():
    return make_room()


@pytest.fixture
def held(room):
    return claim(room.batch.id, room.lan, "first")


def places(refusal) -> list[str]:
    return [fault.place for fault in refusal.value.faults]


def test_a_finished_form_is_a_response_once(room, held):
    type_in(held, ANSWERS)
    assert responses() == 0
    assert finish(held.reading_id, held.token) == finish(held.reading_id, held.token) == "accepted"
    response = db.session.scalars(sa.select(Response)).one()
    assert (response.mode, response.versions[0].answers) == ("keyed", ANSWERS)
    assert response.versions[0].author_id == room.form(1).keyed_by_id == room.lan.id
    assert room.events(1) == ["printed", "returned", "entered", "accepted"]


def test_a_field_sent_twice_is_saved_once_and_a_gap_is_noticed(held):
    save = [held.reading_id, held.token, "received"]
    assert save_field(*save, ["no"], seq=1) == 1
    assert save_field(*save, ["yes"], seq=1) == 1
    with pytest.raises(Refused):
        save_field(*save, ["yes"], seq=3)
    reading = db.session.get(FormReading, held.reading_id)
    assert reading.answers == {"received": "no"}
    assert save_field(*save, ["yes"], seq=2) == 2
    assert db.session.get(FormReading, held.reading_id).answers == {"received": "yes"}


@pytest.mark.parametrize(
    ("item", "texts", "note"),
    [
        ("received", ["maybe"], ""),
        ("visits", ["two"], ""),
        ("visits", ["99"], ""),  # the questionnaire allows 30
        ("visits", ["2"], "unreadable"),
        ("visits", [], "guessed"),
        ("salary", ["5"], ""),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(held, item, texts, note):
    with pytest.raises(Refused) as refusal:
        save_field(held.reading_id, held.token, item, texts, note=note, seq=1)
    assert places(refusal) == [item]
    assert db.session.get(FormReading, held.reading_id).seq == 0


def test_an_answer_may_be_taken_back(held):
    type_in(held, {"visits": 2})
    save_field(held.reading_id, held.token, "visits", [], seq=2)
    assert db.session.get(FormReading, held.reading_id).answers == {}


def left_to_take_back(held) -> list[tuple[str, object, str]]:
    return in_order(db.session.get(FormReading, held.reading_id).replaced)


def in_order(replaced) -> list[tuple[str, object, str]]:
    return [(each["item"], each["value"], each["note"]) for each in replaced]


def test_what_each_save_replaced_is_known_to_the_next_screen_until_the_form_is_finished(room, held):
    type_in(held, {"received": "no", "visits": 2})
    save_field(held.reading_id, held.token, "visits", [], note="unreadable", seq=3)
    save_field(held.reading_id, held.token, "visits", [], note="unreadable", seq=4)  # nothing new
    replaced = [("received", None, ""), ("visits", None, ""), ("visits", 2, "")]
    assert left_to_take_back(held) == replaced
    held = claim(room.batch.id, room.lan, "first")
    assert in_order(held.replaced) == replaced
    save_field(held.reading_id, held.token, "visits", ["2"], seq=5, undo=True)
    assert left_to_take_back(held) == replaced[:2]
    save_field(held.reading_id, held.token, "polite", ["high"], seq=6)
    save_field(held.reading_id, held.token, "clear", ["high"], seq=7)
    finish(held.reading_id, held.token)
    assert left_to_take_back(held) == []


def test_to_undo_what_was_refused_leaves_what_can_be_taken_back(held):
    type_in(held, {"visits": 2})
    with pytest.raises(Refused):
        save_field(held.reading_id, held.token, "visits", ["99"], seq=2)
    save_field(held.reading_id, held.token, "visits", ["2"], seq=2, undo=True)
    assert left_to_take_back(held) == [("visits", None, "")]


def test_a_form_is_finished_once_every_question_has_an_answer_or_a_note(room, held):
    type_in(held, {"received": "no", "polite": "high"})
    with pytest.raises(Refused) as refusal:
        finish(held.reading_id, held.token)
    assert places(refusal) == ["clear"]
    save_field(held.reading_id, held.token, "clear", [], note="blank", seq=3)
    assert finish(held.reading_id, held.token) == "accepted"
    assert room.answers(1) == [{"received": "no", "polite": "high"}]


def test_what_breaks_a_rule_on_paper_is_kept_and_stays_off_the_record(room, held):
    type_in(held, ANSWERS)
    save_field(held.reading_id, held.token, "visits", ["99"], note="impossible", seq=6)
    finish(held.reading_id, held.token)
    reading = db.session.get(FormReading, held.reading_id)
    assert (reading.answers["visits"], reading.notes) == (99, {"visits": "impossible"})
    assert "visits" not in room.answers(1)[0]


def test_answers_against_the_logic_are_kept_with_a_note_and_stay_off_the_record(room, held):
    type_in(held, ANSWERS | {"late": "yes", "reason": "thiếu người"})
    finish(held.reading_id, held.token)
    reading = db.session.get(FormReading, held.reading_id)
    assert reading.answers["reason"] == "thiếu người"
    assert reading.notes == {"late": "off_route", "reason": "off_route"}
    assert room.answers(1) == [ANSWERS]
    assert note_counts(room.made.survey.id) == {"off_route": {"late": 1, "reason": 1}}


def test_nobody_finishes_or_saves_what_they_do_not_hold(held):
    with pytest.raises(Refused):
        finish(held.reading_id, uuid.uuid4())
    with pytest.raises(Refused):
        finish(held.reading_id + 1, held.token)
    with pytest.raises(Refused):
        save_field(held.reading_id, uuid.uuid4(), "visits", ["2"], seq=1)


def test_a_scanned_form_is_a_response_too_and_is_not_keyed_any_more(room):
    assert scan(room, 2, ANSWERS, room.lan) == "accepted"
    assert db.session.scalars(sa.select(Response.mode)).one() == "scanned"
    with pytest.raises(Refused):
        claim(room.batch.id, room.mai, "first", number=2)
    with pytest.raises(Refused):
        scan(room, 2, ANSWERS, room.lan)


def test_a_form_that_somebody_keys_is_not_taken_by_the_machine(room, held):
    with pytest.raises(Refused):
        scan(room, held.number, ANSWERS, None)


def test_forms_keyed_one_after_the_other_take_the_next_number(room):
    assert [key(room, room.lan)[0] for _ in range(3)] == [1, 2, 3]


def test_a_form_counts_as_returned_with_its_first_field_and_not_before(room, held):
    assert (room.form(1).state, room.events(1)) == ("printed", ["printed"])
    save_field(held.reading_id, held.token, "received", ["no"], seq=1)
    assert (room.form(1).state, room.events(1)) == ("returned", ["printed", "returned"])
    save_field(held.reading_id, held.token, "received", ["no"], seq=1)
    assert room.events(1) == ["printed", "returned"]
