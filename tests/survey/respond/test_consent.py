"""Before the first question: what people are told, how they agree, and how they say no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.db import db, today
from survey.models import Draft, Quota, Response, WayCount
from survey.respond.statistics import storing
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import ABOUT_YOU, SERVICE, VISIT, Round, says, visits_kept

Newcomer = Callable[[], Citizen]


def test_the_first_page_says_why_who_how_long_and_until_when(newcomer: Newcomer, a_round: Round) -> None:
    last = today() + timedelta(300)
    a_round.change(purpose="Để cải thiện Bộ phận Một cửa.", legal_basis="Kế hoạch 12", keep_until=last)
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    assert says(person, "Để cải thiện Bộ phận Một cửa.", "Kế hoạch 12.", "Sở Nội vụ, 0262 000 000")
    assert says(person, "Mất khoảng 2 phút.", "4 trang ngắn", f"{last:%d/%m/%Y}", "91/2025/QH15")
    assert says(person, f'href="/k/{a_round.slug}/privacy"')


def test_where_nothing_is_set_it_claims_nothing(newcomer: Newcomer, a_round: Round) -> None:
    a_round.change(contact="")
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    assert says(person, "Chưa ấn định ngày cuối cùng lưu giữ", "chưa ghi thông tin liên hệ")


def test_the_pages_promised_are_those_of_the_setting(newcomer: Newcomer, a_round: Round) -> None:
    a_round.change(page_by="question")
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    assert says(person, "9 trang ngắn")


def test_who_does_not_agree_leaves_nothing_behind(newcomer: Newcomer, a_round: Round) -> None:
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    person.post(f"/k/{a_round.slug}/decline", {"unit": a_round.units[0]})
    assert person.path == f"/k/{a_round.slug}/declined"
    assert says(person, "Không có gì được lưu")
    assert visits_kept(person) == []
    assert a_round.count(Draft) == a_round.count(Response) == 0


def test_a_no_is_counted_and_says_no_more(newcomer: Newcomer, a_round: Round) -> None:
    waiting = a_round.app.extensions["way_counts"]
    waiting.take()  # what earlier tests left in this process
    person = newcomer()
    person.open(f"/k/{a_round.slug}")
    person.post(f"/k/{a_round.slug}/decline", {})
    with a_round.app.app_context():
        storing.flush(waiting, db.engine)
        rows = db.session.scalars(db.select(WayCount).filter_by(event="declined")).all()
        assert [(row.survey_id, row.count) for row in rows] == [(a_round.survey_id, 1)]


def test_who_stops_half_way_may_have_it_all_deleted(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.open(f"/k/{a_round.slug}/later")
    citizen.post(f"/k/{a_round.slug}/decline", {})
    assert a_round.count(Draft) == 0
    assert visits_kept(citizen) == []


def test_who_comes_again_after_sending_is_told_kindly(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    citizen.open(f"/k/{a_round.slug}")
    assert says(citizen, "Đã có một phiếu được gửi từ thiết bị này", "Tôi đồng ý, bắt đầu")


@pytest.mark.parametrize("filled", ["x", "https://example.com"])
def test_a_program_that_fills_every_field_begins_nothing(
    newcomer: Newcomer, a_round: Round, filled: str
) -> None:
    person = newcomer()
    person.start(a_round.units[0], website=filled)
    assert person.page.status_code == 400
    assert a_round.count(Draft) == 0


def test_a_full_survey_says_so_and_stores_nothing(newcomer: Newcomer, a_round: Round) -> None:
    with a_round.app.app_context():
        db.session.add(Quota(survey_id=a_round.survey_id, answers={}, most=1, taken=1))
        db.session.commit()
    person = newcomer()
    person.start(a_round.units[0])
    assert person.page.status_code == 403
    assert says(person, "Khảo sát đã nhận đủ phiếu", "Còn câu trả lời của Ông/Bà?")
    assert a_round.count(Draft) == 0
