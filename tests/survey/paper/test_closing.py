"""A batch of which not all forms come back is judged by those that do, once it is closed."""

from __future__ import annotations

import itertools

import pytest
import sqlalchemy as sa

from survey.collection import Refused
from survey.collection.paper import (
    batch_errors,
    claim,
    close_batch,
    mark_forms,
    reopen_batch,
    settle,
)
from survey.collection.paper.basis import Basis, basis_of
from survey.collection.second_choice import chosen_of
from survey.db import db
from survey.models import AuditEntry, Batch, PaperForm
from tests.survey.paper.room import Room, key, make_room


def key_some(room: Room, count: int, **changed: object) -> None:
    for _ in range(count):
        key(room, room.lan, **changed)


def wanted(room: Room) -> list[int]:
    """The forms that wait for their second keying."""
    query = sa.select(PaperForm.number).filter_by(batch_id=room.batch.id, second_wanted=True)
    once = query.where(PaperForm.state.in_(("entered", "accepted")), PaperForm.checked_by_id.is_(None))
    return list(db.session.scalars(once.order_by(PaperForm.number)))


def compare_all(room: Room) -> int:
    """Key again whatever waits for it, `polite` right where it was wrong; the number of those forms."""
    numbers = wanted(room)
    for number in numbers:
        if key(room, room.mai, "second", number=number)[1] == "disputed":
            settle(room.form(number).id, "polite", ["high"], room.thu)
    return len(numbers)


def is_sent_back(room: Room) -> bool:
    return db.session.get_one(Batch, room.batch.id, populate_existing=True).rekey_all


def make_half(chosen: int, **plan: object) -> Room:
    """Of 20 forms 10 come back; by the batch's secret so many of these are among the forms drawn."""
    room = make_room(forms=20, **plan)
    batch = room.batch
    for seed in map(str, itertools.count()):
        batch.seed = seed
        if len(chosen_of(batch, range(1, 11))) == chosen:
            db.session.commit()
            return room
    raise AssertionError


def test_a_share_is_judged_by_the_forms_that_came_back():
    """On every form one item of eight is wrong, where 9 % may be."""
    room = make_half(2, plan="share", verify_share=25, error_limit=9)
    key_some(room, 10, polite="low")
    assert compare_all(room) == 2
    assert not is_sent_back(room)  # though the other 3 of 20 were right: 5 %
    close_batch(room.batch, room.thu)
    assert not is_sent_back(room)  # 2 of 24 items, if the third of 10 is right
    assert compare_all(room) == 1
    assert is_sent_back(room)
    assert compare_all(room) == 7
    assert batch_errors(room.batch.id).as_details() == {"wrong": 10, "checked": 80}


def test_a_batch_may_be_sent_back_by_its_closing():
    room = make_half(3, plan="share", verify_share=25, error_limit=8)
    key_some(room, 10, polite="low")
    compare_all(room)
    assert not is_sent_back(room)  # 3 of 40 items
    close_batch(room.batch, room.thu)
    assert is_sent_back(room)  # 3 of 24
    assert len(wanted(room)) == 7


@pytest.mark.parametrize("keyed", [3, 6, 10])
def test_an_acceptance_sample_is_filled_up_from_the_forms_that_came_back(keyed):
    room = make_half(4, plan="acceptance", sample_size=8, acceptance_number=1)
    key_some(room, keyed)
    close_batch(room.batch, room.thu)
    assert len(wanted(room)) == min(8, keyed)
    assert basis_of(room.batch) == Basis(keyed=keyed, chosen=min(8, keyed), compared=0, is_whole=True)


def test_the_share_is_one_of_the_forms_that_were_not_refused():
    room = make_half(2, plan="share", verify_share=30)
    key_some(room, 10)
    mark_forms(room.batch, range(11, 20), "refused", room.thu, "không trả lời")
    assert len(wanted(room)) == 2
    mark_forms(room.batch, [20], "lost", room.thu, "mưa")
    assert len(wanted(room)) == 3


def test_what_a_closed_batch_still_waits_for_is_judged_when_it_comes():
    room = make_room(forms=8, plan="acceptance", sample_size=3, acceptance_number=0)
    key_some(room, 4, polite="low")
    close_batch(room.batch, room.thu)
    assert not is_sent_back(room)
    number = wanted(room)[0]
    key(room, room.mai, "second", number=number)
    settle(room.form(number).id, "polite", ["high"], room.thu)
    assert is_sent_back(room)


def test_closing_again_changes_nothing_and_a_batch_opens_again():
    room = make_room(forms=4)
    for _ in range(2):
        close_batch(room.batch, room.thu)
    with pytest.raises(Refused):
        claim(room.batch.id, room.lan, "first")
    for _ in range(2):
        reopen_batch(room.batch)
    key(room, room.lan)
    query = sa.select(AuditEntry.action).where(AuditEntry.action.startswith("batch."))
    deeds = list(db.session.scalars(query.order_by(AuditEntry.id)))
    assert deeds[-2:] == ["batch.close", "batch.open"]
