"""Whatever form and whatever answers: the browser asks what Python asks, and checks as it does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from questionnaires import parse_questionnaire
from questionnaires.expression import evaluate, truth
from questionnaires.kinds import LARGEST_NUMBER
from questionnaires.routing import asked, is_blank
from questionnaires.schema import Questionnaire
from tests.browser.test_expression_browser import open_page_with_policy
from tests.questionnaires.expression_examples import TODAY
from tests.questionnaires.random_definitions import answers, sound_questionnaires

# The order of questionnaires/routing.py: an answer off the way counts as blank for whatever depends on it.
ROUTE = """(text) => { const [forms, today] = JSON.parse(text);
return forms.map(([sections, answers, blanks]) => {
    const way = {}, asked = [], accepted = [];
    const holds = (tree, self) =>
        tree === null || Expression.truth(Expression.evaluate(tree, way, { self, today }));
    for (const [relevant, questions] of sections) {
        if (!holds(relevant)) continue;
        for (const [code, condition, constraint, items] of questions) {
            if (!holds(condition)) continue;
            asked.push(code);
            for (const item of items) if (!blanks.includes(item)) way[item] = answers[item];
            for (const item of items) accepted.push(holds(constraint, answers[item]));
        }
    }
    return [asked, accepted];
}); }"""
Form = tuple[Questionnaire, dict[str, Any]]


@pytest.fixture(scope="module")
def in_browser(browser: Browser) -> Iterator[Callable[[list], list]]:
    page = open_page_with_policy(browser)
    yield lambda forms: page.evaluate(ROUTE, json.dumps([forms, TODAY.isoformat()]))
    page.close()


@st.composite
def filled_forms(draw: st.DrawFn) -> Form:
    questionnaire = parse_questionnaire(draw(sound_questionnaires()))
    drawn = draw(answers([item.code for item in questionnaire.items()]))
    return questionnaire, {code: answer for code, answer in drawn.items() if fits_json(answer)}


def fits_json(answer: Any) -> bool:
    """Whether the value reaches the browser unchanged; all others are refused as answers anyway."""
    if isinstance(answer, list):
        return all(map(fits_json, answer))
    if isinstance(answer, int | float):
        return abs(answer) <= LARGEST_NUMBER
    return answer is None or isinstance(answer, str)


def for_browser(questionnaire: Questionnaire, given_answers: dict[str, Any]) -> list:
    sections = [
        [
            section.relevant,
            [
                [question.code, question.relevant, question.constraint, [i.code for i in question.items()]]
                for question in section.questions
            ],
        ]
        for section in questionnaire.sections
    ]
    codes = [item.code for item in questionnaire.items()]
    known = {code: given_answers.get(code) for code in codes}
    return [sections, known, [code for code in codes if is_blank(known[code])]]


def in_python(questionnaire: Questionnaire, given_answers: dict[str, Any]) -> list:
    """The questions asked, and whether each item's answer keeps its question's constraint."""
    shown, accepted, way = [], [], {}
    for part in asked(questionnaire, given_answers, today=TODAY):
        for question in part.questions:
            shown.append(question.code)
            items = {item.code: given_answers.get(item.code) for item in question.items()}
            way |= {code: answer for code, answer in items.items() if not is_blank(answer)}
            accepted += [
                question.constraint is None
                or truth(evaluate(question.constraint, way, this=answer, today=TODAY))
                for answer in items.values()
            ]
    return [shown, accepted]


@settings(
    max_examples=30, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(forms=st.lists(filled_forms(), min_size=3, max_size=10))
def test_random_forms_are_asked_and_checked_alike(
    in_browser: Callable[[list], list], forms: list[Form]
) -> None:
    found = in_browser([for_browser(*form) for form in forms])
    assert found == [in_python(*form) for form in forms]
