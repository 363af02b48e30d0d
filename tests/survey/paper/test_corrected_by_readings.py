"""A form that is a response already is keyed again: what two readings lead to corrects the response, and what
staff corrected meanwhile stands.
"""

from __future__ import annotations

from typing import Any

import pytest

from survey.collection import correct
from survey.collection.paper import Plan, claim, finish, set_plan, settle
from tests.survey.factory import ANSWERS
from tests.survey.paper.room import Room, make_room, type_in

LATE = {**ANSWERS, "received": "yes", "late": "no"}
"""What the paper says: the answer to `late` is asked for only by that to `received`."""
SLIP = LATE | {"received": "no"}


def key_as(room: Room, person, kind: str, answers: dict[str, Any]) -> str:
    held = claim(room.batch.id, person, kind, number=1)
    type_in(held, answers)
    return finish(held.reading_id, held.token)


def accepted(answers: dict[str, Any]) -> Room:
    """A form accepted as it was keyed once, of a batch of which all are to be keyed again since."""
    room = make_room(plan="none")
    assert key_as(room, room.lan, "first", answers) == "accepted"
    set_plan(room.batch, Plan("all"), room.thu)
    return room


def corrected(room: Room, **changed: object) -> None:
    answers = {**room.answers(1)[-1], **changed}
    given = {item: value for item, value in answers.items() if value is not None}
    correct(room.form(1).response, given, room.thu, "gọi lại", with_blanks=True)


@pytest.mark.parametrize("is_response", [False, True])
def test_an_answer_both_read_goes_on_record_once_its_question_is_asked(is_response):
    if is_response:
        room = accepted(SLIP)
    else:
        room = make_room(plan="all")
        key_as(room, room.lan, "first", SLIP)
    assert key_as(room, room.mai, "second", LATE) == "disputed"
    assert settle(room.form(1).id, "received", ["yes"], room.thu) == "accepted"
    versions = room.answers(1)
    assert versions[-1] == LATE
    assert len(versions) == 1 + is_response


def test_two_readings_that_agree_change_nothing():
    room = accepted(SLIP)
    assert key_as(room, room.mai, "second", SLIP) == "accepted"
    assert len(room.answers(1)) == 1


def test_what_staff_corrected_stands_where_the_first_reading_was_right():
    """The settlement of `visits` says no more than that the paper says what was keyed first."""
    room = accepted(ANSWERS)
    corrected(room, visits=5, clear="low", improve=None)
    key_as(room, room.mai, "second", ANSWERS | {"visits": 3, "polite": "low"})
    settle(room.form(1).id, "polite", ["low"], room.thu)
    settle(room.form(1).id, "visits", ["2"], room.thu)
    *_, before, last = room.answers(1)
    assert (before["visits"], before["clear"]) == (5, "low")
    assert last == before | {"polite": "low"}
    assert "improve" not in last


def test_what_was_settled_stands_where_the_first_reading_was_wrong():
    room = accepted(ANSWERS)
    corrected(room, visits=5)
    key_as(room, room.mai, "second", ANSWERS | {"visits": 3})
    settle(room.form(1).id, "visits", ["3"], room.thu)
    assert [answers["visits"] for answers in room.answers(1)] == [2, 5, 3]


def test_a_filter_that_staff_corrected_stands_with_what_it_asks_for():
    room = accepted(SLIP)
    corrected(room, received="yes", late="yes", reason="Thiếu giấy tờ")
    key_as(room, room.mai, "second", SLIP | {"polite": "low"})
    settle(room.form(1).id, "polite", ["low"], room.thu)
    assert room.answers(1)[-1] == room.answers(1)[-2] | {"polite": "low"}
    assert room.answers(1)[-1]["late"] == "yes"


def test_a_blank_that_staff_confirmed_stays_blank():
    room = accepted(SLIP)
    corrected(room, received="yes")
    assert key_as(room, room.mai, "second", SLIP) == "accepted"
    assert len(room.answers(1)) == 2
    assert "late" not in room.answers(1)[-1]


def test_a_filter_that_staff_corrected_stands_though_the_paper_says_what_was_keyed_first():
    room = accepted(LATE)
    corrected(room, received="no", late=None)
    key_as(room, room.mai, "second", SLIP)
    assert settle(room.form(1).id, "received", ["yes"], room.thu) == "accepted"
    assert len(room.answers(1)) == 2
    assert "late" not in room.answers(1)[-1]
