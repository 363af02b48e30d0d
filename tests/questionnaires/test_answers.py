"""A person answers; the form is read, checked and shown back in words."""

import datetime
import unicodedata

import pytest

from questionnaires.answers import KINDS, check_answers, read_form, show
from tests.questionnaires.forms import AGREE, choice, every_kind, form, one_question, question, section, words

TODAY = datetime.date(2024, 12, 2)


def sentences(questionnaire, answers, *, complete=False, only=None, language="vi"):
    """Place → sentence of every fault."""
    faults = check_answers(questionnaire, answers, today=TODAY, complete=complete, only=only)
    return {fault.place: fault.sentence(language=language) for fault in faults}


# Reading a form


def test_a_filled_form_becomes_values():
    form = {
        "single": ["b"],
        "multiple": ["c", "a"],
        "scale": ["yes"],
        "row_1": ["no"],
        "row_2": ["dk"],
        "rank": ["c", "", "a"],
        "integer": ["12"],
        "decimal": ["3,5"],
        "text": [unicodedata.normalize("NFD", "  Một\tcửa ")],
        "long_text": ["Dòng một\r\nDòng hai\x07"],
        "date": ["20/12/2022"],
        "place": ["24643"],
        "rated_unit": ["so-noi-vu"],
        "csrf_token": ["abc"],
    }
    answers, faults = read_form(every_kind(), form)
    assert answers == {
        "single": "b",
        "multiple": ["a", "c"],
        "scale": "yes",
        "row_1": "no",
        "row_2": "dk",
        "rank": ["c", "a"],
        "integer": 12,
        "decimal": 3.5,
        "text": "Một cửa",
        "long_text": "Dòng một\nDòng hai",
        "date": "2022-12-20",
        "place": "24643",
        "rated_unit": "so-noi-vu",
    }
    assert faults == []
    assert check_answers(every_kind(), answers, today=TODAY, complete=True) == []


def test_blanks_leave_no_answer():
    blank = {item.code: ["", "  "] for item in every_kind().items()}
    assert read_form(every_kind(), blank) == ({}, [])
    assert read_form(every_kind(), {}) == ({}, [])


def test_what_cannot_be_read_is_quoted_where_it_was_written():
    form = {"integer": ["mười hai"], "decimal": ["1.234"], "date": ["31/02/2022"], "single": ["a", "b"]}
    answers, faults = read_form(every_kind(), form)
    assert answers == {}
    assert {fault.place: fault.values["raw"] for fault in faults} == {
        "single": "a, b",
        "integer": "mười hai",
        "decimal": "1.234",
        "date": "31/02/2022",
    }


def test_a_whole_number_with_a_zero_behind_the_comma_is_whole():
    questionnaire = one_question("integer")
    assert read_form(questionnaire, {"q": ["3,0"]}).answers == {"q": 3}
    assert sentences(questionnaire, read_form(questionnaire, {"q": ["3,5"]}).answers) == {
        "q": "The answer must be a whole number."
    }


# Checking values


