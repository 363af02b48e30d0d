"""A survey is closed with its batches of paper: each is judged by the forms that came back."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import Refused, SurveyClosed
from survey.collection.paper import (
    Held,
    claim,
    close_batch,
    close_batches_of,
    finish,
    reopen_batch,
    reopen_batches_of,
    settle,
)
from survey.collection.paper.basis import Basis, basis_of
from survey.collection.transaction import transaction
from survey.db import db
from survey.fieldwork.state_pages import locked_survey
from survey.models import AuditEntry, Batch, User
from tests.survey.exactly_once.racing import at_once
from tests.survey.factory import ANSWERS, make_user
from tests.survey.paper.room import Room, key, make_room, printed, type_in
from tests.survey.paper.test_closing import compare_all, is_sent_back, key_some, make_half, wanted


def close_survey(room: Room) -> int:
    with transaction():
        room.made.survey.state = "closed"
        return close_batches_of(room.made.survey.id, room.thu)


def open_survey(room: Room) -> None:
    with transaction():
        room.made.survey.state = "open"
        reopen_batches_of(room.made.survey.id)


def fresh(batch: Batch) -> Batch:
    return db.session.get_one(Batch, batch.id, populate_existing=True)


def test_a_batch_may_be_sent_back_as_its_survey_closes():
    room = make_half(3, plan="share", verify_share=25, error_limit=8)
    key_some(room, 10, polite="low")
    compare_all(room)
    assert not is_sent_back(room)  # 3 of 40 items
    assert close_survey(room) == 1
    assert is_sent_back(room)  # 3 of 24
    assert compare_all(room) == 7  # after the survey's end


def test_a_sample_is_filled_up_and_judged_when_its_second_keyings_come():
    room = make_half(4, plan="acceptance", sample_size=8, acceptance_number=1)
    key_some(room, 6, polite="low")
    close_survey(room)
    numbers = wanted(room)
    assert len(numbers) == 6
    for number in numbers[:2]:
        key(room, room.mai, "second", number=number)
        settle(room.form(number).id, "polite", ["high"], room.thu)
    assert is_sent_back(room)


def test_only_open_batches_close_with_the_survey_and_open_with_it():
    room = make_room(forms=4)
    by_hand, other = printed(room.made, room.thu, 2, 2)
    close_batch(by_hand, room.thu)
    assert close_survey(room) == 2
    assert [fresh(each).closed for each in (room.batch, by_hand, other)] == [True] * 3
    with pytest.raises(SurveyClosed):
        reopen_batch(other)
    with pytest.raises(Refused):
        claim(room.batch.id, room.lan, "first")
    assert close_survey(room) == 0
    open_survey(room)
    assert [fresh(each).closed for each in (room.batch, by_hand, other)] == [False, True, False]
    key(room, room.lan)
    reopen_batch(by_hand)
    assert not fresh(by_hand).closed


def test_what_was_decided_stays_when_the_survey_opens_again():
    room = make_half(3, plan="share", verify_share=25, error_limit=8)
    key_some(room, 10, polite="low")
    compare_all(room)
    close_survey(room)
    open_survey(room)
    assert is_sent_back(room)
    key_some(room, 1)
    assert room.form(11).second_wanted


def test_each_batch_notes_what_waited_in_it():
    room = make_room(forms=4, plan="all")
    key_some(room, 1)
    close_survey(room)
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(action="batch.close")).one()
    assert entry.details == {"unread": 3, "doubtful": 0, "second": 1, "disputed": 0}


@pytest.mark.parametrize("plan", [{}, {"plan": "acceptance", "sample_size": 20, "acceptance_number": 0}])
def test_forms_finished_at_the_same_moment_are_judged_or_refused(app: Flask, plan: dict[str, object]):
    """None is left out, and nobody waits in a circle: who finishes holds the batch and then refers to the
    survey by a response, who closes holds the survey and then the batch.
    """
    room = make_room(forms=20, **plan)
    held = [a_form_keyed(room) for _ in range(6)]
    survey_id, thu_id = room.made.survey.id, room.thu.id
    db.session.commit()

    def close() -> str:
        with transaction():
            locked_survey(survey_id).state = "closed"
            db.session.flush()
            close_batches_of(survey_id, db.session.get_one(User, thu_id))
        return "closed"

    states = at_once(app, [close, *(partial(finished, each) for each in held)])[1:]
    db.session.expire_all()
    taken = [each.number for each, state in zip(held, states, strict=True) if state != "refused"]
    assert wanted(room) == (taken if plan else [])
    assert basis_of(room.batch) == Basis(len(taken), len(wanted(room)), 0, is_whole=True)


def a_form_keyed(room: Room) -> Held:
    """By a keyer who has it open still."""
    held = claim(room.batch.id, make_user(db.session), "first")
    assert held is not None
    type_in(held, ANSWERS)
    return held


def finished(held: Held) -> str:
    try:
        return finish(held.reading_id, held.token)
    except (Refused, SurveyClosed):
        return "refused"
