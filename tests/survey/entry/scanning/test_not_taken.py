"""Where complete forms are not taken in, the one who pressed the button is told why: each reason once."""

from __future__ import annotations

import pytest

from questionnaires.paper import write_serial
from survey.collection.paper import claim, close_batch
from survey.db import db
from survey.entry.scanning.not_taken import why_not_taken
from survey.models import Batch, User
from tests.survey.entry.scanning.sheets import CLEAR, as_file
from tests.survey.factory import make_user
from tests.survey.paper.room import type_in


@pytest.fixture
def desk(print_desk):
    """Three forms, to be scanned by somebody who reads English."""
    found = print_desk()
    found.client.set_cookie("language", "en")
    return found


def key(desk, number: int, person_id: int, **answers: str) -> None:
    with desk.app.app_context():
        person = db.session.get_one(User, person_id)
        type_in(claim(desk.printed.batch_id, person, "first", number=number), answers)


def scan(desk, *numbers: int) -> None:
    desk.upload({"a.pdf": as_file([page for each in numbers for page in desk.printed.marked(each, CLEAR)])})


def take(desk) -> str:
    """What is told after the button was pressed."""
    return desk.client.submit(f"{desk.path}/take", follow_redirects=True).text


def why(desk) -> list[str]:
    with desk.app.test_request_context(headers={"Cookie": "language=en"}):
        return why_not_taken(desk.printed.survey_id)


def keyer(desk) -> tuple[int, str]:
    with desk.app.app_context():
        person = make_user(db.session)
        return person.id, person.full_name


def test_forms_that_somebody_keys_are_named_with_their_keyer_once(desk):
    person_id, name = keyer(desk)
    for number in (1, 2):
        key(desk, number, person_id, received="no")
    scan(desk, 1, 2, 3)
    assert [desk.state(number) for number in (1, 2, 3)] == ["returned", "returned", "accepted"]
    with desk.app.app_context():
        serials = ", ".join(write_serial(desk.form(number).serial) for number in (1, 2))
    told = f"Form {serials} is being keyed by {name}: its scan waits."
    assert why(desk) == [told]
    assert f"0 forms are taken in. {told}" in take(desk)


def test_a_closed_batch_is_the_one_reason_for_all_its_forms(desk):
    with desk.app.app_context():
        batch = db.session.get_one(Batch, desk.printed.batch_id)
        close_batch(batch, make_user(db.session, "supervisor"))
    scan(desk, 1, 2)
    (sentence,) = why(desk)
    assert "in-1" in sentence
    assert sentence in take(desk)


def test_what_is_taken_in_leaves_nothing_to_say(desk):
    scan(desk, 1)
    assert desk.state(1) == "accepted"
    assert why(desk) == []
