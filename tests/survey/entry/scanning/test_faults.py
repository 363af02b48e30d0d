"""Every fault of a stack is named in words, at its page; the sound pages are read all the same."""

from __future__ import annotations

import numpy as np
import pytest
import sqlalchemy as sa

from questionnaires.paper import write_serial
from questionnaires.scanning.finding import NO_CODE
from questionnaires.scanning.forms import MISSING, TURNED, TWICE, TWICE_DIFFERENT
from survey.collection.paper import claim, finish, mark_forms, settle
from survey.db import db
from survey.entry.scanning import uploading
from survey.entry.scanning.laying_aside import FORM_GONE, READ_BEFORE, READ_OTHERWISE
from survey.entry.scanning.placing import NEVER_PRINTED, OTHER_BATCH, OTHER_SURVEY, OTHER_VERSION
from survey.models import Batch, FormReading, Survey
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file, pictures, print_room
from tests.survey.factory import make_user
from tests.survey.paper.room import type_in

LONG = "citizen-satisfaction-2024"


def templates(desk) -> list[str]:
    return [fault.template for fault in desk.faults()]


def test_a_page_of_no_form_is_named_and_the_others_are_read(print_desk):
    desk = print_desk()
    pages = [np.full((1754, 1240, 3), 255, np.uint8), *desk.printed.marked(1, CLEAR)]
    desk.upload({"a.pdf": as_file(pages)})
    assert templates(desk) == [NO_CODE]
    assert 'id="named"' in desk.page()
    assert desk.state(1) == "accepted"


def test_a_missing_page_keeps_its_form_waiting_until_it_comes(print_desk):
    desk = print_desk(2, LONG)
    first, second = desk.printed.form(1)
    desk.upload({"a.jpg": as_file([first], "JPEG")})
    assert templates(desk) == [MISSING]
    assert [sheet.state for sheet in desk.sheets()] == ["waiting"]
    missing = desk.page().partition('id="missing-caption"')[2].partition("</table>")[0]
    for serial in (desk.printed.first_serial, desk.printed.first_serial + 1):
        assert write_serial(serial) in missing
    desk.upload({"b.jpg": as_file([second], "JPEG")})
    assert templates(desk) == []
    assert {sheet.state for sheet in desk.sheets()} == {"doubtful"}


def test_the_same_page_twice_is_named_and_counts_once(print_desk):
    desk = print_desk()
    page = desk.printed.marked(1, CLEAR)
    desk.upload({"a.pdf": as_file(page * 2)})
    assert templates(desk) == [TWICE]
    assert desk.answers(1)["polite"] == "high"


def test_two_scans_that_differ_are_decided_by_a_person(print_desk):
    desk = print_desk()
    other = desk.printed.marked(1, {**CLEAR, "polite": ["low"]})
    desk.upload({"a.pdf": as_file([*desk.printed.marked(1, CLEAR), *other])})
    assert templates(desk) == [TWICE_DIFFERENT]
    first, second = desk.sheets()
    assert (first.readings["open"], second.readings["open"]) == (["polite"], [])
    page = desk.client.get(f"{desk.path}/doubts").text
    assert page.count("app-scan__picture") == 2


def test_a_form_scanned_again_later_changes_nothing(print_desk):
    desk = print_desk()
    pages = desk.printed.marked(1, CLEAR)
    desk.upload({"a.pdf": as_file(pages)})
    desk.upload({"b.png": as_file(pages, "PNG")})
    assert templates(desk) == [READ_BEFORE]
    assert [sheet.state for sheet in desk.sheets()] == ["settled", "set_aside"]
    assert desk.answers(1)["polite"] == "high"


OTHER_PERSON = {**CLEAR, "polite": ["low"], "improve": ["time"], "ethnicity": []}


