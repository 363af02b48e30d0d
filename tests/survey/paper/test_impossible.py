"""What was noted as impossible beside an answer that was mistyped goes on record once that one is right."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from questionnaires.parse import parse
from survey.collection import Refused, correct
from survey.collection.paper import (
    Plan,
    claim,
    finish,
    item_errors,
    note_counts,
    save_field,
    set_plan,
    settle,
)
from survey.collection.paper.comparing import Entries
from survey.collection.paper.reading import with_possible
from survey.db import db
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_round, make_user, words
from tests.survey.paper.room import Room, printed

RULES = copy.deepcopy(SMALL_QUESTIONNAIRE) | {"code": "rules"}
RULES["sections"][0]["questions"] += [
    {
        "code": code,
        "kind": "integer",
        "text": words("Trong đó", "Of these"),
        "constraint": f". <= ${{{bound}}}",
        "constraint_message": words("Không nhiều hơn", "Not more"),
    }
    for code, bound in (("again", "visits"), ("alone", "again"))
]
GIVEN = {"received": "no", "visits": 2, "polite": "high", "clear": "low"}


@pytest.fixture
def room() -> Room:
    """`again` may be no more than `visits`."""
    made = make_round(db.session, questionnaire=RULES)
    lan, mai, thu = (make_user(db.session, role) for role in ("enumerator", "enumerator", "supervisor"))
    (batch,) = printed(made, thu, 1, plan="none")
    return Room(made, batch, lan, mai, thu)


def key(room: Room, person, kind: str, *steps: tuple[str, Any] | tuple[str, Any, str]) -> str:
    """Key GIVEN, but for these items, each with a note or none."""
    named = {item for item, *_ in steps}
    fields = [(item, value) for item, value in GIVEN.items() if item not in named] + list(steps)
    held = claim(room.batch.id, person, kind, number=1)
    for seq, (item, value, *note) in enumerate(fields, 1):
        save_field(held.reading_id, held.token, item, [str(value)], note="".join(note), seq=seq)
    return finish(held.reading_id, held.token)


def test_an_answer_is_possible_once_the_other_is_typed_right(room):
    assert (
        key(room, room.lan, "first", ("visits", 2), ("again", 5, "impossible"), ("visits", 20)) == "accepted"
    )
    assert room.answers(1) == [GIVEN | {"visits": 20, "again": 5}]
    assert "impossible" not in note_counts(room.made.survey.id)


def test_what_is_impossible_still_is_left_out(room):
    key(room, room.lan, "first", ("again", 5, "impossible"), ("visits", 3))
    assert "again" not in room.answers(1)[0]
    assert note_counts(room.made.survey.id)["impossible"]["again"] == 1


@pytest.mark.parametrize("is_response", [False, True])
def test_an_answer_is_possible_once_the_other_is_settled(room, is_response):
    if not is_response:
        set_plan(room.batch, Plan("all"), room.thu)
    key(room, room.lan, "first", ("visits", 2), ("again", 5, "impossible"))
    set_plan(room.batch, Plan("all"), room.thu)
    assert key(room, room.mai, "second", ("visits", 20), ("again", 5)) == "disputed"
    assert settle(room.form(1).id, "visits", ["20"], room.thu) == "accepted"
    assert room.answers(1)[-1] == GIVEN | {"visits": 20, "again": 5}
    assert {item for item, rate in item_errors(room.made.survey.id).items() if rate.wrong} == {"visits"}


def test_what_is_settled_as_impossible_is_left_out_beside_what_staff_corrected(room):
    """Both read 5 of 20, staff corrected the 20 to 4; then another item differs. There is a way out."""
    key(room, room.lan, "first", ("visits", 3), ("again", 5, "impossible"))
    correct(room.form(1).response, room.answers(1)[0] | {"visits": 4}, room.thu, "gọi lại")
    set_plan(room.batch, Plan("all"), room.thu)
    key(room, room.mai, "second", ("visits", 3), ("again", 5, "impossible"), ("polite", "low"))
    assert settle(room.form(1).id, "polite", ["low"], room.thu) == "accepted"
    assert room.answers(1)[-1] == GIVEN | {"visits": 4, "polite": "low"}


def test_a_rule_broken_with_what_staff_corrected_is_told_and_can_be_noted(room):
    key(room, room.lan, "first", ("visits", 20))
    correct(room.form(1).response, room.answers(1)[0] | {"visits": 4}, room.thu, "gọi lại")
    set_plan(room.batch, Plan("all"), room.thu)
    key(room, room.mai, "second", ("visits", 20), ("again", 5))
    form_id = room.form(1).id
    with pytest.raises(Refused) as refusal:
        settle(form_id, "again", ["5"], room.thu)
    assert [fault.place for fault in refusal.value.faults] == ["again"]
    assert settle(form_id, "again", ["5"], room.thu, note="impossible") == "accepted"
    assert room.answers(1)[-1] == GIVEN | {"visits": 4}


@pytest.mark.parametrize(
    ("answers", "impossible", "left"),
    [
        ({"visits": 20, "again": 5, "alone": 3}, {"again", "alone"}, set()),
        ({"visits": 20, "again": 5, "alone": 9}, {"again", "alone"}, {"alone"}),
        ({"visits": 99, "again": 5}, {"visits", "again"}, {"visits", "again"}),
        ({"visits": 3, "again": 5}, {"visits", "again"}, {"again"}),
        ({"visits": 3, "late": "yes"}, {"late"}, {"late"}),  # not asked: nobody knows
    ],
)
def test_notes_are_dropped_one_by_one_as_long_as_nothing_else_breaks(answers, impossible, left):
    entries = Entries(GIVEN | answers, dict.fromkeys(impossible, "impossible") | {"polite": "blank"})
    found = with_possible(parse(RULES), entries)
    assert {item for item, note in found.notes.items() if note == "impossible"} == left
    assert (found.answers, found.notes["polite"]) == (entries.answers, "blank")


def test_what_comes_back_breaks_no_other_answer():
    """`again` stands beside no answer to `visits`; it would not beside this one, sound as that is alone."""
    rules = copy.deepcopy(RULES)
    rules["sections"][0]["questions"][-2]["constraint"] = "not(. > ${visits})"
    entries = Entries(GIVEN | {"visits": 3, "again": 5}, {"visits": "impossible"})
    assert with_possible(parse(rules), entries).notes == {"visits": "impossible"}
