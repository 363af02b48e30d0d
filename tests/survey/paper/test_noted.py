"""What paper says beyond its record is told of forms whose answers may be shown, as it was settled last."""

from __future__ import annotations

import pytest

from survey.collection import correct
from survey.collection.paper import (
    Noted,
    Plan,
    claim,
    finish,
    noted_in,
    noted_on,
    save_field,
    set_plan,
    settle,
)
from survey.db import db
from survey.models import PaperForm
from tests.survey.factory import ANSWERS
from tests.survey.paper.odd import key_odd
from tests.survey.paper.room import Room, key, make_room
from tests.survey.queries import statements

TOLD = [
    Noted("late", "off_route", "yes"),
    Noted("visits", "impossible", 44),
    Noted("polite", "unreadable", None),
]


@pytest.fixture
def room() -> Room:
    return make_room(forms=6, plan="none")


def test_each_note_is_told_with_what_the_paper_says(room):
    key_odd(room, room.lan)
    key(room, room.lan)
    assert room.answers(1) == [
        {item: value for item, value in ANSWERS.items() if item not in ("visits", "polite")}
    ]
    assert noted_on(room.form(1)) == TOLD
    assert noted_on(room.form(2)) == []
    assert noted_in(PaperForm.batch_id == room.batch.id) == {room.form(1): TOLD}


def test_a_blank_says_no_more_than_the_record(room):
    key(room, room.lan, polite=None)
    assert noted_on(room.form(1)) == []


def test_nothing_is_told_until_a_second_person_has_keyed_the_form(room):
    key_odd(room, room.lan)
    set_plan(room.batch, Plan("all"), room.thu)
    assert noted_in(PaperForm.batch_id == room.batch.id) == {}
    key_odd(room, room.mai, "second")
    assert noted_on(room.form(1)) == TOLD


def test_what_was_settled_is_told_over_what_was_keyed(room):
    set_plan(room.batch, Plan("all"), room.thu)
    key_odd(room, room.lan)
    assert key_odd(room, room.mai, "second", {"late": ("yes", "")}) == "disputed"
    settle(room.form(1).id, "visits", [], room.thu, note="unreadable")
    assert settle(room.form(1).id, "polite", ["high"], room.thu) == "accepted"
    assert noted_on(room.form(1)) == [TOLD[0], Noted("visits", "unreadable", None)]


def test_what_a_settlement_leaves_unasked_is_told(room):
    """Neither reading noted it: both were asked, by an answer that both had wrong or differently."""
    set_plan(room.batch, Plan("all"), room.thu)
    said = {"late": ("no", ""), "received": ("yes", "")}
    key_odd(room, room.lan, odd=said)
    key_odd(room, room.mai, "second", said, visits=3)
    settle(room.form(1).id, "received", ["no"], room.thu)
    assert settle(room.form(1).id, "visits", ["3"], room.thu) == "accepted"
    assert noted_on(room.form(1)) == [Noted("late", "off_route", "no")]


def test_what_staff_corrected_is_told_unless_the_record_says_the_same_now(room):
    key_odd(room, room.lan)
    record = room.answers(1)[0]
    correct(room.form(1).response, record | {"visits": 4, "polite": "low"}, room.thu, "gọi lại")
    assert noted_on(room.form(1)) == TOLD
    correct(
        room.form(1).response,
        record | {"received": "yes", "late": "yes"},
        room.thu,
        "gọi lại",
        with_blanks=True,
    )
    assert noted_on(room.form(1)) == TOLD[1:]


def test_a_second_reading_tells_nothing_before_it_is_ended_and_settled(room):
    key(room, room.lan)
    set_plan(room.batch, Plan("all"), room.thu)
    held = claim(room.batch.id, room.mai, "second")
    save_field(held.reading_id, held.token, "visits", ["44"], note="impossible", seq=1)
    room.form(1).second_wanted = False  # whoever keys it again was not waited for
    assert noted_on(room.form(1)) == []
    room.form(1).second_wanted = True
    for seq, item in enumerate(("received", "polite", "clear", "improve"), 2):
        texts = ANSWERS[item] if isinstance(ANSWERS[item], list) else [ANSWERS[item]]
        save_field(held.reading_id, held.token, item, texts, seq=seq)
    assert finish(held.reading_id, held.token) == "disputed"
    assert noted_on(room.form(1)) == []
    assert settle(room.form(1).id, "visits", ["44"], room.thu, note="impossible") == "accepted"
    assert noted_on(room.form(1)) == [TOLD[1]]


def test_more_forms_take_no_more_statements(room):
    def sent() -> int:
        db.session.expire_all()
        with statements() as found:
            noted_in(PaperForm.batch_id == batch_id)
        return len(found)

    batch_id = room.batch.id
    key_odd(room, room.lan)
    first = sent()
    for _ in range(4):
        key_odd(room, room.lan)
    assert sent() == first
    assert len(noted_in(PaperForm.batch_id == batch_id)) == 5
