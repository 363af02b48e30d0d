"""The paper's own way: handed out, back, spoiled, refused, lost, archived; each step in the trail."""

from __future__ import annotations

import pytest

from survey.collection import Refused
from survey.collection.paper import archive_batch, archive_form, mark_forms
from survey.db import db
from tests.survey.factory import make_batch, make_round, make_user
from tests.survey.paper.room import key, make_room


def test_forms_go_out_and_come_back_and_every_step_is_noted():
    room = make_room(forms=3)
    mark_forms(room.batch, [1, 2, 3], "issued", room.thu)
    mark_forms(room.batch, [1], "returned", room.lan)
    mark_forms(room.batch, [2], "refused", room.lan, "Không muốn trả lời")
    mark_forms(room.batch, [3], "lost", room.lan, "Ướt mưa")
    mark_forms(room.batch, [3], "returned", room.lan)
    assert [room.form(n).state for n in (1, 2, 3)] == ["returned", "refused", "returned"]
    assert room.events(3) == ["printed", "issued", "lost", "returned"]
    assert [(e.reason, e.person) for e in room.form(2).events][-1] == ("Không muốn trả lời", room.lan)


def test_a_form_that_is_gone_needs_a_reason_and_nothing_is_marked_by_halves():
    room = make_room(forms=3)
    key(room, room.lan)
    with pytest.raises(Refused) as refusal:
        mark_forms(room.batch, [1, 2, 99], "spoiled", room.thu, "rách")
    assert [fault.place for fault in refusal.value.faults] == ["1", "99"]
    with pytest.raises(Refused):
        mark_forms(room.batch, [2], "spoiled", room.thu, "  ")
    assert room.form(2).state == "printed"


def test_marking_twice_changes_nothing():
    room = make_room(forms=1)
    for _ in range(2):
        mark_forms(room.batch, [1], "issued", room.thu)
    assert room.events(1) == ["printed", "issued"]


def test_a_form_printed_elsewhere_may_be_lost_before_anybody_keys_it():
    batch, person = make_batch(db.session, make_round(db.session)), make_user(db.session)
    mark_forms(batch, [4], "lost", person, "không về")
    mark_forms(batch, [5], "issued", person)
    assert [(form.number, form.state) for form in batch.forms] == [(4, "lost"), (5, "issued")]
    assert [[event.event for event in form.events] for form in batch.forms] == [["lost"], ["issued"]]


def test_only_what_is_done_goes_to_the_archive_once():
    room = make_room(forms=2)
    key(room, room.lan)
    assert archive_batch(room.batch, room.thu, "Kho A, hộp 3") == 1
    assert archive_batch(room.batch, room.thu, "Kho A, hộp 3") == 0
    assert (room.form(1).archived_on is None, room.form(2).archived_on is None) == (False, True)
    assert room.form(1).events[-1].reason == "Kho A, hộp 3"


def test_paper_that_somebody_is_still_to_key_again_stays_here():
    room = make_room(forms=2)
    key(room, room.lan)
    key(room, room.lan)
    room.form(1).second_wanted = True  # the batch was sent back
    db.session.commit()
    assert archive_batch(room.batch, room.thu, "Kho A") == 1
    assert room.form(1).archived_on is None
    with pytest.raises(Refused):
        archive_form(room.form(1).id, room.thu, "Kho A")
    key(room, room.mai, "second", number=1)
    assert archive_batch(room.batch, room.thu, "Kho A") == 1


def test_one_form_goes_to_the_archive_alone():
    room = make_room(forms=3)
    key(room, room.lan)
    key(room, room.lan)
    archive_form(room.form(2).id, room.thu, "Kho A, hộp 3")
    assert [room.form(n).archived_on is None for n in (1, 2)] == [True, False]
    assert room.events(2)[-1] == "archived"
    assert room.form(2).events[-1].reason == "Kho A, hộp 3"
    for number in (2, 3):  # there already; not keyed yet
        with pytest.raises(Refused):
            archive_form(room.form(number).id, room.thu, "Kho B")
    assert room.events(2).count("archived") == 1
