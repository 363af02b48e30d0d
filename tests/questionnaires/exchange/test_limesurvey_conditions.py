"""Conditions of LimeSurvey in our language, and its words for what it cannot say."""

import pytest

from questionnaires.expression import to_text
from questionnaires.sheets import SheetsRefused
from tests.questionnaires.exchange.limesurvey_survey import (
    answers,
    export,
    imported,
    question,
    questions,
    read_limesurvey,
    subquestions,
)

EARLIER = [
    question("q1", "L", other="Y"),
    *answers("A1", "A2"),
    question("age", "N"),
    question("m", "M", other="Y"),
    *subquestions("S1", "S2"),
    question("arr", "F"),
    *subquestions("R1"),
    *answers("A1", "A2"),
]


def last(relevance):
    return question("last", "S", relevance=relevance)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('((q1.NAOK == "A1"))', "${q1} = 'A1'"),
        ("q1.NAOK eq 'A1' and age.NAOK ge 18", "${q1} = 'A1' and ${age} >= 18"),
        ("age.NAOK lt 18 || age.NAOK > 60.5", "${age} < 18 or ${age} > 60.5"),
        ("age.NAOK le 3 && !(age.NAOK gt 1)", "${age} <= 3 and not(${age} > 1)"),
        ("is_empty(age.NAOK)", "${age} = ''"),
        ("!is_empty(q1.NAOK)", "${q1} != ''"),
        ('q1.NAOK ne "A1"', "${q1} != 'A1'"),
        ('q1.NAOK == "-oth-"', "${q1} = 'other'"),
        ('q1_other.NAOK != ""', "${q1_other} != ''"),
        ('m_S1.NAOK == "Y"', "selected(${m}, 'S1')"),
        ('m_S1.NAOK != "Y"', "not(selected(${m}, 'S1'))"),
        ("is_empty(m_S2.NAOK) or m_S1", "not(selected(${m}, 'S2')) or selected(${m}, 'S1')"),
        ('arr_R1.NAOK == "A2"', "${arr_r1} = 'A2'"),
        ("{age.NAOK + 2 * age.NAOK / 3 >= 10}", "${age} + 2 * ${age} div 3 >= 10"),
        ("if(age.NAOK > 1, 1, 0)", "if(${age} > 1, 1, 0)"),
        ("strlen(q1_other.NAOK) > -1", "string-length(${q1_other}) > -1"),
        ("age.code AND q1.NAOK == 'A1' OR age.NAOK == 4", "${age} and ${q1} = 'A1' or ${age} = 4"),
    ],
)
def test_conditions_that_can_be_said(theirs, ours):
    assert to_text(questions(*EARLIER, last(theirs))["last"].relevant) == ours


@pytest.mark.parametrize("always", ["", "1"])
def test_a_question_asked_of_everyone_has_no_condition(always):
    assert questions(*EARLIER, last(always))["last"].relevant is None


@pytest.mark.parametrize(
    ("theirs", "column", "words"),
    [
        ("q1.NAOK = 'A1'", 9, "to compare, write “==”"),
        ("q1.NAOK == 'A1' xor age", 17, "cannot be read"),
        ("regexMatch('/a/', q1)", 1, "regexMatch() has no counterpart"),
        ("is_empty(q1, age)", 1, "does not take 2 values"),
        ("agee.NAOK > 1", 1, "Did you mean “age”?"),
        ("123X4X5 == 'A1'", 1, "is no answer of this survey"),
        ("1 == age.shown", 6, "only .NAOK and .code"),
    ],
)
def test_conditions_that_cannot_be_said_are_refused_at_their_cell_and_column(theirs, column, words):
    with pytest.raises(SheetsRefused) as refused:
        imported(*EARLIER, last(theirs))
    (fault,) = refused.value.faults
    assert (fault.row, fault.heading) == (6 + len(EARLIER) + 1, "relevance")
    assert fault.sentence().startswith(f"Column {column}:")
    assert words in fault.sentence()


def test_a_condition_that_ends_too_early():
    with pytest.raises(SheetsRefused, match="missing at column 14"):
        imported(*EARLIER, last("(age.NAOK > 1"))


def test_a_condition_may_not_look_ahead():
    with pytest.raises(SheetsRefused) as refused:
        imported(question("first", "S", relevance="age.NAOK > 1"), *EARLIER)
    (fault,) = refused.value.faults
    assert (fault.row, fault.heading) == (7, "relevance")


def test_a_text_beside_other_needs_both_conditions():
    made = questions(
        *EARLIER, question("q9", "L", other="Y", relevance="age.NAOK > 1 or age.NAOK == 0"), *answers("A1")
    )
    assert to_text(made["q9_other"].relevant) == "(${age} > 1 or ${age} = 0) and ${q9} = 'other'"


def test_a_condition_that_blank_answers_fulfil_is_noted_where_naok_is_missing():
    assert imported(*EARLIER, last("q1 == 'A1'")).notes == ()
    (note,) = imported(*EARLIER, last("q1 != 'A1'")).notes
    assert note.heading == "relevance"
    assert "“q1” stands without .NAOK" in note.sentence()


def test_groups_have_conditions_too():
    lines = export(*EARLIER).rstrip("\r\n").split("\r\n")
    header = lines[0].lstrip("\ufeff").split("\t")
    second = {"class": "G", "name": "Phần hai", "relevance": "age.NAOK > 17", "language": "vi"}
    asked = question("why", "S")
    lines += ["\t".join(line.get(heading, "") for heading in header) for line in (second, asked)]
    sections = read_limesurvey("\r\n".join(lines)).definition["sections"]
    assert sections[1]["relevant"] == "${age} > 17"