@pytest.mark.parametrize(
    ("item", "value", "complaint"),
    [
        ("single", "z", "“z” is not one of"),
        ("single", ["a"], "one choice"),
        ("single", 1, "one choice"),
        ("multiple", "a", "list of choices"),
        ("multiple", ["a", 1], "list of choices"),
        ("multiple", ["a", "z"], "“z” is not one of"),
        ("multiple", ["a", "a"], "“A” is chosen more than once"),
        ("multiple", ["a", "dk"], "“Dk” cannot be chosen together"),
        ("rank", ["a", "b", "a"], "“A” is chosen more than once"),
        ("scale", "maybe", "“maybe” is not one of"),
        ("row_2", "maybe", "“maybe” is not one of"),
        ("integer", 3.0, "whole number"),
        ("integer", "3", "must be a number"),
        ("integer", True, "must be a number"),
        ("integer", 2**60, "too large"),
        ("decimal", float("inf"), "too large"),
        ("decimal", float("nan"), "must be a number"),
        ("text", 7, "must be text"),
        ("text", "   ", "must be text"),
        ("text", "hai\ndòng", "cannot be stored"),
        ("text", "chuông\x07", "cannot be stored"),
        ("text", unicodedata.normalize("NFD", "hài"), "cannot be stored"),
        ("text", "x" * 501, "501 characters; at most 500"),
        ("long_text", "x" * 2_000_000, "2000000 characters; at most 5000"),
        ("date", "2022-02-30", "must be a date"),
        ("date", "20/12/2022", "must be a date"),
        ("date", 20221220, "must be a date"),
        ("place", "x" * 65, "65 characters; at most 64"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_item(item, value, complaint):
    found = sentences(every_kind(), {item: value})
    assert list(found) == [item]
    assert complaint in found[item]


def test_long_texts_keep_their_lines():
    assert sentences(every_kind(), {"long_text": "hai\ndòng"}) == {}


def test_an_answer_to_no_question_is_refused():
    complaint = "The questionnaire has no question “%s”."
    assert sentences(every_kind(), {"note": "x", "intger": 1}) == {
        "note": complaint % "note",
        "intger": complaint % "intger",
    }
    assert sentences(every_kind(), ["single"]) == {"": "Answers must be a table of item codes and values."}


def test_a_place_with_choices_takes_only_those():
    questionnaire = one_question("place", choices=[choice("24643"), choice("24646")])
    assert sentences(questionnaire, {"q": "24646"}) == {}
    assert "not one of" in sentences(questionnaire, {"q": "1"})["q"]


# Checking a whole form


@pytest.fixture
def visit():
    """Two pages: the second, about the result, for those who received it."""
    rows = [{"code": "speed", "text": words("Nhanh")}, {"code": "care", "text": words("Tận tình")}]
    number = {"constraint": ". > 0 and . <= ${limit}", "constraint_message": words("Không hợp lệ")}
    return form(
        section(
            "first",
            question("received", "scale", scale="agree", required=True),
            question("limit", "integer"),
            question("times", "integer", **number),
        ),
        section(
            "result",
            question("rating", "matrix", scale="agree", rows=rows, required=True),
            question("why", "text", relevant="${speed} = 'no'", required=True),
            relevant="${received} = 'yes'",
        ),
        scales=[AGREE],
    )


def test_required_questions_on_the_way_must_be_answered(visit):
    needed = "This question needs an answer."
    assert sentences(visit, {}, complete=True) == {"received": needed}
    assert sentences(visit, {"received": "yes", "care": "no"}, complete=True) == {"speed": needed}
    assert sentences(visit, {"received": "yes", "care": "no", "speed": "no"}, complete=True) == {
        "why": needed
    }
    assert sentences(visit, {"received": "no"}, complete=True) == {}
    assert sentences(visit, {"received": "yes"}) == {}


def test_dont_know_is_an_answer(visit):
    answers = {"received": "yes", "speed": "dk", "care": "dk"}
    assert sentences(visit, answers, complete=True) == {}


def test_an_answer_to_a_question_not_asked_is_refused_but_a_draft_may_keep_it(visit):
    answers = {"received": "no", "speed": "yes", "why": "Chậm"}
    off = "This question is not asked, given the other answers."
    assert sentences(visit, answers, complete=True) == {"speed": off, "why": off}
    assert sentences(visit, answers) == {}
    assert "not one of" in sentences(visit, answers | {"speed": "x"})["speed"]


def test_a_broken_constraint_speaks_with_its_own_words(visit):
    answers = {"received": "no", "limit": 3}
    assert sentences(visit, answers | {"times": 3}) == {}
    assert sentences(visit, answers | {"times": 4}) == {"times": "Không hợp lệ"}
    assert sentences(visit, answers | {"times": 0}, language="en") == {"times": "Không hợp lệ (en)"}
    assert str(check_answers(visit, answers | {"times": 0}, today=TODAY, complete=False)[0]) == (
        "times: Không hợp lệ"
    )


def test_a_page_is_checked_by_itself(visit):
    first, result = visit.sections
    answers = {"times": 0, "speed": "x", "unknown": 1}
    assert list(sentences(visit, answers, complete=True, only=first)) == ["received", "times"]
    assert list(sentences(visit, answers, complete=True, only=result)) == ["speed"]
    off_route = {"received": "yes", "speed": "yes", "care": "yes", "why": "ở trang không có JavaScript"}
    assert sentences(visit, off_route, complete=True, only=result) == {}


def test_a_constraint_of_a_matrix_holds_for_each_row():
    rows = [{"code": "one", "text": words("Một")}, {"code": "two", "text": words("Hai")}]
    rule = {"constraint": ". != 'dk'", "constraint_message": words("Xin chọn một mức")}
    questionnaire = form(
        section("s", question("m", "matrix", scale="agree", rows=rows, **rule)), scales=[AGREE]
    )
    assert sentences(questionnaire, {"one": "yes", "two": "dk"}) == {"two": "Xin chọn một mức"}


def test_faults_come_in_the_order_of_the_questionnaire(visit):
    answers = {"nothing": 1, "care": "x", "times": "x", "received": "yes"}
    assert list(sentences(visit, answers, complete=True)) == ["times", "speed", "care", "nothing"]


# Showing values


@pytest.mark.parametrize(
    ("code", "value", "vietnamese", "english"),
    [
        ("single", "a", "A", "A (en)"),
        ("multiple", ["a", "c"], "A; C", "A (en); C (en)"),
        ("rank", ["c", "a"], "1. C; 2. A", "1. C (en); 2. A (en)"),
        ("matrix", "yes", "Yes", "Yes (en)"),
        ("integer", 1234567, "1.234.567", "1,234,567"),
        ("decimal", 1234.5, "1.234,5", "1,234.5"),
        ("decimal", 3.0, "3", "3"),
        ("date", "2022-12-02", "02/12/2022", "02/12/2022"),
        ("text", "Một cửa", "Một cửa", "Một cửa"),
        ("place", "24643", "24643", "24643"),
        ("single", "gone", "gone", "gone"),  # a code of another version stands as it is
        ("integer", "12", "12", "12"),
        ("single", None, "", ""),
    ],
)
def test_values_are_shown_in_words(code, value, vietnamese, english):
    asked = next(question for question in every_kind().questions() if question.code == code)
    assert show(asked, value, "vi") == vietnamese
    assert show(asked, value, "en") == english


def test_every_kind_is_in_the_form_these_tests_use():
    assert {question.kind for question in every_kind().questions()} == set(KINDS)
