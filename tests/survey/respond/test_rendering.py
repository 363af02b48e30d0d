"""A page filled piece by piece is the page that the macros would have written, for whomever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires import parse_questionnaire
from questionnaires.faults import Fault
from questionnaires.schema import Questionnaire
from questionnaires.sitting import for_units
from survey.respond.answering.booklet import Booklet, laid_out
from survey.respond.answering.fields import by_macros, heading_of, page_fields
from survey.respond.answering.filling import MARK, Filling
from tests.questionnaires.random_definitions import raw_forms, sound_questionnaires
from tests.questionnaires.sittings import UNITS, deputies

HOSTILE = "<script>alert(1)</script> \"'&amp; {{ 7 * 7 }} slot-0; \u202e"
EXAMPLES = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def request_of_a_page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def hostile(value: Any) -> Any:
    """A definition whose every text could break out of a page."""
    if not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [hostile(one) for one in value]
    return {
        key: dict.fromkeys(one, HOSTILE) if key in {"text", "hint", "title"} else hostile(one)
        for key, one in value.items()
    }


def items_of(questionnaire: Questionnaire) -> list[str]:
    return [item.code for item in questionnaire.items()]


def by_macros_alone(booklet: Booklet, number: int, filling: Filling, faults: dict[str, Fault]) -> str:
    page = booklet.page(number)
    heading = heading_of(page, filling.asked)
    return "\n".join(html for _, html in by_macros(booklet, page.questions, heading, filling, faults))


@EXAMPLES
@pytest.mark.usefixtures("request_of_a_page")
@given(sound_questionnaires(), st.sampled_from(["section", "question"]), st.booleans(), st.data())
def test_a_filled_page_is_what_the_macros_write(
    definition: dict[str, Any], page_by: str, is_hostile: bool, data: st.DataObject
) -> None:
    questionnaire = parse_questionnaire(hostile(definition) if is_hostile else definition)
    booklet, codes = laid_out(questionnaire, page_by), items_of(questionnaire)
    asked = data.draw(st.sets(st.sampled_from([question.code for question in questionnaire.questions()])))
    faulty = data.draw(st.sets(st.sampled_from(codes), max_size=2)) if codes else set()
    faults = {code: Fault(code, HOSTILE) for code in faulty}
    texts = data.draw(raw_forms(codes)) if codes else {}
    filling = Filling(texts, asked)
    for number in range(1, len(booklet.pages) + 1):
        for _ in ("written for the first time", "written before"):
            filled = page_fields(booklet, number, filling, faults)
            assert filled == by_macros_alone(booklet, number, filling, faults)
        assert "<script" not in filled
        assert MARK not in filled


@pytest.mark.usefixtures("request_of_a_page")
@pytest.mark.parametrize(
    "text", ['"><script>', "' onfocus='x", "</textarea><b>", "{{ config }}", "\u202etxt"]
)
def test_what_was_typed_is_escaped(text: str) -> None:
    booklet = laid_out(deputies(), "section")
    page = page_fields(booklet, 3, Filling({"comment": [text]}, {"impact", "comment"}))
    assert page == by_macros_alone(booklet, 3, Filling({"comment": [text]}, {"impact", "comment"}), {})
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.usefixtures("request_of_a_page")
def test_one_persons_page_holds_nothing_of_the_person_before() -> None:
    booklet = laid_out(deputies(), "section")
    asked = {question.code for question in booklet.page(3).questions}
    empty = page_fields(booklet, 3, Filling({}, asked))
    full = page_fields(booklet, 3, Filling({"impact": ["good"], "comment": ["Của riêng tôi"]}, asked))
    assert " checked" in full
    assert "Của riêng tôi" in full
    assert page_fields(booklet, 3, Filling({}, asked)) == empty
    assert " checked" not in empty


def test_each_language_has_pages_of_its_own(app: Flask) -> None:
    booklet = laid_out(deputies(), "section")
    filling = Filling({}, {"impact", "comment"})
    pages = []
    for language in ("vi", "en", "vi"):
        with app.test_request_context("/", headers={"Cookie": f"language={language}"}):
            pages.append(page_fields(booklet, 3, filling))
    assert pages[0] == pages[2] != pages[1]
    assert "(optional)" in pages[1]


@pytest.mark.usefixtures("request_of_a_page")
def test_rows_of_a_sitting_are_filled_under_their_own_codes() -> None:
    form = for_units(deputies(), UNITS)
    booklet = laid_out(form, "section", sitting=True)
    number = next(n for n, page in enumerate(booklet.pages, 1) if any(q.rows for q in page.questions))
    question = next(one for one in booklet.page(number).questions if one.rows)
    row = question.rows[1].code
    page = page_fields(booklet, number, Filling({row: ["good"]}, {question.code}))
    assert "app-matrix--units" in page
    assert page.count(" checked") == 1
    assert f'name="{row}" id="q-{row}-3" value="good" checked' in page


def test_drafts_tried_again_and_again_fill_no_memory(app: Flask) -> None:
    with app.test_request_context("/"):
        for _ in range(200):
            page_fields(laid_out(deputies(), "section"), 3, Filling({}, {"comment"}))
    from survey.respond.answering.booklet import _laid_out

    assert _laid_out.cache_info().currsize <= 64
