"""The data page: true for this survey, open while it lasts and after, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from survey.db import today
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import Round, says

Newcomer = Callable[[], Citizen]


@pytest.fixture
def reader(newcomer: Newcomer) -> Citizen:
    return newcomer()


def test_it_names_the_sections_and_the_sensitive_questions(reader: Citizen, a_round: Round) -> None:
    reader.open(f"/k/{a_round.slug}/privacy")
    assert says(reader, "Lần đến gần đây nhất", "Dữ liệu cá nhân nhạy cảm", "“Dân tộc”", "có thể bỏ qua")


@pytest.mark.parametrize("page", ["", "/privacy"])
def test_no_promise_denies_the_signals_that_are_kept(reader: Citizen, a_round: Round, page: str) -> None:
    """One of them says that a device sent a form before; which device it was, nothing says."""
    reader.open(f"/k/{a_round.slug}{page}")
    assert says(reader, "một số dấu hiệu để kiểm tra chất lượng", "đã dùng thiết bị nào")
    reader.client.submit("/language/en", {"next": f"/k/{a_round.slug}{page}"})
    reader.open(f"/k/{a_round.slug}{page}")
    assert says(reader, "a few signals for checking quality", "which device you used")


def test_it_names_who_asks_why_and_until_when(reader: Citizen, a_round: Round) -> None:
    last = today() + timedelta(300)
    a_round.change(purpose="Để cải thiện.", legal_basis="Kế hoạch 12", keep_until=last)
    reader.open(f"/k/{a_round.slug}/privacy")
    assert says(reader, "Để cải thiện.", "Kế hoạch 12.", f"{last:%d/%m/%Y}", "Sở Nội vụ, 0262 000 000")


def test_it_names_all_that_a_browser_keeps_and_how_long(reader: Citizen, a_round: Round) -> None:
    reader.open(f"/k/{a_round.slug}/privacy")
    assert says(reader, "lâu nhất 14 ngày", "bộ nhớ riêng của trình duyệt", "lâu nhất 30 ngày")
    assert says(reader, "Hai cookie khác", "ngôn ngữ trong một năm")


def test_it_says_who_can_open_answers_before_they_are_sent(reader: Citizen, a_round: Round) -> None:
    reader.open(f"/k/{a_round.slug}/privacy")
    assert says(reader, "chìa khóa mở các câu trả lời", "người gửi thư mời")


@pytest.mark.parametrize("withdrawable", [True, False])
def test_withdrawing_is_offered_only_where_it_can_be(
    reader: Citizen, a_round: Round, withdrawable: bool
) -> None:
    a_round.change(withdrawable=withdrawable)
    reader.open(f"/k/{a_round.slug}/privacy")
    assert says(reader, f"/k/{a_round.slug}/withdraw") is withdrawable
    assert says(reader, "không thể sửa hoặc rút lại") is not withdrawable


@pytest.mark.parametrize("state", ["open", "paused", "closed"])
def test_it_stays_open_when_the_survey_is_over(reader: Citizen, a_round: Round, state: str) -> None:
    a_round.change(state=state)
    assert reader.open(f"/k/{a_round.slug}/privacy").status_code == 200


def test_before_the_survey_is_opened_only_staff_read_it(
    reader: Citizen, a_round: Round, client: FlaskClient, sign_in: Callable[..., int]
) -> None:
    a_round.change(state="draft")
    assert reader.open(f"/k/{a_round.slug}/privacy").status_code == 403
    sign_in("planner")
    assert client.get(f"/k/{a_round.slug}/privacy").status_code == 200
    assert f"/k/{a_round.slug}/privacy" in client.get(f"/surveys/{a_round.survey_id}").text


def test_it_speaks_english_too(reader: Citizen, a_round: Round) -> None:
    reader.client.set_cookie("language", "en")
    reader.open(f"/k/{a_round.slug}/privacy")
    assert says(reader, "How we handle your answers", "Law 91/2025/QH15", "Decree 356/2025")


def test_every_page_of_a_survey_leads_to_what_becomes_of_the_data(citizen, a_round) -> None:
    link = f'href="/k/{a_round.slug}/privacy"'
    citizen.start(a_round.units[0])
    for page in ("1", "check", "form"):
        foot = citizen.open(f"/k/{a_round.slug}/{page}").text.partition("<footer")[2]
        assert link in foot, page
