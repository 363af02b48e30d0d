"""People who slip: what cannot be is named at its place, and nothing sound is lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.models import Draft, Response
from tests.survey.citizen import Citizen
from tests.survey.factory import SMALL_QUESTIONNAIRE
from tests.survey.respond.surveyed import (
    SERVICE,
    VISIT,
    Round,
    says,
)


def test_faults_are_shown_at_their_place_and_the_sound_part_is_kept(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", visits="chín", visited_on="2022-12-20")
    assert citizen.page.status_code == 422
    assert says(
        citizen, 'href="#q-visits"', 'id="q-visits-error"', "“chín” không phải là số nguyên", 'value="chín"'
    )
    assert a_round.answers(Draft) == {"received": "no", "visited_on": "2022-12-20"}


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"received": "perhaps"}, "received"),
        ({"received": ["yes", "no"]}, "received"),
        ({"received": "no", "visits": "31"}, "visits"),
        ({"received": "no", "visits": "1.234"}, "visits"),
        ({"received": "no", "visited_on": "2999-01-01"}, "visited_on"),
        ({}, "received"),
    ],
)
def test_what_cannot_be_is_named_and_not_stored(
    citizen: Citizen, a_round: Round, answers: dict[str, Any], place: str
) -> None:
    citizen.answer(**answers)
    assert citizen.page.status_code == 422
    assert says(citizen, f'href="#q-{place}"')
    assert place not in a_round.answers(Draft)


def test_a_long_text_is_refused_and_given_back(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    citizen.answer(comment="x" * 6_000)
    assert citizen.page.status_code == 422
    assert says(citizen, 'id="q-comment-error"', "x" * 6_000)
    assert "comment" not in a_round.answers(Draft)


def test_a_text_nobody_typed_is_refused_and_not_sent_back_whole(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    citizen.answer(comment="x" * 2_000_000)
    assert citizen.page.status_code == 422
    assert says(citizen, 'id="q-comment-error"', "2000000 ký tự")
    assert len(citizen.page.text) < 40_000
    assert "comment" not in a_round.answers(Draft)


def test_what_is_larger_than_any_form_leads_back_to_the_page(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    citizen.answer(comment="x" * 5_000_000)
    assert citizen.page.status_code == 413
    assert says(citizen, "Nội dung quá dài", f'href="/k/{a_round.slug}/4"')
    assert "comment" not in a_round.answers(Draft)


def test_an_answer_to_a_question_of_another_page_is_refused(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", polite="high")
    assert citizen.page.status_code == 400
    assert a_round.answers(Draft) == {}
    citizen.open(f"/k/{a_round.slug}/1")
    citizen.answer(received="no", salary="5")
    assert citizen.page.status_code == 400
    assert a_round.answers(Draft) == {}


def test_an_answer_to_a_page_that_is_not_asked_is_refused(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.post(f"/k/{a_round.slug}/2", {"reason": "Thiếu cán bộ"})
    assert citizen.page.status_code == 409
    assert says(citizen, f'href="/k/{a_round.slug}/3"')
    assert "reason" not in a_round.answers(Draft)


def test_sending_too_early_names_what_lacks(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.send()
    assert citizen.page.status_code == 422
    assert says(citizen, f'href="/k/{a_round.slug}/3?back=check#q-polite"', "#q-clear")
    assert a_round.count(Response) == 0
    citizen.open(f"/k/{a_round.slug}/3?back=check")
    citizen.answer(**SERVICE)
    assert citizen.path == f"/k/{a_round.slug}/check"


def test_pages_and_links_that_do_not_exist(citizen: Citizen, a_round: Round) -> None:
    citizen.open(f"/k/{a_round.slug}/99")
    assert citizen.path == f"/k/{a_round.slug}/check"
    citizen.open("/k/no-such-survey")
    assert citizen.page.status_code == 404
    assert says(citizen, "Đường dẫn này không có phiếu khảo sát nào")


def test_a_link_typed_by_hand_is_forgiven(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    for address in (f"/k/{a_round.slug}/", f"/k/{a_round.slug.capitalize()}"):
        person.open(address)
        assert says(person, "Tôi đồng ý, bắt đầu")
    person.open("/c/")
    assert says(person, "Nhập mã của Ông/Bà")


def test_a_slip_in_a_question_that_is_not_asked_is_no_fault(client: FlaskClient, app: Flask) -> None:
    hidden_number = copy.deepcopy(SMALL_QUESTIONNAIRE) | {"code": "hidden"}
    hidden_number["sections"][0]["questions"][2]["relevant"] = "${received} = 'yes'"
    made = Round(app, questionnaire=hidden_number)
    person = Citizen(client, made.slug)
    person.start(made.units[0])
    person.answer(received="no", visits="chín")
    assert person.path == f"/k/{made.slug}/3"
    assert made.answers(Draft) == {"received": "no"}


def test_a_change_that_adds_a_page_leads_there_before_the_check(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, {})
    citizen.open(f"/k/{a_round.slug}/1?back=check")
    citizen.answer(received="yes")
    citizen.answer(received="yes", late="yes")
    assert citizen.path == f"/k/{a_round.slug}/2"
    citizen.answer(reason="Thiếu cán bộ")
    assert citizen.path == f"/k/{a_round.slug}/check"
