"""What the machine doubts is decided by people from the picture, and nothing else is asked."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from questionnaires.paper import write_serial
from survey.collection.paper import claim, finish, mark_forms
from survey.db import db
from survey.entry.scanning.laying_aside import FORM_GONE, READ_BEFORE
from survey.entry.scanning.standing import doubts_of, surveys_in_doubt
from survey.models import Batch, FormReading
from tests.survey.entry.desk import count
from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_user
from tests.survey.pages import Page
from tests.survey.paper.room import type_in

WITHOUT_POLITE = {item: values for item, values in CLEAR.items() if item != "polite"}


@pytest.fixture
def doubtful(print_desk):
    """Two forms, on each of which the manner is marked so faintly that nobody knows whether it is."""
    desk = print_desk()
    pages = [page for number in (1, 2) for page in desk.printed.marked(number, WITHOUT_POLITE, polite="high")]
    desk.upload({"a.pdf": as_file(pages)})
    assert [sheet.readings["open"] for sheet in desk.sheets()] == [["polite"], ["polite"]]
    return desk


def asked(desk) -> list[str]:
    page = Page(desk.client.get(f"{desk.path}/doubts").text)
    return [each["id"] for each in page.named("div") if (each.get("id") or "").startswith("cell-")]


def sheet_of(desk, item: str, number: int = 1):
    with desk.app.app_context():
        form_id = desk.form(number).id
    return next(
        each for each in desk.sheets() if each.form_id == form_id and item in each.readings.get("open", ())
    )


def test_yes_takes_what_the_machine_thought_likely(doubtful):
    first = sheet_of(doubtful, "polite", 1)
    assert doubtful.state(1) == "returned"
    assert doubtful.say(first, "polite", "yes", proposal="Hài lòng").status_code == 303
    second = sheet_of(doubtful, "polite", 2)
    assert doubtful.say(second, "polite", "choose", polite="low").status_code == 303
    assert (doubtful.answers(1)["polite"], doubtful.answers(2)["polite"]) == ("high", "low")
    assert asked(doubtful) == []


def test_what_is_left_is_counted_in_answers_and_forms(print_desk):
    desk = print_desk()
    pages = desk.printed.marked(1, {}, polite="high", clear="low")
    desk.upload({"a.pdf": as_file([*pages, *desk.printed.marked(2, WITHOUT_POLITE, polite="high")])})
    with desk.app.app_context():
        left = doubts_of(desk.printed.survey_id)
    assert (left.cells, left.forms) == (3, 2)
    text = desk.client.get(f"{desk.path}/doubts").text
    assert "data-to-answers" in text


def test_forms_are_named_by_the_digits_on_the_paper(doubtful):
    with doubtful.app.app_context():
        form = doubtful.form(1)
        digits, followed = write_serial(form.serial), f"/entry/forms/{form.id}"
    assert f"Phiếu {digits} của lô" in doubtful.client.get(f"{doubtful.path}/doubts").text
    batch = Page(doubtful.client.get(f"/entry/batches/{doubtful.printed.batch_id}").text)
    assert followed in [link["href"] for link in batch.named("a") if link.get("href")]


def test_answers_stand_with_the_picture_and_the_proposed_one_is_marked(doubtful):
    text = doubtful.client.get(f"{doubtful.path}/doubts").text
    page = Page(text)
    assert text.count("<strong>▸ 3 Hài lòng</strong>") == 2
    assert text.count("<li>1 Không hài lòng</li>") == 2
    whole = f"/entry/scans/pages/{sheet_of(doubtful, 'polite').id}/picture"
    assert whole in [link.get("href") for link in page.named("a")]


def test_the_person_who_decided_is_the_one_who_read_the_form(doubtful):
    for number in (1, 2):
        doubtful.say(sheet_of(doubtful, "polite", number), "polite", "blank")
    with doubtful.app.app_context():
        form = doubtful.form(1)
        assert form.keyed_by.role == "supervisor"
        reading = db.session.scalars(sa.select(FormReading).filter_by(form_id=form.id)).one()
        assert (reading.kind, reading.notes["polite"]) == ("scan", "blank")
    assert "polite" not in doubtful.answers(1)


def test_the_last_answer_can_be_undone_until_the_next(doubtful):
    first = sheet_of(doubtful, "polite", 1)
    doubtful.say(first, "polite", "choose", polite="low")
    assert doubtful.state(1) == "returned"
    doubtful.say(first, "polite", "undo")
    assert sheet_of(doubtful, "polite", 1).readings["said"] == {}
    doubtful.say(first, "polite", "choose", polite="high")
    doubtful.say(sheet_of(doubtful, "polite", 2), "polite", "unreadable")
    assert doubtful.answers(1)["polite"] == "high"
    assert doubtful.say(first, "polite", "undo").status_code == 409
    assert doubtful.answers(1)["polite"] == "high"


def test_a_yes_to_what_is_not_on_the_page_any_more_changes_nothing(doubtful):
    first = sheet_of(doubtful, "polite", 1)
    assert doubtful.say(first, "polite", "yes", proposal="Bình thường").status_code == 409
    assert doubtful.say(first, "polite", "choose").status_code == 422
    assert doubtful.say(first, "polite", "choose", polite="nowhere").status_code == 422
    assert len(asked(doubtful)) == 2


def test_two_people_do_not_overwrite_each_other(doubtful, sign_in):
    first = sheet_of(doubtful, "polite", 1)
    doubtful.say(first, "polite", "choose", polite="low")
    sign_in("enumerator")
    assert doubtful.say(first, "polite", "choose", polite="high").status_code == 409
    assert sheet_of(doubtful, "polite", 2)
    (said,) = [each.readings["said"] for each in doubtful.sheets() if "said" in each.readings]
    assert said["polite"]["value"] == "low"


def test_a_form_left_complete_is_taken_in_by_anyone(doubtful, sign_in):
    doubtful.say(sheet_of(doubtful, "polite", 1), "polite", "choose", polite="low")
    assert doubtful.state(1) == "returned"
    doubtful.client.submit(f"{doubtful.path}/take")
    assert (doubtful.state(1), doubtful.state(2)) == ("accepted", "returned")


def test_handwriting_is_typed_and_checked_once_the_boxes_are_known(print_desk):
    desk = print_desk(1, SMALL_QUESTIONNAIRE)
    desk.upload({"a.pdf": as_file(desk.printed.scribbled(desk.printed.marked(1, CLEAR)))})
    assert [each.rpartition("-")[2] for each in asked(desk)] == ["visits", "visited_on", "comment"]
    sheet = sheet_of(desk, "visits")
    assert desk.say(sheet, "visits", "choose", visits="hai", typed="1").status_code == 422
    too_many = desk.say(sheet, "visits", "choose", visits="99", typed="1")
    assert too_many.status_code == 422
    assert "Số lần từ 0 đến 30." in too_many.text
    desk.say(sheet, "visits", "impossible", visits="99", typed="1")
    desk.say(sheet_of(desk, "visited_on"), "visited_on", "choose", visited_on="1/2/2022", typed="1")
    nothing = desk.say(sheet_of(desk, "comment"), "comment", "choose", comment=" ", typed="1")
    assert nothing.status_code == 422
    assert "phím “.” (chấm) nếu không viết gì" in nothing.text
    desk.say(sheet_of(desk, "comment"), "comment", "blank")
    assert desk.answers(1)["visited_on"] == "2022-02-01"
    assert "visits" not in desk.answers(1)
    assert count(desk.app, FormReading) == 1


def test_rooms_in_which_nothing_is_written_are_asked_of_nobody(print_desk):
    desk = print_desk(2, SMALL_QUESTIONNAIRE)
    written = desk.printed.scribbled(desk.printed.marked(2, CLEAR), "visits")
    desk.upload({"a.pdf": as_file([*desk.printed.marked(1, CLEAR), *written])})
    assert desk.answers(1) == STORED
    assert [each.rpartition("-")[2] for each in asked(desk)] == ["visits"]


def test_a_required_answer_that_is_blank_is_confirmed_by_a_person(print_desk):
    desk = print_desk(1)
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, {**WITHOUT_POLITE, "received": ["yes"]}))})
    assert [each.rpartition("-")[2] for each in asked(desk)] == ["late", "polite"]
    desk.say(sheet_of(desk, "late"), "late", "yes", proposal="")
    desk.say(sheet_of(desk, "polite"), "polite", "yes", proposal="")
    assert desk.state(1) == "accepted"
    without_polite = {item: value for item, value in STORED.items() if item != "polite"}
    assert desk.answers(1) == {**without_polite, "received": "yes"}


def test_doubts_are_asked_without_a_page_where_the_script_asks(doubtful):
    path = f"{doubtful.path}/doubts"
    first = sheet_of(doubtful, "polite", 1)
    fetched = {"headers": {"X-Requested-With": "fetch"}}
    data = {"sheet": first.id, "item": "polite", "say": "choose"}
    refused = doubtful.client.submit(path, data, **fetched)
    assert refused.status_code == 422
    assert refused.json["place"] == "polite"
    taken = doubtful.client.submit(path, {**data, "polite": "low"}, **fetched)
    assert taken.json == {"left": "còn 1 câu trong 1 phiếu"}


def test_enumerators_find_the_doubts_on_their_first_page(doubtful, sign_in):
    sign_in("enumerator")
    assert f'href="{doubtful.path}/doubts"' in doubtful.client.get("/entry").text
    assert doubtful.client.get(f"{doubtful.path}/doubts").status_code == 200
    assert doubtful.client.get(doubtful.path).status_code == 403


def key_by_hand(desk, number: int) -> None:
    with desk.app.app_context():
        held = claim(desk.printed.batch_id, make_user(db.session), "first", number=number)
        assert held is not None
        type_in(held, STORED)
        finish(held.reading_id, held.token)


def test_nobody_is_asked_of_a_form_that_was_keyed_meanwhile(doubtful):
    overtaken = sheet_of(doubtful, "polite", 1)
    key_by_hand(doubtful, 1)
    assert asked(doubtful) == [f"cell-{sheet_of(doubtful, 'polite', 2).id}-polite"]
    assert doubtful.say(overtaken, "polite", "choose", polite="low").status_code == 409
    doubtful.client.submit(f"{doubtful.path}/take")
    assert [sheet.state for sheet in doubtful.sheets()] == ["set_aside", "doubtful"]
    assert [fault.template for fault in doubtful.faults()] == [READ_BEFORE]


def test_the_last_form_is_taken_in_though_another_with_doubts_was_keyed(doubtful):
    key_by_hand(doubtful, 2)
    with doubtful.app.app_context():
        assert [pages for _survey, pages in surveys_in_doubt()] == [1]
    doubtful.say(sheet_of(doubtful, "polite", 1), "polite", "choose", polite="low")
    assert doubtful.answers(1)["polite"] == "low"
    assert asked(doubtful) == []


def test_doubts_of_a_form_marked_as_spoiled_are_laid_aside_and_named(doubtful):
    with doubtful.app.app_context():
        batch = db.session.get(Batch, doubtful.printed.batch_id)
        mark_forms(batch, [1], "spoiled", make_user(db.session, "supervisor"), "rách")
    assert len(asked(doubtful)) == 1
    doubtful.client.submit(f"{doubtful.path}/take")
    assert [fault.template for fault in doubtful.faults()] == [FORM_GONE]


@pytest.mark.parametrize("say", ["yes", "choose", "undo"])
def test_a_page_that_is_not_there_is_refused(doubtful, say):
    data = {"sheet": 999_999, "item": "polite", "say": say, "polite": "low", "proposal": ""}
    assert doubtful.client.submit(f"{doubtful.path}/doubts", data).status_code == 409


def test_what_the_paper_really_says_is_said_with_it(doubtful):
    """Otherwise the cell is still open: it is no answer that somebody else gave."""
    assert doubtful.say(sheet_of(doubtful, "polite", 1), "polite", "impossible").status_code == 422
