"""Whatever people type and whatever they answer: a tree or a refusal, a value and never an exception."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionnaires.expression import ExpressionError, evaluate, names, parse_expression, to_text
from tests.questionnaires.expression_examples import ANSWER_VALUES, ANSWERS, CODES, TODAY, TREES

OPERANDS = ["${a}", "${b}", ".", "1", "0.5", "'x'", "''", "'2026-01-01'", "today()"]
OPERATORS = ["=", "!=", "<", "<=", "+", "-", "*", "div", "mod", "and", "or", ",", ")"]
OPENINGS = ["(", "not(", "if(", "selected(", "date(", "coalesce("]
RUBBISH = ["${", "$", "}", "'", '"', "x", "“", "≥", "\x00", "é", "e\u0301"]
SCRAPS = st.lists(st.sampled_from([*OPERANDS, *OPERATORS, *OPENINGS, *RUBBISH]), max_size=25)


@given(TREES)
def test_the_canonical_text_of_a_tree_parses_to_the_same_tree(tree: Any) -> None:
    assert parse_expression(to_text(tree)) == tree
    assert json.loads(json.dumps(tree)) == tree


@given(st.text(max_size=60) | SCRAPS.map(" ".join) | SCRAPS.map("".join))
def test_any_text_is_parsed_or_refused_with_a_sentence(text: str) -> None:
    try:
        tree = parse_expression(text)
    except ExpressionError as error:
        refusal = error
    else:
        assert parse_expression(to_text(tree)) == tree
        return
    assert refusal.position >= 1
    assert str(refusal) == refusal.template % refusal.values


@given(TREES, ANSWERS, ANSWER_VALUES)
def test_a_valid_expression_has_a_value_for_any_answers(tree: Any, answers: dict, this: Any) -> None:
    value = evaluate(tree, answers, this=this, today=TODAY)
    assert value is None or isinstance(value, bool | int | float | str | list)
    assert value not in ("", [])  # a blank is always None
    json.dumps(value, allow_nan=False)


@given(TREES, ANSWERS)
def test_only_the_named_answers_matter(tree: Any, answers: dict) -> None:
    named = {code: answer for code, answer in answers.items() if code in names(tree)}
    assert names(tree) <= set(CODES)
    assert evaluate(tree, answers, today=TODAY) == evaluate(tree, named, today=TODAY)
