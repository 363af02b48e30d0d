"""Sure cells are checked by people, and the machine's errors are counted."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.collection.corrections import correct
from survey.db import db
from survey.entry.scanning import noting
from survey.entry.scanning.named_pages import named_pages
from survey.entry.scanning.sampling import MACHINE_WRONG
from survey.entry.scanning.standing import standing
from survey.models import User
from tests.survey.entry.scanning.sheets import CLEAR, as_file


@pytest.fixture
def drawn(print_desk, monkeypatch):
    """Every sure cell of one form is drawn."""
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    return desk


def check(desk, item: str, say: str):
    data = {"sheet": desk.sheets()[0].id, "item": item, "say": say}
    return desk.client.submit(f"{desk.path}/check", data)


def errors(desk):
    with desk.app.app_context():
        return standing(desk.printed.survey_id).errors


def named(desk):
    with desk.app.app_context():
        return named_pages(desk.printed.survey_id)


def correct_answer(desk, item: str, value: str) -> None:
    with desk.app.app_context():
        author = db.session.scalars(sa.select(User).filter_by(role="supervisor")).first()
        response = desk.form(1).response
        answers = {**response.versions[-1].answers, item: value}
        correct(response, answers, author, "đọc sai trên phiếu")


def test_what_a_person_finds_wrong_is_counted_and_named(drawn):
    page = drawn.client.get(f"{drawn.path}/check").text
    assert page.count('value="no"') == 6  # blanks too
    assert check(drawn, "polite", "no").status_code == 303
    check(drawn, "clear", "yes")
    check(drawn, "clear", "no")  # said before
    assert (errors(drawn).wrong, errors(drawn).checked) == (1, 2)
    assert [fault.template for fault in drawn.faults()] == [MACHINE_WRONG]
    assert "50" in drawn.page()
    assert drawn.client.get(f"{drawn.path}/check").text.count('value="no"') == 4


def test_a_cell_that_was_not_drawn_is_not_counted(print_desk, monkeypatch):
    monkeypatch.setattr(noting, "SAMPLED", 0.0)
    desk = print_desk()
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    check(desk, "polite", "no")
    assert errors(desk).checked == 0


def test_the_share_of_the_plan_is_drawn(print_desk):
    desk = print_desk(plan="share", verify_share=100)
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, CLEAR))})
    assert len(desk.sheets()[0].readings["sample"]) == 6


@pytest.mark.parametrize("say", ["", "maybe"])
def test_neither_yes_nor_no_is_refused(drawn, say):
    assert check(drawn, "polite", say).status_code == 400


def test_a_slip_is_taken_back_and_leaves_the_rate(drawn):
    check(drawn, "polite", "no")
    assert 'value="undo"' in drawn.client.get(f"{drawn.path}/check").text
    assert check(drawn, "polite", "undo").status_code == 303
    assert (errors(drawn).wrong, errors(drawn).checked, drawn.faults()) == (0, 0, [])
    check(drawn, "polite", "yes")
    assert (errors(drawn).wrong, errors(drawn).checked) == (0, 1)


def test_nobody_takes_back_what_another_person_found(drawn, sign_in):
    check(drawn, "polite", "no")
    sign_in("enumerator")
    check(drawn, "polite", "undo")
    assert (errors(drawn).wrong, errors(drawn).checked) == (1, 1)


def test_a_page_scanned_twice_is_drawn_once(print_desk, monkeypatch):
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    desk = print_desk()
    page = desk.printed.marked(1, CLEAR)
    desk.upload({"a.pdf": as_file([*page, *page])})
    assert sorted(len(sheet.readings["sample"]) for sheet in desk.sheets()) == [0, 6]


def test_the_notice_of_a_wrong_answer_is_folded_away_once_it_is_corrected(drawn):
    check(drawn, "polite", "no")
    assert [each.is_settled for each in named(drawn)] == [False]
    correct_answer(drawn, "clear", "high")
    assert [each.is_settled for each in named(drawn)] == [False]
    correct_answer(drawn, "polite", "low")
    assert [each.is_settled for each in named(drawn)] == [True]
    assert "govuk-details" in drawn.page()
