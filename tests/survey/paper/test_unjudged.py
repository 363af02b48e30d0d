"""Whose keying nobody can judge yet is named, until all that was chosen is compared."""

from __future__ import annotations

import pytest

from survey.collection.paper import Unjudged, close_batch, reject_form, settle, unjudged
from survey.models import Survey
from tests.survey.paper.room import Room, key, make_room
from tests.survey.paper.test_closing import key_some, wanted


def named(room: Room) -> list[Unjudged]:
    return unjudged(Survey.id == room.made.survey.id)


def of(room: Room, missing: int, second: int, disputed: int) -> list[Unjudged]:
    return [Unjudged(room.made.survey.code, room.batch.code, missing, second, disputed)]


def test_a_batch_is_unjudged_until_its_sample_is_compared():
    room = make_room(forms=6, plan="acceptance", sample_size=2, acceptance_number=0)
    assert named(room) == []  # nothing of it counts
    key_some(room, 4, polite="low")
    assert named(room) == of(room, 2, len(wanted(room)), 0)
    close_batch(room.batch, room.thu)
    assert named(room) == of(room, 0, 2, 0)
    first, second = wanted(room)
    key(room, room.mai, "second", number=first, polite="low")
    key(room, room.mai, "second", number=second)
    assert named(room) == of(room, 0, 0, 1)
    settle(room.form(second).id, "polite", ["low"], room.thu)
    assert named(room) == []


def test_a_batch_that_is_keyed_twice_whole_waits_for_that_alone():
    room = make_room(forms=6, plan="all")
    key_some(room, 2)
    assert named(room) == of(room, 0, 2, 0)
    for number in wanted(room):
        key(room, room.mai, "second", number=number)
    assert named(room) == []


@pytest.mark.parametrize("plan", [{}, {"plan": "share", "verify_share": 50}])
def test_nothing_is_said_of_what_needs_no_verdict_or_counts_nowhere(plan):
    room = make_room(forms=2, **plan)
    key_some(room, 1)
    assert bool(named(room)) is bool(plan)
    reject_form(room.form(1).id, room.thu, "không đọc được")
    assert named(room) == []


def test_other_surveys_are_left_out():
    room = make_room(forms=3, plan="all")
    key_some(room, 1)
    assert unjudged(Survey.id != room.made.survey.id) == []