def test_a_copy_that_somebody_else_answered_is_named_with_the_questions(print_desk):
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    desk.upload({"b.pdf": as_file(desk.printed.marked(1, OTHER_PERSON))})
    (fault,) = desk.faults()
    assert (fault.template, fault.values["questions"]) == (READ_OTHERWISE, "3.1, 4, 5")
    assert desk.answers(1) == STORED


def test_a_scan_that_differs_from_what_was_keyed_is_named(print_desk):
    desk = print_desk()
    with desk.app.app_context():
        held = claim(desk.printed.batch_id, make_user(db.session), "first", number=1)
        type_in(held, {**STORED, "polite": "low"})
        finish(held.reading_id, held.token)
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    (fault,) = desk.faults()
    assert (fault.template, fault.values["questions"]) == (READ_OTHERWISE, "3.1")


def test_a_scan_is_compared_with_what_was_settled(print_desk):
    desk = print_desk(plan="all")
    with desk.app.app_context():
        for kind, polite in (("first", "low"), ("second", "high")):
            held = claim(desk.printed.batch_id, make_user(db.session), kind, number=1)
            type_in(held, {**STORED, "polite": polite})
            finish(held.reading_id, held.token)
        settle(desk.form(1).id, "polite", ["high"], make_user(db.session, "supervisor"))
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert templates(desk) == [READ_BEFORE]


def test_doubtful_marks_differ_where_none_of_them_may_be_what_was_taken(print_desk):
    desk = print_desk(2)
    without = {**CLEAR, "polite": []}
    for number in (1, 2):
        desk.upload({f"{number}.pdf": as_file(desk.printed.marked(number, CLEAR))})
    desk.upload({"likely.pdf": as_file(desk.printed.marked(1, without, polite="high"))})
    desk.upload({"other.pdf": as_file(desk.printed.marked(2, without, polite="low"))})
    assert templates(desk) == [READ_BEFORE, READ_OTHERWISE]


def test_a_scan_is_not_compared_with_answers_that_were_deleted(print_desk):
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    with desk.app.app_context():
        reading = db.session.scalars(sa.select(FormReading)).one()
        reading.answers, reading.notes = {}, {}
        db.session.commit()
    desk.upload({"b.pdf": as_file(desk.printed.marked(1, OTHER_PERSON))})
    assert templates(desk) == [READ_BEFORE]


def test_a_page_upside_down_is_read_and_named(print_desk):
    desk = print_desk()
    (page,) = desk.printed.marked(1, CLEAR)
    desk.upload({"a.tif": as_file([np.rot90(page, 2)], "TIFF")})
    assert templates(desk) == [TURNED]
    assert desk.answers(1)["polite"] == "high"


def test_a_form_never_printed_here_is_named(print_desk):
    desk = print_desk()
    with desk.app.app_context():
        asked = db.session.get(Survey, desk.printed.survey_id).questionnaire_version
        pages = pictures(asked.sha256, range(777_777, 777_778))
    desk.upload({"a.pdf": as_file(pages[777_777])})
    assert templates(desk) == [NEVER_PRINTED]


def test_a_form_of_another_survey_is_named_with_it(print_desk):
    desk = print_desk()
    with desk.app.app_context():
        foreign = print_room(1, LONG)
        code = foreign.made.survey.code
    desk.upload({"a.pdf": as_file([foreign.form(1)[0], *desk.printed.marked(1, CLEAR)])})
    (fault,) = desk.faults()
    assert (fault.template, fault.values["survey"]) == (OTHER_SURVEY, code)
    assert desk.state(1) == "accepted"


def test_a_form_of_another_version_is_named(print_desk):
    """As where the sheet was printed before the batch was laid out anew."""
    desk = print_desk()
    pages = desk.printed.marked(1, CLEAR)
    with desk.app.app_context():
        other = print_room(1, LONG)
        batch = db.session.get(Batch, desk.printed.batch_id)
        batch.layout_id = db.session.get(Batch, other.batch_id).layout_id
        db.session.commit()
    desk.upload({"a.pdf": as_file(pages)})
    assert templates(desk) == [OTHER_VERSION]
    assert desk.state(1) == "printed"


