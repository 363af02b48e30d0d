"""The browser gives an expression the value that the server gives it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route

from questionnaires.expression import evaluate, parse_expression, to_text, truth
from tests.questionnaires.expression_examples import ANSWER_VALUES, ANSWERS, CASES, TODAY, TREES, same

SCRIPT = Path(__file__).parents[2] / "survey" / "static" / "expression.js"
PAGE = '<!doctype html><html lang="vi"><title>x</title><script src="/expression.js"></script></html>'
POLICY = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}
EVALUATE = """([cases, today]) => cases.map(([tree, answers, self]) => {
    const value = Expression.evaluate(tree, answers, { self, today });
    return [value === undefined ? "undefined" : value, Expression.truth(value)];
})"""

InBrowser = Callable[[list], list]
"""(tree, answers, this) of many cases → (value, truth) of each."""


@pytest.fixture(scope="module")
def in_browser(browser: Browser) -> Iterator[InBrowser]:
    page = open_page_with_policy(browser)
    yield lambda cases: page.evaluate(EVALUATE, [cases, TODAY.isoformat()])
    page.close()


def open_page_with_policy(browser: Browser) -> Page:
    """A page that loads the script under the policy of the product's own pages."""

    def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(path=SCRIPT, content_type="text/javascript")
        else:
            route.fulfill(body=PAGE, content_type="text/html", headers=POLICY)

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto("http://survey.test/")
    return page


def test_the_browser_gives_the_values_of_the_vectors(in_browser: InBrowser) -> None:
    cases = [(parse_expression(case["text"]), case.get("answers", {}), case.get("this")) for case in CASES]
    values = [value for value, _ in in_browser(cases)]
    wrong = [
        (case, value) for case, value in zip(CASES, values, strict=True) if not same(value, case["value"])
    ]
    assert wrong == []


# Many cases in one call, as each call costs milliseconds; shrinking a whole batch would take minutes.
@settings(
    max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
@given(cases=st.lists(st.tuples(TREES, ANSWERS, ANSWER_VALUES), min_size=20, max_size=60))
def test_random_expressions_agree_with_python(in_browser: InBrowser, cases: list) -> None:
    for (tree, answers, this), (value, holds) in zip(cases, in_browser(cases), strict=True):
        expected = evaluate(tree, answers, this=this, today=TODAY)
        assert same(value, expected), (to_text(tree), answers, this)
        assert holds is truth(expected)
