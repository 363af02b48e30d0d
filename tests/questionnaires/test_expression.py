"""A planner writes routes and constraints; the vectors file says what each of them means."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from questionnaires.expression import (
    ExpressionError,
    evaluate,
    names,
    parse_expression,
    refusals,
    to_text,
    truth,
)
from questionnaires.expression.evaluation import OPERATIONS
from questionnaires.expression.tree import BINDING, FUNCTIONS
from tests.questionnaires.expression_examples import CASES, TODAY, VECTORS


def value_of(text: str, **answers: Any) -> Any:
    return evaluate(parse_expression(text), answers, today=TODAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_an_expression_has_the_value_that_the_vectors_say(case: dict) -> None:
    tree = parse_expression(case["text"])
    value = evaluate(tree, case.get("answers", {}), this=case.get("this"), today=TODAY)
    assert json.dumps(value) == json.dumps(case["value"])  # as JSON, because True == 1 == 1.0 in Python


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_the_canonical_text_and_json_keep_the_tree(case: dict) -> None:
    tree = parse_expression(case["text"])
    assert parse_expression(to_text(tree)) == tree
    assert json.loads(json.dumps(tree)) == tree


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: ascii(case["text"]))
def test_a_faulty_expression_is_refused_where_it_goes_wrong(case: dict) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_expression(case["text"])
    error = refused.value
    assert error.template == getattr(refusals, case["because"])
    assert error.position == case["position"]
    assert error.values["column"] == case["position"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("${a} = yes", "Column 8: write ${yes} for an answer, 'yes' for a text or code."),
        ("selected(${a})", "Column 1: selected(question, code) does not take 1 values."),
        ("1\u200b", "Column 2: the character “U+200B” has no meaning here."),
        ("1 < 2 < 3", "Column 7: compare two values at a time and join comparisons with “and”."),
        ("1 +", "The expression ends too early: a value or a bracket is missing at column 4."),
    ],
)
def test_a_refusal_speaks_to_the_person_who_wrote_the_expression(text: str, sentence: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_expression(text)
    assert str(refused.value) == sentence


def test_every_kind_of_refusal_stands_in_the_vectors() -> None:
    limits = {"TOO_LONG", "TOO_DEEP"}  # tested below
    templates = {name for name, value in vars(refusals).items() if name.isupper() and isinstance(value, str)}
    assert {case["because"] for case in VECTORS["refused"]} == templates - limits


def test_the_tree_is_plain_lists_that_read_like_the_text() -> None:
    assert parse_expression("${age} >= 18 and not(selected(${q}, 'x'))") == [
        "and",
        [">=", ["$", "age"], 18],
        ["not", ["selected", ["$", "q"], "x"]],
    ]
    assert parse_expression("1 or 2 or 3") == ["or", 1, 2, 3]
    assert parse_expression("1 - 2 - 3") == ["-", ["-", 1, 2], 3]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("((1+2))*3", "(1 + 2) * 3"),
        ("1-(2-3)-4", "1 - (2 - 3) - 4"),
        ("(1 and 2) and 3", "(1 and 2) and 3"),
        ("(1=2)=3", "(1 = 2) = 3"),
        ("-(1+2)", "-(1 + 2)"),
        ("-(-(1))", "--1"),
        ("not( ${ a }='x' )", "not(${a} = 'x')"),
        ('"it\'s"', '"it\'s"'),
        ("0.00000010", "0.0000001"),
    ],
)
def test_the_canonical_text_has_the_needed_brackets_alone(written: str, canonical: str) -> None:
    assert to_text(parse_expression(written)) == canonical


def test_names_are_the_codes_of_all_references() -> None:
    assert names(parse_expression("if(${a} = 'b', ${c}, . + ${a}) or '$'")) == {"a", "c"}
    assert names(parse_expression("today() > '2026-01-01'")) == frozenset()
    assert names(parse_expression("'a'")) == frozenset()


def test_long_and_deep_expressions_are_refused_and_those_at_the_limit_are_not() -> None:
    assert value_of("1" + " " * 1999) == 1
    with pytest.raises(ExpressionError, match="2001 characters; 2000 is the most"):
        parse_expression("1" + " " * 2000)
    assert value_of("-" * 50 + "1") == 1
    with pytest.raises(ExpressionError, match="more than 50 levels"):
        parse_expression("-" * 51 + "1")
    assert value_of("(" * 999 + "1" + ")" * 999) == 1  # brackets alone nest nothing
    assert value_of("or ".join(["0 "] * 300)) is False
    with pytest.raises(ExpressionError, match="more than 50 levels"):
        parse_expression("not(" * 390 + "1" + ")" * 390)


def test_an_expression_whose_stored_text_would_be_too_long_is_refused() -> None:
    crowded = "+".join(["1"] * 40) + "and 1" * 380  # "1+1" is stored as "1 + 1"
    assert len(crowded) < 2000
    with pytest.raises(ExpressionError, match="characters; 2000 is the most"):
        parse_expression(crowded)


def test_answers_may_be_python_dates_decimals_and_tuples() -> None:
    assert value_of("${d} < today()", d=date(2026, 1, 1)) is True
    assert value_of("${n} + 1", n=Decimal("1.5")) == 2.5
    assert value_of("count-selected(${q})", q=("a", "b")) == 2


UNREADABLE = [
    float("nan"),
    float("inf"),
    10**400,
    Decimal("sNaN"),
    Decimal("Infinity"),
    object(),
    b"x",
    {1, 2},
    {"a": 1},
]


@pytest.mark.parametrize("unreadable", UNREADABLE, ids=lambda value: type(value).__name__)
def test_an_answer_that_cannot_be_read_is_blank(unreadable: object) -> None:
    assert value_of("${a} = ''", a=unreadable) is True
    assert value_of("${a} + 1 > 0 or ${a} < 1 or selected(${a}, 1)", a=unreadable) is False


def test_a_list_inside_a_list_is_ignored_however_deep() -> None:
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    assert value_of("${a} = ''", a=deep) is True


@pytest.mark.parametrize("value", [None, False, 0, 0.0])
def test_what_is_blank_or_zero_is_not_true(value: Any) -> None:
    assert truth(value) is False


@pytest.mark.parametrize("value", [True, 0.5, -1, "0", "false", ["a"]])
def test_every_other_value_is_true(value: Any) -> None:
    assert truth(value) is True


def test_every_word_of_the_grammar_is_evaluated() -> None:
    assert OPERATIONS.keys() == (BINDING.keys() | FUNCTIONS.keys()) - {"today"}
