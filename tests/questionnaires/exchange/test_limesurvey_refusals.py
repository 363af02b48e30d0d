"""What of a LimeSurvey export cannot be held is said at its cell, all at once, in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.exchange.limesurvey import read_limesurvey
from questionnaires.sheets import SheetsRefused
from tests.questionnaires.exchange.limesurvey_survey import (
    GROUP,
    HEAD,
    HEADINGS,
    answers,
    export,
    imported,
    question,
    row,
    subquestions,
    tsv,
)

FIRST = 7  # the row of the first question: a header, four rows of the survey, one of its group


def faults_of(text):
    with pytest.raises(SheetsRefused) as refused:
        read_limesurvey(text)
    return refused.value.faults


def test_all_faults_are_named_at_once_in_the_order_of_the_rows():
    faults = faults_of(
        export(
            question("Q1", "*", "{Q9 + 1}"),
            question("Q2", "Z"),
            question("Q3", "M", array_filter="Q1"),
            *subquestions("S1", relevance="age > 1"),
            question("Q4", "S", hidden="1"),
            question("Q5", "L", relevance="nobody.NAOK"),
        )
    )
    assert [(fault.row, fault.heading) for fault in faults] == [
        (FIRST, "type/scale"),
        (FIRST + 1, "type/scale"),
        (FIRST + 2, "array_filter"),
        (FIRST + 3, "relevance"),
        (FIRST + 4, "hidden"),
        (FIRST + 5, "type/scale"),
        (FIRST + 5, "relevance"),
    ]
    assert "equation" in faults[0].sentence()
    assert "choices that carry an answer" in faults[5].sentence()


@pytest.mark.parametrize("letter", ["|", ":", ";", "*"])
def test_types_that_have_no_counterpart_are_named(letter):
    (fault,) = faults_of(export(question("Q1", letter)))
    assert (fault.row, fault.heading) == (FIRST, "type/scale")
    assert f"“{letter}”" in fault.sentence()


def test_two_questions_of_one_name():
    (fault,) = faults_of(export(question("Q1", "S"), question("Q1", "S")))
    assert (fault.row, fault.heading) == (FIRST + 1, "name")


def test_a_code_that_cannot_be_kept_is_named_at_its_answer():
    (fault,) = faults_of(export(question("Q1", "L"), *answers("A1", "ă")))
    assert (fault.row, fault.heading) == (FIRST + 2, "name")


def test_a_code_with_quotation_marks_is_refused_wherever_it_is_used():
    quoted = """a'b"c"""
    faults = faults_of(export(question("Q1", "P", relevance="1"), *subquestions(quoted)))
    assert {(fault.row, fault.heading) for fault in faults} == {(FIRST + 1, "name"), (FIRST + 1, "relevance")}


@pytest.mark.parametrize("text", ["!" * 2000 + "Q0", "9" * 400 + " > Q0"])
def test_a_condition_beyond_all_measure_is_refused(text):
    faults = faults_of(export(question("Q0", "S"), question("Q1", "S", relevance=text)))
    assert {(fault.row, fault.heading) for fault in faults} == {(FIRST + 1, "relevance")}


def test_a_text_that_quotes_an_answer_is_refused():
    (fault,) = faults_of(export(question("Q1", "S", "<b>Xin chào</b> {Q0.shown}, năm {  } nay?")))
    assert (fault.row, fault.heading) == (FIRST, "text")
    assert "{Q0.shown}" in fault.sentence()


def test_rows_out_of_place_are_refused():
    faults = faults_of(
        tsv([*HEAD, *answers("A1"), question("Q1", "S"), GROUP, row("ZZ", "x"), question("Q2", "S")])
    )
    assert [(fault.row, fault.heading) for fault in faults] == [(6, "class"), (7, "class"), (9, "class")]


def test_a_survey_that_asks_nothing():
    (fault,) = faults_of(export(question("Q1", "I")))
    assert (fault.row, fault.sentence()) == (None, "The survey has no question.")


def test_a_survey_without_a_title():
    (fault,) = faults_of(tsv([HEAD[1], GROUP, question("Q1", "S")]))
    assert fault.row is None


def test_a_group_without_questions_is_left_out_and_noted():
    found = read_limesurvey(tsv([*HEAD, GROUP, {**GROUP, "name": "Phần hai"}, question("Q1", "S")]))
    assert [section["title"]["vi"] for section in found.definition["sections"]] == ["Phần hai"]
    assert [(note.row, note.heading) for note in found.notes] == [(6, "class")]


def test_what_is_lost_is_noted():
    found = imported(
        question("Q1", "S", validation="/a+/", default="x", mandatory="S"),
        question("Q2", "I", exclude_all_others="S1"),
        question("Q3", "N", min_num_value_n="{Q1}"),
    )
    assert [(note.row, note.heading) for note in found.notes] == [
        (FIRST, "validation"),
        (FIRST, "mandatory"),
        (FIRST, "default"),
        (FIRST + 1, "type/scale"),
        (FIRST + 1, "exclude_all_others"),
        (FIRST + 2, "min_num_value_n"),
    ]


@pytest.mark.parametrize("text", ["", "không phải bảng", "a,b\n1,2", '"'])
def test_a_file_that_is_no_export_is_refused(text):
    assert faults_of(text)


def test_missing_columns_are_named():
    short = tuple(heading for heading in HEADINGS if heading not in ("relevance", "language"))
    sentences = " ".join(fault.sentence() for fault in faults_of(tsv([*HEAD, GROUP], short)))
    assert "“relevance”" in sentences
    assert "“language”" in sentences


def test_languages_that_cannot_be_told_apart_or_named():
    lines = [
        row("S", "language", "vi", language=""),
        row("S", "additional_languages", "vi-informal 12", language=""),
    ]
    faults = faults_of(tsv([*lines, *HEAD[2:], GROUP, question("Q1", "S")]))
    assert [(fault.row, fault.heading) for fault in faults] == [(3, "text"), (3, "text")]


CELLS = st.sampled_from(
    ["", "1", "Y", "0", "A1", "q1", "vi", "en", "L", "M", "F", "q1.NAOK == 'A1'", "{a}", "<p>"]
)
LINES = st.builds(
    lambda kind, cells: dict(zip(HEADINGS, [kind, *cells], strict=False)),
    st.sampled_from(["S", "SL", "G", "Q", "SQ", "A", "?"]),
    st.lists(CELLS | st.text(max_size=5), min_size=9, max_size=15),
)


def refused_or_read(text):
    try:
        return read_limesurvey(text).notes
    except SheetsRefused as refused:
        return refused.faults


@given(st.lists(LINES, max_size=6))
def test_whatever_the_rows_hold_is_read_or_refused(lines):
    assert all(found.sentence() for found in refused_or_read(tsv([*HEAD, GROUP, *lines])))
