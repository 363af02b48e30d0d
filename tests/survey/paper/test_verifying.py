"""A second person keys the form again; where the two differ a third one settles it."""

from __future__ import annotations

import pytest

from survey.collection import Refused, correct
from survey.collection.paper import (
    batch_errors,
    differences_of,
    item_errors,
    keyer_errors,
    reject_form,
    settle,
    wrong_forms,
)
from survey.db import db
from tests.survey.factory import ANSWERS
from tests.survey.paper.room import key, make_room, responses, scan


@pytest.fixture
def room():
    return make_room(plan="all")


@pytest.fixture
def disputed(room):
    """Form 1, keyed twice: the keyers differ on two items."""
    key(room, room.lan, polite="low", visits=None)
    assert key(room, room.mai, "second") == (1, "disputed")
    return room.form(1)


def test_two_readings_that_agree_make_the_response(room):
    assert key(room, room.lan) == (1, "entered")
    assert responses() == 0
    assert key(room, room.mai, "second") == (1, "accepted")
    form = room.form(1)
    assert form.checked_by == room.mai
    assert room.answers(1) == [ANSWERS]
    assert room.events(1) == ["printed", "returned", "entered", "verified", "accepted"]
    assert batch_errors(room.batch.id).as_details() == {"wrong": 0, "checked": 8}


def test_differences_are_named_item_by_item(room, disputed):
    found = [(each.item, each.first, each.second, each.first_note) for each in differences_of(disputed)]
    assert found == [("visits", None, 2, "blank"), ("polite", "low", "high", "")]
    assert responses() == 0


def test_a_third_person_settles_and_the_form_is_accepted(room, disputed):
    assert settle(disputed.id, "polite", ["low"], room.thu) == "disputed"
    assert settle(disputed.id, "visits", ["2"], room.thu) == "accepted"
    assert room.answers(1) == [ANSWERS | {"polite": "low"}]
    assert room.form(1).checked_by == room.thu
    assert room.events(1)[-3:] == ["disputed", "verified", "accepted"]


def test_who_keyed_the_form_settles_nothing(room, disputed):
    for person in (room.lan, room.mai):
        with pytest.raises(Refused):
            settle(disputed.id, "polite", ["low"], person)


def test_what_both_read_may_be_settled_otherwise(room, disputed):
    settle(disputed.id, "clear", ["low"], room.thu)
    settle(disputed.id, "polite", ["high"], room.thu)
    settle(disputed.id, "visits", [], room.thu, note="unreadable")
    assert room.answers(1) == [{"received": "no", "polite": "high", "clear": "low", "improve": ["time"]}]


def test_a_settlement_that_breaks_a_rule_is_refused_and_another_can_be_given(room, disputed):
    settle(disputed.id, "polite", ["high"], room.thu)
    with pytest.raises(Refused) as refusal:
        settle(disputed.id, "visits", ["99"], room.thu)
    assert refusal.value.faults[0].place == "visits"
    assert room.form(1).state == "disputed"
    assert settle(disputed.id, "visits", ["3"], room.thu) == "accepted"
    assert room.answers(1)[0]["visits"] == 3


def test_errors_are_counted_for_keyers_and_items(room, disputed):
    """Lan was wrong on one item of eight, Mai on the other; form 2 both read alike."""
    settle(disputed.id, "polite", ["low"], room.thu)
    settle(disputed.id, "visits", ["2"], room.thu)
    key(room, room.lan)
    key(room, room.mai, "second")
    by_keyer = {user.id: rate.as_details() for user, rate in keyer_errors(room.made.survey.id)}
    wrong_once = {"wrong": 1, "checked": 16}
    assert by_keyer == {room.lan.id: wrong_once, room.mai.id: wrong_once}
    assert batch_errors(room.batch.id).as_details() == wrong_once
    assert wrong_forms(room.batch.id) == 1
    items = {item: rate.as_details() for item, rate in item_errors(room.made.survey.id).items()}
    assert items["visits"] == {"wrong": 1, "checked": 2}
    assert items["polite"] == {"wrong": 0, "checked": 2}
    asked = {"received", "visits", "visited_on", "polite", "clear", "improve", "ethnicity", "comment"}
    assert items.keys() == asked


def test_what_the_machine_read_wrongly_is_no_error_of_who_settled_its_doubts(room):
    scan(room, 1, ANSWERS | {"visits": 3}, room.lan)
    key(room, room.mai, "second")
    settle(room.form(1).id, "visits", ["2"], room.thu)
    by_keyer = [(user and user.id, rate.wrong) for user, rate in keyer_errors(room.made.survey.id)]
    assert by_keyer == [(room.mai.id, 0), (None, 1)]


def test_words_by_hand_differ_by_more_than_capitals_and_spaces(room):
    key(room, room.lan, comment="Cần thêm  ghế")
    assert key(room, room.mai, "second", comment="cần thêm ghế")[1] == "accepted"
    assert room.answers(1)[0]["comment"] == "Cần thêm  ghế"
    key(room, room.lan, comment="Cần thêm ghế")
    assert key(room, room.mai, "second", comment="Cần thêm bàn ghế")[1] == "disputed"


def test_a_disputed_form_may_be_rejected_with_a_reason(room, disputed):
    with pytest.raises(Refused):
        reject_form(disputed.id, room.thu, " ")
    reject_form(disputed.id, room.thu, "Hai người cùng điền một phiếu")
    assert (room.form(1).state, responses()) == ("rejected", 0)
    with pytest.raises(Refused):
        settle(disputed.id, "polite", ["low"], room.thu)


def test_an_accepted_form_is_rejected_with_its_response(room):
    key(room, room.lan)
    key(room, room.mai, "second")
    reject_form(room.form(1).id, room.thu, "Trùng phiếu")
    assert (room.form(1).state, room.form(1).response.state) == ("rejected", "rejected")


def test_a_correction_between_two_readings_stands():
    """The batch is keyed again after its forms were accepted, and one of them corrected."""
    room = make_room(forms=1)
    key(room, room.lan, polite="low")
    correct(room.form(1).response, ANSWERS | {"visits": 5, "polite": "low"}, room.thu, "gọi lại")
    form = room.form(1)
    form.second_wanted = True
    db.session.commit()
    assert key(room, room.mai, "second") == (1, "disputed")
    assert settle(form.id, "polite", ["high"], room.thu) == "accepted"
    first, second, third = room.answers(1)
    assert (first["polite"], second["visits"]) == ("low", 5)
    assert third == second | {"polite": "high"}
    assert room.form(1).response.versions[-1].author == room.thu