def test_forms_of_another_batch_go_to_their_own_and_are_named(print_desk):
    desk = print_desk()
    with desk.app.app_context():
        made = desk.printed.made
        db.session.add_all([made.survey, *made.strata])
        other = print_room(1, made=made)
    pages = [*desk.printed.marked(1, CLEAR), *other.marked(1, CLEAR)]
    desk.upload({"a.pdf": as_file(pages)}, batch=desk.printed.batch_id)
    assert templates(desk) == [OTHER_BATCH]
    assert {sheet.state for sheet in desk.sheets()} == {"settled"}


def test_a_scan_of_a_form_that_is_gone_is_named(print_desk):
    desk = print_desk()
    with desk.app.app_context():
        person = make_user(db.session, "supervisor")
        batch = db.session.get(Batch, desk.printed.batch_id)
        mark_forms(batch, [1], "spoiled", person, "rách")
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert templates(desk) == [FORM_GONE]
    assert desk.state(1) == "spoiled"


def test_forms_of_a_closed_survey_wait_and_are_taken_in_once_it_is_open(print_desk):
    desk = print_desk()
    set_state(desk, "closed")
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert desk.state(1) == "returned"
    assert len(desk.faults()) == 1
    set_state(desk, "open")
    desk.client.submit(f"{desk.path}/take")
    assert desk.state(1) == "accepted"
    assert desk.faults() == []


def set_state(desk, state: str) -> None:
    with desk.app.app_context():
        db.session.get(Batch, desk.printed.batch_id).survey.state = state
        db.session.commit()


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b""), ("b.jpg", b"no picture"), ("c.pdf", b"%PDF-1.4 broken")]
)
def test_a_refused_file_is_named_and_costs_no_other(print_desk, name, content):
    desk = print_desk()
    sent = desk.upload({name: content, "good.png": as_file(desk.printed.marked(1, CLEAR), "PNG")})
    assert sent.status_code == 422
    assert name in sent.text.partition("govuk-error-summary")[2]
    assert desk.state(1) == "accepted"
    assert [scan.state for scan in desk.scans()] == ["failed", "read"]


def test_the_same_file_is_taken_once_and_named(print_desk):
    desk = print_desk()
    content = as_file(desk.printed.marked(1, CLEAR))
    again = desk.upload({"a.pdf": content, "copy.pdf": content})
    assert again.status_code == 422
    assert "copy.pdf" in again.text.partition("govuk-error-summary")[2]
    assert len(desk.scans()) == len(desk.sheets()) == 1


def test_the_same_file_at_the_same_moment_is_taken_once(print_desk, monkeypatch):
    desk, looks = print_desk(), []
    content = as_file(desk.printed.marked(1, CLEAR))
    desk.upload({"a.pdf": content})
    found = uploading.scan_of

    def too_late(*arguments):
        looks.append(arguments)
        return found(*arguments) if len(looks) > 1 else None

    monkeypatch.setattr(uploading, "scan_of", too_late)
    assert desk.upload({"b.pdf": content}).status_code == 422
    assert [scan.name for scan in desk.scans()] == ["a.pdf"]


def test_no_file_chosen_is_told_at_its_place(print_desk):
    sent = print_desk().upload({})
    assert sent.status_code == 422
    assert 'href="#files"' in sent.text


def test_more_than_the_limit_is_refused_whole(print_desk, monkeypatch):
    desk = print_desk()
    monkeypatch.setitem(desk.app.config, "SCANS_UPLOAD_MB", 0)
    assert desk.upload({"a.pdf": as_file(desk.printed.form(1))}).status_code == 413
    assert desk.scans() == []


def test_a_scan_may_be_larger_than_other_files(print_desk, monkeypatch):
    desk = print_desk()
    monkeypatch.setitem(desk.app.config, "MAX_CONTENT_LENGTH", 1000)
    assert desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))}).status_code == 303
    assert desk.state(1) == "accepted"
