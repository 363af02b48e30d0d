"""What a questionnaire cannot hold is refused, everything at once, at its cell, with what to do instead."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import parse_questionnaire
from questionnaires.exchange.xlsform import read_xlsform
from questionnaires.exchange.xlsform.dialect import read_expression
from questionnaires.expression import ExpressionError, to_text
from questionnaires.sheets import SheetsRefused
from questionnaires.sheets.sheet import build_sheet
from tests.questionnaires.exchange.xlsform_sheets import refusals


def test_every_fault_is_named_at_once_by_sheet_and_cell() -> None:
    survey = """
        type              | name | label         | relevant           | choice_filter | required
        begin repeat      | r    | Lặp           |                    |               |
        geopoint          | g    | Ở đâu?        |                    |               |
        select_one yes_no | y    | Có ${g} chưa? |                    | x=${g}        | ${g} = 1
        end repeat        |      |               |                    |               |
        select_one other  | z    | Z             | regex(${y}, '[a]') |               |
        text              |      | Không tên     |                    |               |
        text              | late | Muộn          | ${lase} = 1        |               |
        end group         |      |               |                    |               |
    """
    choices = "list_name | name | label\nyes_no | yes | Có\nyes_no | yes | Có\nyes_no | n/a | Không"
    assert [one.split(". ")[0] for one in refusals(survey, choices=choices)] == [
        "survey A2: Questions cannot be repeated here",
        "survey A3: A place on a map cannot be asked here",
        "survey C4: The text quotes the answer ${g}",
        "survey E4: The choices cannot depend on earlier answers here",
        "survey F4: “required” is either yes or no here; a condition for it is not held.",
        "survey A6: There is no list “other” in the sheet “choices”.",
        "survey D6: Column 1: regex() is not held here: patterns are read differently by different programs",
        "survey B7: The question has no name.",
        "survey D8: The expression names “lase”, which takes no answer here",
        "survey A9: No group is open that could end here.",
        "choices B3: The code “yes” is used more than once.",
        "choices B4: “n/a” is no code: use letters without marks, digits and single hyphens or underscores.",
    ]


def test_a_refused_question_is_not_called_unknown_where_it_is_used() -> None:
    survey = "type | name | label | relevant\nimage | face | Ảnh |\ntext | why | Vì sao? | ${face} != ''"
    assert [one[:9] for one in refusals(survey)] == ["survey A2"]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("regex(., '[0-9]+')", "regex() is not held here"),
        ("pulldata('a', 'b', 'c', ${q}) = 1", "pulldata() looks into another table"),
        ("position(..) > 1", "position() counts repeated questions"),
        ("indexed-repeat(${q}, ${r}, 1) = 1", "indexed-repeat() counts repeated"),
        ("jr:choice-name(${q}, '${q}') = 'A'", "jr:choice-name() gives the words of a choice"),
        ("once(today()) = 1", "once() keeps a value"),
        ("now() > ${q}", "Use today()"),
        ("${q} = random()", "random() gives another value each time"),
        ("concat(${q}, 'a') = 'ba'", "concat() makes or cuts texts"),
        ("round(${q}, 1) = 1", "round() is not held here"),
        ("/data/q = 1", "paths such as “/data/q” are not read here"),
        ("${q} = 'a'  and  frobnicate(1)", "Column 18: there is no function frobnicate()"),
    ],
)
def test_functions_that_are_not_held_are_named_with_what_to_do(expression: str, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        read_expression(expression)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("selected (${q}, “a”)", "selected(${q}, 'a')"),
        ("../q = 'a/b'", "${q} = 'a/b'"),
        ("../../q='../r'", "${q} = '../r'"),
        ("TRUE", "true()"),
        ("no", "false()"),
        (". div 2 mod 3 >= -1", ". div 2 mod 3 >= -1"),
        ("not(selected(., 'c') and selected(., 'd'))", "not(selected(., 'c') and selected(., 'd'))"),
        ("count-selected(${q})<=3 or string-length(.)=coalesce(${r},0)",
         "count-selected(${q}) <= 3 or string-length(.) = coalesce(${r}, 0)"),
    ],
)  # fmt: skip
def test_the_shared_part_of_both_languages(written: str, ours: str) -> None:
    assert to_text(read_expression(written)) == ours


def test_calculations_in_a_circle_and_without_content() -> None:
    survey = """
        type      | name | label | calculation
        calculate | a    |       | ${b} + 1
        calculate | b    |       | ${a} + 1
        calculate | c    |       |
        text      | q    | Q     |
    """
    assert refusals(survey) == [
        "survey D2: The calculation leads back to itself.",
        "survey D4: The calculation is missing.",
    ]


def test_groups_that_never_end_and_stand_too_deep() -> None:
    survey = "type | name | label\n" + "begin group | g | G\n" * 3000 + "text | q | Q"
    found = refusals(survey)
    assert "survey A22: Groups stand more than 20 levels deep in each other." in found
    assert "survey A2: The group is never ended: an “end group” is missing." in found


def test_columns_that_say_the_same_or_name_an_unknown_language() -> None:
    assert refusals("type | name | label | caption | hint::Klingon\ntext | q | Q | R | H") == [
        "survey D1: “caption” says the same as another column; keep one of the two.",
        "survey E1: The language “Klingon” is not known here. Add its code, as in “English (en)”.",
    ]


HEADINGS = st.sampled_from(
    [
        *("type", "name", "label", "label::English", "hint", "relevant", "constraint", "calculation", "::"),
        *("required", "appearance", "parameters", "list_name", "bind:relevant", "hailong_kind", "read_only"),
    ]
)
CELLS = st.text(max_size=6) | st.sampled_from(
    [
        *(
            "begin group",
            "end group",
            "select_one a or_other",
            "rank a",
            "range",
            "calculate",
            "today",
            "note",
        ),
        *("${a} > 1", "${b}", "../a", "table-list", "label", "list-nolabel", "start=1 end=x", "yes", "intro"),
        *("a", "q", "note"),
    ]
)
TABLES = st.lists(st.lists(CELLS, max_size=6), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(HEADINGS, max_size=6), TABLES, st.lists(HEADINGS, max_size=4), TABLES)
def test_nonsense_is_refused_or_sound_but_never_a_crash(
    heads: list[str], rows: list[list[str]], choice_heads: list[str], choice_rows: list[list[str]]
) -> None:
    survey = build_sheet("survey", list(enumerate([["type", "name", *heads], *rows], 1)))
    choices = build_sheet("choices", list(enumerate([["list_name", "name", *choice_heads], *choice_rows], 1)))
    try:
        imported = read_xlsform([survey, choices])
    except SheetsRefused as refused:
        sentences = [fault.sentence() for fault in refused.faults]
    else:
        sentences = [parse_questionnaire(imported.definition).code]
    assert all(sentences)
    assert sentences
