"""Who looked at a form and then does something to it does it to what has become of the form meanwhile.

On PostgreSQL only: SQLite lets nobody write while somebody else is between looking and doing.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from survey.collection import Refused
from survey.collection.paper import claim, differences_of, finish, mark_forms, reject_form, settle
from survey.db import db
from survey.models import PaperForm, Response, Settlement, User
from tests.survey.exactly_once.racing import at_once
from tests.survey.factory import ANSWERS, make_user
from tests.survey.paper.room import key, make_room, type_in

Meanwhile = Callable[[Callable[[], object]], object]


@pytest.fixture
def meanwhile(app: Flask, database_backend: str) -> Meanwhile:
    """A function that lets somebody else do something; whoever is kept waiting too long fails."""
    if database_backend == "sqlite":
        pytest.skip("one lock for all")

    def do(deed: Callable[[], object]) -> object:
        def impatiently() -> object:
            db.session.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
            return deed()

        return at_once(app, [impatiently])[0]

    return do


@pytest.fixture
def room():
    """Form 1 is typed and not finished."""
    room = make_room(plan="none")
    room.held = claim(room.batch.id, room.lan, "first")
    type_in(room.held, ANSWERS)
    return room


def states(number: int) -> tuple[str, str | None]:
    """Of a form, and of the response that it is."""
    db.session.rollback()
    query = sa.select(PaperForm.state, Response.state).outerjoin(PaperForm.response)
    return tuple(db.session.execute(query.filter(PaperForm.number == number)).one())


def test_a_form_that_was_accepted_meanwhile_is_not_marked_as_spoiled(room, meanwhile):
    seen = room.form(1)
    assert seen.state == "returned"
    meanwhile(lambda: finish(room.held.reading_id, room.held.token))
    with pytest.raises(Refused):
        mark_forms(room.batch, [1], "spoiled", room.thu, "ướt")
    assert states(1) == ("accepted", "accepted")


def test_a_form_that_was_accepted_meanwhile_is_rejected_with_its_response(room, meanwhile):
    seen = room.form(1)
    assert (seen.state, seen.response) == ("returned", None)
    meanwhile(lambda: finish(room.held.reading_id, room.held.token))
    reject_form(seen.id, room.thu, "trùng phiếu")
    assert states(1) == ("rejected", "rejected")


@pytest.fixture
def disputed(meanwhile):
    """Form 1 is keyed twice, differently in two items; both readings come from other sessions."""
    room = make_room(plan="all")
    key(room, room.lan, polite="low", clear="low")
    room.held = claim(room.batch.id, room.mai, "second")
    type_in(room.held, ANSWERS | {"polite": "middle", "clear": "middle"})
    finish(room.held.reading_id, room.held.token)
    return room


def test_who_looks_at_differences_holds_nobody_up(disputed, meanwhile):
    """The reply to the second keyer was lost: their screen ends the form once more."""
    form = disputed.form(1)
    assert len(differences_of(form)) == 2
    assert meanwhile(lambda: finish(disputed.held.reading_id, disputed.held.token)) == "disputed"
    assert settle(form.id, "polite", ["low"], disputed.thu) == "disputed"


def test_what_somebody_settled_otherwise_meanwhile_goes_on_record(disputed, meanwhile):
    form_id, other_id = disputed.form(1).id, make_user(db.session, "supervisor").id
    settle(form_id, "polite", ["low"], disputed.thu)
    seen = differences_of(disputed.form(1))
    assert [each.settlement and each.settlement.value for each in seen] == ["low", None]
    meanwhile(lambda: settle(form_id, "polite", ["middle"], db.session.get_one(User, other_id)))
    assert settle(form_id, "clear", ["low"], disputed.thu) == "accepted"
    settled = dict(db.session.execute(sa.select(Settlement.item, Settlement.value)).all())
    assert settled == {"polite": "middle", "clear": "low"}
    assert disputed.answers(1)[-1] | settled == disputed.answers(1)[-1]
