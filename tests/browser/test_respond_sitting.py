"""A deputy rates many agencies on a telephone: side by side, saved as it goes, summed up before sending."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from survey.models import Draft, Response
from tests.browser.conftest import LiveServer
from tests.survey.respond.surveyed import Round
from tests.survey.sittings import make_sitting

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def sitting(live_server: LiveServer) -> Round:
    return make_sitting(live_server.app, units=5)


@pytest.fixture
def phone(page: Page, live_server: LiveServer, sitting: Round) -> Page:
    """At the first page of ratings."""
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/k/{sitting.slug}")
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    page.wait_for_url("**/1")
    page.wait_for_load_state()
    return page


def rate(page: Page, unit: str, level: str) -> None:
    page.get_by_role("group", name=unit, exact=True).get_by_label(level, exact=True).check()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lưu và tiếp tục").click()


def test_four_of_five_are_rated_on_a_telephone(phone: Page, sitting: Round) -> None:
    for page_number in (1, 2):
        for unit in sitting.unit_names[:4]:
            rate(phone, unit, "Tốt")
        go_on(phone)
        phone.wait_for_url(f"**/{page_number + 1}")
    go_on(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Xem lại câu trả lời trước khi gửi")
    expect(phone.get_by_text(f"không đánh giá: {sitting.unit_names[4]}")).to_be_visible()
    phone.get_by_text(sitting.unit_names[0]).click()
    expect(phone.get_by_text("Công khai, minh bạch").first).to_be_visible()
    phone.get_by_role("button", name="Gửi câu trả lời của tôi").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Cảm ơn Ông/Bà, phiếu đã được gửi")
    assert sitting.count(Response) == 4


def test_a_rating_is_kept_before_any_button_is_pressed(phone: Page, sitting: Round) -> None:
    rate(phone, sitting.unit_names[2], "Trung bình")
    expect(phone.get_by_text("Phần Ông/Bà vừa đánh giá đã được lưu.")).to_be_visible()
    assert list(sitting.answers(Draft).values()) == ["fair"]
    rate(phone, sitting.unit_names[3], "Kém")
    go_on(phone)  # while the second rating is on its way, or not yet
    phone.wait_for_url("**/2")
    expect(phone.get_by_text("cửa sổ khác")).to_have_count(0)
    assert sorted(sitting.answers(Draft).values()) == ["fair", "poor"]


def test_without_a_connection_the_page_says_so_and_keeps_what_was_rated(phone: Page, sitting: Round) -> None:
    phone.route("**/1", lambda route: route.abort())
    rate(phone, sitting.unit_names[0], "Tốt")
    expect(phone.get_by_text("Đã lưu trên thiết bị này, chưa lưu được lên trang khảo sát")).to_be_visible()
    phone.unroute("**/1")
    rate(phone, sitting.unit_names[1], "Tốt")
    expect(phone.get_by_text("đã được lưu")).to_be_visible()
    assert list(sitting.answers(Draft).values()) == ["good", "good"]


def test_the_levels_of_an_agency_stand_in_one_line(phone: Page) -> None:
    levels = phone.locator(".app-card-row").first.locator(".app-choice:not(.app-choice--missing)")
    assert len({choice.bounding_box()["y"] for choice in levels.all()}) == 1
