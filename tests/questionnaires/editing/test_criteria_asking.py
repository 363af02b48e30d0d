"""Somebody writes questions from the criteria a form has still to ask, and one more like the last."""

from __future__ import annotations

import pytest

from questionnaires.editing.criteria_asking import Asked, ask, ask_in_rows
from questionnaires.editing.question_edits import add_another
from questionnaires.editing.questionnaire_head import new_questionnaire
from questionnaires.editing.questionnaire_sections import add_section
from questionnaires.editing.refused import EditRefused
from tests.questionnaires.forms import AGREE, definition, question, section

SEATS = Asked("1.1", {"vi": "Ghế ngồi chờ", "en": "Seats", "fr": "Sièges"})
OFFICIALS = Asked("service", {"vi": "Thái độ của công chức"})
SEATS_TEXT = {"vi": "Ghế ngồi chờ", "en": "Seats"}


@pytest.fixture
def form():
    return definition(section("start", question("q1", "text")), section("end"), scales=[AGREE])


def added(form, number: int) -> list:
    return form["sections"][number]["questions"]


def test_a_criterion_becomes_a_question_of_its_own_at_the_end_of_a_section(form):
    asked = ask(ask(form, "start", SEATS), "start", OFFICIALS)
    assert added(asked, 0)[1:] == [
        {"code": "q2", "kind": "scale", "scale": "agree", "text": SEATS_TEXT, "criterion": "1.1"},
        {
            "code": "q3",
            "kind": "scale",
            "scale": "agree",
            "text": OFFICIALS.title,
            "criterion": "service",
        },
    ]
    assert added(form, 0)[1:] == []


def test_criteria_become_the_rows_of_one_question_still_without_words(form):
    [matrix] = added(ask_in_rows(form, "end", [SEATS, OFFICIALS]), 1)
    assert (matrix["code"], matrix["kind"], matrix["scale"], matrix["text"]) == ("q2", "matrix", "agree", {})
    assert matrix["rows"] == [
        {"code": "q2_1", "text": SEATS_TEXT, "criterion": "1.1"},
        {"code": "q2_2", "text": OFFICIALS.title, "criterion": "service"},
    ]


def test_a_form_without_a_scale_gets_answers_to_fill_in():
    form = add_section(new_questionnaire("a", "1", {"vi": "Phiếu"}, "citizen", ["vi", "en"]), {"vi": "Một"})
    [asked] = added(ask(form, "s1", SEATS), 0)
    assert [choice["code"] for choice in asked["choices"]] == ["1", "2"]
    assert asked["text"] == SEATS_TEXT


def test_nothing_to_ask_and_an_unknown_section_are_refused(form):
    with pytest.raises(EditRefused, match="no criterion to ask"):
        ask_in_rows(form, "start", [])
    with pytest.raises(EditRefused, match="no section “middle”"):
        ask_in_rows(form, "middle", [SEATS])
    with pytest.raises(EditRefused, match="no section “middle”"):
        ask(form, "middle", SEATS)


def test_one_more_like_a_question_stands_behind_it_on_its_scale():
    other = {"code": "often", "choices": AGREE["choices"]}
    first = question("a", "scale", scale="often", criterion="1.1", required=True)
    form = definition(section("start", first, question("b", "text")), scales=[AGREE, other])
    one, another, last = added(add_another(form, "a"), 0)
    assert (one, last["code"]) == (first, "b")
    assert another == {"code": "q1", "kind": "scale", "text": {}, "scale": "often"}


def test_one_more_like_an_unknown_question_or_kind_is_refused(form):
    with pytest.raises(EditRefused, match="no question “z”"):
        add_another(form, "z")
    odd = definition(section("start", question("a", "riddle")))
    with pytest.raises(EditRefused):
        add_another(odd, "a")
