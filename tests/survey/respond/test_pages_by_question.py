"""One thought a page: each question on a page of its own, whichever way leads to it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from survey.models import Draft
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import RECORD, Round, says

# Pages in the order of the questionnaire; what they ask is not all asked of everybody.
FIRST, LATE, VISITS, REASON, ITEMS = 1, 2, 3, 5, 6
REST = (
    {"visits": "2"},
    {},
    {"polite": "high", "clear": "dont_know"},
    {"improve": ["time", "cost"]},
    {"ethnicity": "refused"},
    {"comment": "Cảm ơn"},
)


@pytest.fixture
def a_round(app: Flask) -> Round:
    made = Round(app)
    made.change(page_by="question")
    return made


def page_number(citizen: Citizen) -> int:
    return int(citizen.path.rpartition("/")[2])


def heading(citizen: Citizen) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", citizen.page.text, re.S).group(1)
    return re.sub(r"<[^>]+>", "", found).strip()


def share_done(citizen: Citizen) -> int:
    return int(re.search(r'<progress[^>]* value="(\d+)"', citizen.page.text).group(1))


def test_the_whole_way_question_by_question(citizen: Citizen, a_round: Round) -> None:
    headings, shares = [], []
    for answers in ({"received": "no"}, *REST):
        headings.append(heading(citizen))
        shares.append(share_done(citizen))
        citizen.answer(**answers)
    assert headings == [
        "Ông/Bà đã nhận kết quả chưa?",
        "Ông/Bà đã đến mấy lần?",
        "Ngày đến gần nhất",
        "Ông/Bà hài lòng ở mức nào?",
        "Cần cải thiện điều gì?",
        "Dân tộc",
        "Góp ý thêm",
    ]
    assert citizen.path.endswith("/check")
    assert shares == sorted(set(shares))
    assert "Bước cuối" in citizen.page.text
    citizen.send()
    assert a_round.answers() == RECORD


def test_the_section_stands_above_the_question(citizen: Citizen) -> None:
    caption = citizen.page.text.index("Lần đến gần đây nhất")
    assert caption < citizen.page.text.index("<h1")
    assert says(citizen, '<legend class="govuk-fieldset__legend govuk-fieldset__legend--l"><h1')


def test_a_page_that_an_answer_adds_comes_next(citizen: Citizen) -> None:
    citizen.answer(received="yes")
    assert page_number(citizen) == LATE
    citizen.answer(late="yes")
    citizen.answer(visits="2")
    citizen.answer()
    assert page_number(citizen) == REASON
    assert says(
        citizen, '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="q-reason"'
    )


def test_the_back_link_leads_over_what_was_not_asked(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no")
    assert page_number(citizen) == VISITS
    assert says(citizen, f'class="govuk-back-link" href="/k/{a_round.slug}/{FIRST}"')


def test_a_slip_is_named_and_nothing_else_lost(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no")
    citizen.answer(visits="99")
    assert citizen.page.status_code == 422
    assert page_number(citizen) == VISITS
    assert says(citizen, 'href="#q-visits"', 'id="q-visits-error"', 'value="99"')
    assert heading(citizen) == "Ông/Bà đã đến mấy lần?"
    assert a_round.answers(Draft) == {"received": "no"}


def test_a_change_from_the_check_asks_only_what_it_adds(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all({"received": "no"}, *REST)
    citizen.open(f"/k/{a_round.slug}/{FIRST}?back=check")
    citizen.answer(received="yes")
    assert page_number(citizen) == LATE
    citizen.answer(late="yes")
    assert page_number(citizen) == REASON
    citizen.answer(reason="Thiếu cán bộ")
    assert citizen.path.endswith("/check")


def test_the_check_names_each_section_once(citizen: Citizen) -> None:
    citizen.answer_all({"received": "no"}, *REST)
    titles = re.findall(r'<h2 class="govuk-heading-m">(.*?)</h2>', citizen.page.text)
    assert titles == ["Lần đến gần đây nhất", "Sự phục vụ", "Về người trả lời", "Gửi câu trả lời"]


def test_who_left_goes_on_at_the_first_question_without_answer(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all({"received": "no"}, {"visits": "2"}, {"visited_on": "2022-12-20"})
    citizen.start(a_round.units[1])
    assert page_number(citizen) == ITEMS


def test_a_question_not_asked_leads_on(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no")
    citizen.open(f"/k/{a_round.slug}/{LATE}")
    assert page_number(citizen) == VISITS


def test_a_page_of_several_questions_keeps_its_sections_title(
    newcomer: Callable[[], Citizen], a_round: Round
) -> None:
    a_round.change(page_by="section")
    person = newcomer()
    person.start(a_round.units[0])
    assert heading(person) == "Lần đến gần đây nhất"
