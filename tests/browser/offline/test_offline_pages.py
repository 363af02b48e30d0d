"""What is typed or pressed on a page while the line breaks is neither lost nor sent unasked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline.steps import (
    CHECK,
    FIRST_PAGE,
    LATER,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    choose,
    go_on,
    kept_here,
    send,
    start,
    start_and_lose_the_line,
    stored,
    wait_for,
    wait_until_kept,
)


def test_what_is_typed_while_the_site_is_slow_stays(page: Page, place: Place) -> None:
    """An answer changed on the server's page counts over the one that was given without a line before."""
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    page.goto("about:blank")
    place.mend(page.context)
    place.busy(seconds=2)
    page.goto(f"{place.start}/1#page-1")
    page.wait_for_url("**/form*")
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("7")
    page.wait_for_timeout(2500)
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("7")
    place.mend(page.context)
    go_on(page)
    wait_for(page, place, FIRST_PAGE | {"visits": 7})


def test_a_page_that_arrived_leads_on_to_the_servers_pages(page: Page, place: Place) -> None:
    """Written otherwise, or hidden since, an answer is the same: the browser knows no more of it."""
    start(page, place)
    page.wait_for_load_state("networkidle")
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Có")
    choose(page, "Kết quả có trễ hẹn không?", "Không")
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("2")
    go_on(page)
    at(page, "Sự phục vụ")
    page.get_by_role("link", name="Quay lại").click()
    at(page, "Lần đến gần đây nhất")
    page.wait_for_load_state("networkidle")
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill(" 2 ")
    go_on(page)
    at(page, "Sự phục vụ")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{place.start}/3"


@pytest.mark.parametrize("way", ["Quay lại", "Dữ liệu của Ông/Bà", "English"])
def test_what_is_typed_without_a_line_needs_no_button(page: Page, place: Place, way: str) -> None:
    start(page, place)
    answer_first_page(page)
    wait_until_kept(page, place.slug)
    page.wait_for_load_state("networkidle")
    choose(page, "Thái độ lịch sự", "Hài lòng")
    choose(page, "Hướng dẫn rõ ràng", "Không biết")
    place.cut(page.context)
    page.get_by_label("Thời gian").check()
    leave = page.get_by_role("link", name=way).or_(page.get_by_role("button", name=way))
    with page.expect_navigation():
        leave.click()
    page.goto(f"{place.start}/3")
    for field in ("[name=polite][value=high]", "[name=clear][value=dont_know]", "[name=improve][value=time]"):
        expect(page.locator(field)).to_be_checked()


def test_who_pressed_send_in_vain_is_asked_anew(page: Page, place: Place) -> None:
    start(page, place)
    wait_until_kept(page, place.slug)
    answer_first_page(page)
    answer_the_rest(page)
    page.wait_for_load_state("networkidle")
    place.change(state="paused")
    send(page)
    at(page, "Khảo sát đang tạm dừng")
    page.wait_for_load_state("networkidle")
    place.change(state="open")
    place.cut(page.context)
    page.goto(f"{place.start}/check")
    at(page, CHECK)


def test_a_page_sent_in_vain_is_not_lost(page: Page, place: Place) -> None:
    """The reply of another server: the browser cannot know whether the page arrived."""
    start(page, place)
    page.wait_for_load_state("networkidle")
    place.busy("/1")
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("2")
    go_on(page)
    expect(page.get_by_text("busy")).to_be_visible()
    place.mend(page.context)
    page.goto(place.start)
    page.goto(f"{place.start}/1")
    wait_for(page, place, FIRST_PAGE)


def test_later_and_the_data_page_without_a_line(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    page.get_by_role("link", name="Dữ liệu của Ông/Bà").click()
    at(page, "Thông tin về xử lý dữ liệu")
    page.go_back()
    at(page, "Sự phục vụ")
    page.get_by_role("button", name=LATER).click()
    at(page, "Ông/Bà có thể trả lời tiếp sau, trên thiết bị này")
    expect(page.get_by_text("Hiện không kết nối được")).to_be_visible()
    page.get_by_role("link", name="Quay lại").click()
    at(page, "Sự phục vụ")
    page.goto(f"{place.start}/later")
    at(page, "Ông/Bà có thể trả lời tiếp sau, trên thiết bị này")
    place.mend(page.context)
    page.get_by_role("button", name="Thử lưu lên trang khảo sát ngay").click()
    expect(page.locator(".app-code")).to_be_visible()
    assert stored(place) == FIRST_PAGE


def test_answers_are_deleted_without_a_line(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    page.get_by_role("button", name=LATER).click()
    page.get_by_role("button", name="Xóa các câu trả lời này khỏi thiết bị").click()
    at(page, "Đã xóa các câu trả lời khỏi thiết bị này")
    assert kept_here(page) == []
    page.goto(place.start)
    at(page, "Không có kết nối mạng")
    place.mend(page.context)
    page.goto(f"{place.start}/1")
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("")
