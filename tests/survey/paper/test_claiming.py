"""Who may key which form, and what becomes of one that is left in the middle."""

from __future__ import annotations

import datetime

import pytest

from questionnaires.faults import Fault
from survey.collection import Refused
from survey.collection.paper import (
    LEASE,
    claim,
    finish,
    mark_forms,
    open_readings,
    save_field,
)
from survey.collection.paper import saving as saving_module
from survey.collection.paper.second_keying import IN_OTHER_HANDS, NOT_FOR_YOU
from survey.db import db, now
from survey.models import FormReading
from tests.survey.factory import ANSWERS, make_batch, make_round, make_user
from tests.survey.paper.room import key, make_room, scan, type_in


def pass_time(monkeypatch, passed: datetime.timedelta) -> None:
    for module in (open_readings, saving_module):
        monkeypatch.setattr(module, "now", lambda: now() + passed)


def test_two_keyers_are_given_different_forms_and_each_finds_their_own_again():
    room = make_room()
    one, other = (claim(room.batch.id, person, "first") for person in (room.lan, room.mai))
    assert (one.number, other.number) == (1, 2)
    type_in(one, {"received": "no"})
    again = claim(room.batch.id, room.lan, "first")
    assert (again.number, again.answers, again.cursor, again.seq) == (1, {"received": "no"}, "received", 1)
    assert room.form(1).state == "returned"


def test_the_screen_left_behind_saves_nothing_once_another_holds_the_form():
    room = make_room()
    left = claim(room.batch.id, room.lan, "first")
    claim(room.batch.id, room.lan, "first")
    with pytest.raises(Refused):
        save_field(left.reading_id, left.token, "received", ["no"], seq=1)
    with pytest.raises(Refused):
        finish(left.reading_id, left.token)


def test_a_form_left_for_half_an_hour_goes_to_the_next_keyer_and_begins_anew(monkeypatch):
    room = make_room(forms=1)
    left = claim(room.batch.id, room.lan, "first")
    type_in(left, {"received": "no"})
    pass_time(monkeypatch, LEASE - datetime.timedelta(seconds=5))
    assert claim(room.batch.id, room.mai, "first") is None
    pass_time(monkeypatch, LEASE + datetime.timedelta(seconds=5))
    taken = claim(room.batch.id, room.mai, "first")
    assert (taken.number, taken.answers, taken.seq) == (1, {}, 0)
    with pytest.raises(Refused):
        save_field(left.reading_id, left.token, "visits", ["2"], seq=2)
    assert room.events(1) == ["printed", "returned", "taken_over"]


def test_each_field_saved_holds_the_form_for_longer(monkeypatch):
    room = make_room(forms=1)
    held = claim(room.batch.id, room.lan, "first")
    pass_time(monkeypatch, LEASE - datetime.timedelta(seconds=5))
    save_field(held.reading_id, held.token, "received", ["no"], seq=1)
    pass_time(monkeypatch, LEASE + datetime.timedelta(minutes=5))
    assert claim(room.batch.id, room.mai, "first") is None


def test_whoever_holds_a_paper_claims_it_by_its_number():
    room = make_room()
    assert claim(room.batch.id, room.lan, "first", number=3).number == 3
    with pytest.raises(Refused) as refusal:
        claim(room.batch.id, room.mai, "first", number=3)
    assert room.lan.full_name in str(refusal.value.faults[0].values["name"])
    with pytest.raises(Refused):
        claim(room.batch.id, room.mai, "first", number=99)
    assert claim(room.batch.id, room.mai, "first", after=3).number == 4


def test_a_form_that_is_gone_is_not_given_to_anybody():
    room = make_room(forms=2)
    mark_forms(room.batch, [1], "lost", room.thu, "rơi trên đường")
    with pytest.raises(Refused):
        claim(room.batch.id, room.lan, "first", number=1)
    assert claim(room.batch.id, room.lan, "first").number == 2


def test_forms_printed_elsewhere_are_known_once_they_are_claimed():
    made, lan, mai = make_round(db.session), make_user(db.session), make_user(db.session)
    batch = make_batch(db.session, made, forms_expected=2)
    assert [claim(batch.id, person, "first").number for person in (lan, mai)] == [1, 2]
    assert claim(batch.id, make_user(db.session), "first") is None
    assert claim(batch.id, make_user(db.session), "first", number=1201).number == 1201


def test_the_second_reading_is_somebody_elses_and_starts_from_nothing():
    room = make_room(plan="all")
    assert key(room, room.lan) == (1, "entered")
    assert claim(room.batch.id, room.lan, "second") is None
    with pytest.raises(Refused):
        claim(room.batch.id, room.lan, "second", number=1)
    second = claim(room.batch.id, room.mai, "second")
    assert (second.number, second.answers, second.notes) == (1, {}, {})


def test_of_a_form_in_other_hands_is_said_so_and_not_that_it_waits_for_nobody():
    room = make_room(forms=2, plan="all")
    key(room, room.lan)
    claim(room.batch.id, room.mai, "second", number=1)
    for number, template in ((1, IN_OTHER_HANDS), (2, NOT_FOR_YOU)):
        with pytest.raises(Refused) as refusal:
            claim(room.batch.id, room.thu, "second", number=number)
        assert refusal.value.faults == (Fault("number", template, {"number": number}),)


def test_the_first_keyer_does_not_take_over_a_second_reading_that_was_left(monkeypatch):
    room = make_room(forms=1, plan="all")
    key(room, room.lan)
    claim(room.batch.id, room.mai, "second")
    pass_time(monkeypatch, LEASE * 2)
    assert claim(room.batch.id, room.lan, "second") is None
    assert claim(room.batch.id, room.thu, "second").number == 1


def test_who_decided_what_a_scan_says_does_not_take_over_its_second_reading(monkeypatch):
    room = make_room(forms=1, plan="all")
    scan(room, 1, ANSWERS, room.lan)
    claim(room.batch.id, room.mai, "second")
    pass_time(monkeypatch, LEASE * 2)
    assert claim(room.batch.id, room.lan, "second") is None
    with pytest.raises(Refused):
        claim(room.batch.id, room.lan, "second", number=1)


def test_a_closed_batch_is_not_keyed():
    room = make_room()
    room.batch.closed = True
    db.session.commit()
    with pytest.raises(Refused):
        claim(room.batch.id, room.lan, "first")
    assert db.session.query(FormReading).count() == 0
