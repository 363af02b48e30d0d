"""Who is asked what: a person goes through a form and meets only the questions meant for them."""

import datetime

import pytest

from questionnaires.routing import asked, asked_items, on_route
from tests.questionnaires.forms import AGREE, form, question, section, words

TODAY = datetime.date(2024, 12, 2)


@pytest.fixture
def chain():
    """Each question after the first depends on the one before it; the last section on the middle one."""
    rows = [{"code": "row_1", "text": words("Một")}, {"code": "row_2", "text": words("Hai")}]
    return form(
        section(
            "start",
            question("a", "scale", scale="agree"),
            question("b", "scale", scale="agree", relevant="${a} = 'yes'"),
            question("c", "scale", scale="agree", relevant="${b} = 'yes'"),
        ),
        section("only_a_note", question("thanks", "note"), relevant="${b} = 'yes'"),
        section(
            "end",
            question("m", "matrix", scale="agree", rows=rows, relevant="${b} = 'no'"),
            question("today", "text", relevant="today() > '2024-12-31'"),
        ),
        scales=[AGREE],
    )


def way(questionnaire, answers, today=TODAY):
    parts = asked(questionnaire, answers, today=today)
    return {part.section.code: [question.code for question in part.questions] for part in parts}


def test_nobody_is_asked_more_than_the_answers_open_up(chain):
    assert way(chain, {}) == {"start": ["a"]}
    assert way(chain, {"a": "yes"}) == {"start": ["a", "b"]}
    assert way(chain, {"a": "yes", "b": "yes"}) == {"start": ["a", "b", "c"], "only_a_note": ["thanks"]}
    assert way(chain, {"a": "yes", "b": "no"}) == {"start": ["a", "b"], "end": ["m"]}


def test_the_date_may_open_a_question(chain):
    assert way(chain, {}, today=datetime.date(2025, 1, 1)) == {"start": ["a"], "end": ["today"]}


def test_an_answer_off_the_way_opens_nothing(chain):
    answers = {"a": "no", "b": "yes", "c": "yes", "row_1": "no", "unknown": 1}
    assert way(chain, answers) == {"start": ["a"]}
    assert on_route(chain, answers, today=TODAY) == {"a": "no"}


def test_rows_of_a_matrix_go_along_with_it(chain):
    answers = {"row_2": "no", "b": "no", "a": "yes", "c": None}
    assert on_route(chain, answers, today=TODAY) == {"a": "yes", "b": "no", "row_2": "no"}
    assert [item.code for item in asked_items(chain, answers, today=TODAY)] == ["a", "b", "row_1", "row_2"]


def test_the_record_stands_in_the_order_of_the_questionnaire(chain):
    assert list(on_route(chain, {"row_2": "yes", "row_1": "yes", "b": "no", "a": "yes"}, today=TODAY)) == [
        "a",
        "b",
        "row_1",
        "row_2",
    ]
