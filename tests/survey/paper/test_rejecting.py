"""A form that is rejected leaves the sample and its batch in order, whoever keys and settles meanwhile."""

from __future__ import annotations

import itertools

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import Refused, reject
from survey.collection.paper import (
    Plan,
    batch_errors,
    claim,
    finish,
    keyer_errors,
    reject_form,
    set_plan,
    settle,
)
from survey.collection.second_choice import is_chosen
from survey.db import db
from survey.models import AuditEntry, FormReading, PaperForm, Response, User
from tests.survey.exactly_once.racing import at_once
from tests.survey.factory import ANSWERS, make_user
from tests.survey.paper.room import Room, key, make_room, type_in

WHY = "trùng phiếu"


def chosen_and_others(room: Room) -> tuple[list[int], list[int]]:
    numbers = range(1, room.batch.forms_expected + 1)
    chosen = [number for number in numbers if is_chosen(room.batch, number)]
    return chosen, [number for number in numbers if number not in chosen]


def key_all(room: Room, numbers: list[int], *mistaken: int) -> None:
    for number in numbers:
        key(room, room.lan, number=number, polite="low" if number in mistaken else "high")


def is_sent_back(room: Room) -> bool:
    db.session.refresh(room.batch)
    return room.batch.rekey_all


def wanted(room: Room) -> set[int]:
    """The forms that wait for their second keying."""
    query = sa.select(PaperForm.number).filter_by(batch_id=room.batch.id, second_wanted=True)
    unchecked = query.where(PaperForm.state.in_(("entered", "accepted")), PaperForm.checked_by_id.is_(None))
    return set(db.session.scalars(unchecked))


@pytest.mark.parametrize("by_response", [False, True])
def test_a_form_rejected_before_its_second_keying_is_replaced_in_the_sample(by_response):
    room = make_room(forms=8)
    key_all(room, list(range(1, 9)))
    set_plan(room.batch, Plan("acceptance", sample_size=3, acceptance_number=1), room.thu)
    first, *rest = chosen_and_others(room)[0]
    assert wanted(room) == {first, *rest}
    if by_response:
        reject(room.form(first).response, room.thu, WHY)
    else:
        reject_form(room.form(first).id, room.thu, WHY)
    (newcomer,) = wanted(room) - set(rest)
    assert newcomer != first
    assert room.events(newcomer)[-1] == "rekeyed"


def test_a_form_rejected_after_its_comparison_stays_in_the_sample():
    """What its keying was like is known, and does not become unknown when the form is taken out."""
    room = make_room(forms=6, plan="acceptance", sample_size=2, acceptance_number=1)
    chosen, others = chosen_and_others(room)
    key_all(room, [*others, *chosen])
    key(room, room.mai, "second", number=chosen[0])
    reject_form(room.form(chosen[0]).id, room.thu, WHY)
    assert wanted(room) == {chosen[1]}
    assert batch_errors(room.batch.id).checked == 8


def test_a_dispute_that_is_rejected_counts_as_wrong_where_nobody_settled_it():
    room = make_room(forms=6, plan="acceptance", sample_size=2, acceptance_number=1)
    chosen, others = chosen_and_others(room)
    key_all(room, others)
    key(room, room.lan, number=chosen[0], polite="low", clear="low", visits=4)
    assert key(room, room.mai, "second", number=chosen[0], clear="high")[1] == "disputed"
    settle(room.form(chosen[0]).id, "clear", ["low"], room.thu)
    settle(room.form(chosen[0]).id, "visits", ["2"], room.thu)
    reject_form(room.form(chosen[0]).id, room.thu, WHY)
    key_all(room, chosen[1:])
    assert wanted(room) == {chosen[1]}  # compared is compared: nobody takes the place of the first
    errors = {user.id: rate.as_details() for user, rate in keyer_errors(room.made.survey.id)}
    assert errors[room.lan.id] == {"wrong": 2, "checked": 8}  # visits, as settled; polite, as nobody knows
    assert errors[room.mai.id] == {"wrong": 2, "checked": 8}  # clear, as settled; polite
    assert batch_errors(room.batch.id).as_details() == {"wrong": 2, "checked": 8}


@pytest.mark.parametrize("is_second_keyed", [False, True])
def test_who_rejects_the_forms_of_a_sample_hides_no_errors(is_second_keyed):
    """Every form is wrong, none may be; the forms chosen are rejected one after the other."""
    room = make_room(forms=6, plan="acceptance", sample_size=2, acceptance_number=0)
    key_all(room, list(range(1, 7)), *range(1, 7))
    for _ in range(2):
        number = min(wanted(room))
        if is_second_keyed:
            assert key(room, room.mai, "second", number=number)[1] == "disputed"
        reject_form(room.form(number).id, room.thu, WHY)
    assert is_sent_back(room) == is_second_keyed
    assert len(wanted(room)) == (4 if is_second_keyed else 2)


