"""What the keying screen says of forms whose scans wait."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from questionnaires.paper import write_serial
from survey.collection.paper import mark_forms
from survey.db import db
from survey.models import Batch, PaperForm
from tests.survey.entry.desk import PAPER, Desk
from tests.survey.entry.test_keying_fields import Screen
from tests.survey.factory import make_user
from tests.survey.paper.room import make_room
from tests.survey.paper.test_scans_waiting import bring_scan


@pytest.fixture
def half_scanned(app: Flask, client: FlaskClient, enumerator: int) -> int:
    """A batch of four forms, by its id: of the first two all pages are scanned, with three answers to decide,
    and with none. Its keyer reads English.
    """
    client.set_cookie("language", "en")
    with app.app_context():
        room = make_room(forms=4)
        bring_scan(room, 1, ("doubtful", ["polite", "clear"]), ("doubtful", ["comment"]))
        bring_scan(room, 2, ("sure", []))
        return room.batch.id


@pytest.fixture
def screen(client: FlaskClient, half_scanned: int) -> Screen:
    return Screen(client, half_scanned)


def test_of_a_form_asked_for_by_its_number_is_said_that_its_scan_is_there(screen):
    assert screen.claim().json["held"]["scan"] == ""
    assert "waits for 3 answers" in screen.claim(number=1).json["held"]["scan"]
    assert "taken in" in screen.claim(number=2).json["held"]["scan"]


def test_where_only_scanned_forms_are_left_it_is_said_why_none_is_given(screen):
    for number in (3, 4):
        assert screen.claim().json["held"]["number"] == number
        screen.key(PAPER)
    reply = screen.claim().json
    assert reply["held"] is None
    assert "Only 2 forms are left" in reply["only_scans"]


def test_without_the_script_scanned_forms_are_passed_over_too(client, half_scanned):
    desk = Desk(client, half_scanned)
    assert desk.field("form-number") == "3"
    assert '/scans/doubts">Decide doubtful answers</a>' in desk.page
    desk.key(PAPER)
    assert desk.field("form-number") == "4"
    desk.key(PAPER)
    assert desk.field("form-number") == ""


def test_a_batch_without_scans_says_nothing_of_them(client, batch_id, enumerator):
    assert "/scans/doubts" not in Desk(client, batch_id).page.split("<form", 1)[0]
    assert Screen(client, batch_id).claim().json["held"]["scan"] == ""


def words(client: FlaskClient, path: str) -> str:
    """The text of a page, its numbers without their links."""
    return " ".join(html.fromstring(client.get(path).text).text_content().split())


def test_scanned_forms_are_not_named_as_missing(app, client, half_scanned):
    with app.app_context():
        mark_forms(db.session.get_one(Batch, half_scanned), [1, 2, 3], "returned", make_user(db.session))
        forms = db.session.query(PaperForm).filter_by(batch_id=half_scanned).order_by(PaperForm.number)
        first, second, third, fourth = [write_serial(form.serial) for form in forms]
    text, paper = (words(client, f"/entry/batches/{half_scanned}{path}") for path in ("", "/paper"))
    assert f"Missing numbers: {third} – {fourth}." in text
    assert f"to be taken in: {first} – {second}." in text
    assert f"Scanned, waiting for doubts to be decided or to be taken in: {first} – {second}" in paper
    assert f"Back and not keyed: {third} " in paper
