"""Keying and scanning do not get into each other's way."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence

import pytest
from flask_babel import gettext

from survey.collection import Refused
from survey.collection.paper import LEASE, claim, open_readings, save_field, scan_reading
from survey.collection.paper.scan_reading import BEGUN_BY_HAND, IN_HANDS
from survey.collection.paper.scans_waiting import answers_asked, numbers_scanned
from survey.db import db, now
from survey.entry.following.trail import BY_SCAN, steps_of
from survey.models import FormReading, Scan, ScanPage
from tests.survey.factory import ANSWERS
from tests.survey.paper.room import Room, key, make_room, scan, type_in

FILES = itertools.count(1)


@pytest.fixture
def time_passes(monkeypatch: pytest.MonkeyPatch):
    """A function after which half an hour and a little more are over."""

    def pass_time() -> None:
        for module in (open_readings, scan_reading):
            monkeypatch.setattr(module, "now", lambda: now() + LEASE + datetime.timedelta(minutes=1))

    return pass_time


def bring_scan(room: Room, number: int, *pages: tuple[str, Sequence[str]]) -> None:
    """Pages of a form from a scanner: the state of each, and the items that people are asked of it."""
    bring_pages(room.made.survey.id, room.form(number).id, *pages)


def bring_pages(survey_id: int, form_id: int, *pages: tuple[str, Sequence[str]]) -> None:
    """The same, of a form by its id."""
    name = f"quet-{next(FILES)}"
    values = {"survey_id": survey_id, "name": name, "sha256": name, "key": name}
    brought = Scan(**values, pages=len(pages), state="read", at=now())
    for position, (state, asked) in enumerate(pages, 1):
        sheet = ScanPage(scan=brought, position=position, page=position, state=state)
        sheet.form_id, sheet.readings = form_id, {"open": list(asked)}
        db.session.add(sheet)
    db.session.commit()


def test_a_form_that_a_scan_shows_whole_is_keyed_only_where_its_number_is_asked_for():
    room = make_room(forms=4)
    bring_scan(room, 1, ("doubtful", ["polite", "clear"]), ("sure", []))
    bring_scan(room, 2, ("sure", []))
    bring_scan(room, 3, ("waiting", []))  # another page is missing
    assert numbers_scanned(room.batch.id) == [1, 2]
    assert [answers_asked(room.form(number).id) for number in (1, 2, 3, 4)] == [2, 0, None, None]
    assert [key(room, room.lan)[0] for _ in range(2)] == [3, 4]
    assert claim(room.batch.id, room.lan, "first") is None
    assert claim(room.batch.id, room.lan, "first", number=1).number == 1


def test_a_form_keyed_meanwhile_is_asked_of_nobody():
    room = make_room(forms=2)
    bring_scan(room, 1, ("doubtful", ["polite"]))
    key(room, room.lan, number=1)
    assert numbers_scanned(room.batch.id) == []
    assert answers_asked(room.form(1).id) is None


def test_who_keyed_nothing_is_not_led_back_to_a_form_that_was_scanned_meanwhile(time_passes):
    room = make_room(forms=2)
    claim(room.batch.id, room.lan, "first")
    bring_scan(room, 1, ("doubtful", ["polite"]))
    assert claim(room.batch.id, room.lan, "first").number == 2
    assert claim(room.batch.id, room.lan, "first", number=1).number == 1
    time_passes()
    assert claim(room.batch.id, room.mai, "first").number == 2
    assert claim(room.batch.id, room.mai, "first", number=1).number == 1


def test_who_keyed_something_finds_it_again_though_the_form_was_scanned_meanwhile():
    room = make_room(forms=2)
    type_in(claim(room.batch.id, room.lan, "first"), {"received": "no"})
    bring_scan(room, 1, ("doubtful", ["polite"]))
    assert claim(room.batch.id, room.lan, "first").answers == {"received": "no"}


def test_a_form_opened_and_left_with_nothing_keyed_is_taken_from_its_scan(time_passes):
    room = make_room(forms=1)
    left = claim(room.batch.id, room.lan, "first")
    with pytest.raises(Refused) as refusal:
        scan(room, 1, ANSWERS, room.thu)
    assert [fault.template for fault in refusal.value.faults] == [IN_HANDS]
    time_passes()
    assert scan(room, 1, ANSWERS, room.thu) == "accepted"
    assert room.events(1) == ["printed", "taken_over", "returned", "entered", "accepted"]
    steps = steps_of(room.form(1), is_by_machine=True, with_reasons=True)
    assert (steps[1].words, steps[1].person) == (gettext(BY_SCAN), room.thu.full_name)
    reading = db.session.query(FormReading).one()
    assert (reading.kind, reading.person_id) == ("scan", room.thu.id)
    with pytest.raises(Refused):
        save_field(left.reading_id, left.token, "received", ["yes"], seq=1)
    assert "received" in room.answers(1)[0]


def test_what_somebody_keyed_and_left_is_not_overwritten_by_a_scan(time_passes):
    room = make_room(forms=1)
    type_in(claim(room.batch.id, room.lan, "first"), {"received": "no"})
    time_passes()
    with pytest.raises(Refused) as refusal:
        scan(room, 1, ANSWERS, None)
    (fault,) = refusal.value.faults
    assert (fault.template, fault.values["name"]) == (BEGUN_BY_HAND, room.lan.full_name)
    assert db.session.query(FormReading).one().answers == {"received": "no"}