@pytest.mark.parametrize("by_response", [False, True])
def test_the_verdict_falls_when_the_last_form_that_was_waited_for_is_rejected(by_response):
    """1 of 8 items is wrong where 10 % may be: sure only once nothing else is to come."""
    room = make_room(forms=4, plan="share", verify_share=50, error_limit=10)
    chosen, others = chosen_and_others(room)
    key_all(room, [*chosen, *others[:1]], chosen[0])
    key(room, room.mai, "second", number=chosen[0])
    settle(room.form(chosen[0]).id, "polite", ["high"], room.thu)
    for number in (chosen[1], others[0]):
        assert not is_sent_back(room)
        reject_form(room.form(number).id, room.thu, WHY)
    key(room, room.lan, number=others[1])
    assert wanted(room) == {others[1]}
    assert not is_sent_back(room)
    form = room.form(others[1])
    if by_response:
        reject(form.response, room.thu, WHY)
    else:
        reject_form(form.id, room.thu, WHY)
    assert is_sent_back(room)
    assert db.session.scalars(sa.select(AuditEntry).filter_by(action="batch.rekey")).one().details == {
        "errors": {"wrong": 1, "checked": 8}
    }


def test_without_a_reason_or_twice_nothing_is_rejected():
    room = make_room(forms=2)
    key(room, room.lan)
    response = room.form(1).response
    with pytest.raises(Refused):
        reject(response, room.thu, " ")
    assert (room.form(1).state, response.state) == ("accepted", "accepted")
    reject(response, room.thu, WHY)
    for again in (
        lambda: reject(response, room.thu, WHY),
        lambda: reject_form(room.form(1).id, room.thu, WHY),
    ):
        with pytest.raises(Refused):
            again()
    assert room.events(1).count("rejected") == 1


class Somebody:
    """At work in a batch until nothing is left for them."""

    def __init__(self, room: Room, person_id: int) -> None:
        self.batch_id, self.person_id = room.batch.id, person_id

    def keys(self) -> None:
        while any([self.keys_one("first"), self.keys_one("second")]):
            pass

    def keys_one(self, kind: str) -> bool:
        """A second reading differs in each third form; what is rejected meanwhile is let be."""
        held = claim(self.batch_id, db.session.get_one(User, self.person_id), kind)
        if held is None:
            return False
        is_wrong = kind == "second" and held.number % 3 == 0
        try:
            type_in(held, ANSWERS | ({"polite": "low"} if is_wrong else {}))
            finish(held.reading_id, held.token)
        except Refused:
            db.session.rollback()
        return True

    def settles(self) -> None:
        for number in itertools.islice(itertools.cycle(range(1, 31)), 60):
            form = self.form(number)
            if form is not None and form.state == "disputed":
                try:
                    settle(form.id, "polite", ["high"], db.session.get_one(User, self.person_id))
                except Refused:
                    db.session.rollback()
            db.session.remove()

    def rejects(self, numbers: range, *, as_responses: bool) -> None:
        left = set(numbers)
        for number in itertools.islice(itertools.cycle(numbers), 40 * len(numbers)):
            form = self.form(number)
            if number in left and form is not None and form.state in ("entered", "disputed", "accepted"):
                person = db.session.get_one(User, self.person_id)
                try:
                    if as_responses and form.response is not None:
                        reject(form.response, person, WHY)
                    else:
                        reject_form(form.id, person, WHY)
                    left.discard(number)
                except Refused:
                    db.session.rollback()
            db.session.remove()

    def form(self, number: int) -> PaperForm | None:
        query = sa.select(PaperForm).filter_by(batch_id=self.batch_id, number=number)
        return db.session.scalars(query).one_or_none()


def test_forms_are_rejected_while_others_key_and_settle_them(app: Flask) -> None:
    """Nobody waits in a circle; a rejected form's response is rejected too; the sample is whole at last."""
    room = make_room(forms=30, plan="acceptance", sample_size=12, acceptance_number=11)
    keyers = [Somebody(room, make_user(db.session).id) for _ in range(4)]
    settler, *rejecters = (Somebody(room, make_user(db.session, "supervisor").id) for _ in range(3))
    db.session.remove()
    deeds = [keyer.keys for keyer in keyers] + [
        settler.settles,
        lambda: rejecters[0].rejects(range(1, 31, 5), as_responses=True),
        lambda: rejecters[1].rejects(range(2, 31, 5), as_responses=False),
    ]
    at_once(app, deeds)
    for _ in range(3):  # whoever was done early comes back for what was left to them
        for keyer in keyers:
            keyer.keys()
        settler.settles()

    rows = db.session.execute(
        sa.select(PaperForm.state, Response.state).outerjoin(Response, Response.id == PaperForm.response_id)
    ).all()
    assert {tuple(row) for row in rows} <= {
        ("accepted", "accepted"),
        ("rejected", "rejected"),
        ("rejected", None),
    }
    assert sum(form == "rejected" for form, _ in rows) > 0
    compared = sa.select(sa.func.count()).where(FormReading.kind == "first", FormReading.checked.is_not(None))
    assert db.session.scalar(compared) >= 12
