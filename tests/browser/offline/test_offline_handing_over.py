"""Pages answered without a connection reach the draft once the line is back: the code then leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from survey.db import db
from survey.models import Draft
from tests.browser.offline.steps import (
    ANSWERED,
    CHECK,
    PHONE,
    THANKS,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    begin,
    choose,
    go_on,
    kept_here,
    send,
    start,
    start_and_lose_the_line,
    wait_until_kept,
    waker,
)

FIRST_PAGE = {"received": "no", "visits": 2}
SAVED = "cả trên thiết bị này và trên trang khảo sát"
LATER = "Lưu trang này và trả lời tiếp sau"


def stored(place: Place) -> dict[str, Any]:
    with place.app.app_context():
        return db.session.scalars(sa.select(Draft)).one().answers


def wait_for(page: Page, place: Place, answers: dict[str, Any]) -> None:
    for _ in range(100):
        if stored(place) == answers:
            return
        page.wait_for_timeout(50)
    assert stored(place) == answers


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """Another telephone."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def come_by_code(page: Page, place: Place, code: str) -> None:
    page.goto(f"{place.url}/c")
    page.locator("#code").fill(code)
    page.locator("main form .govuk-button").click()
    page.wait_for_url(place.start)


def test_the_line_back_in_the_middle_of_the_form_saves_its_pages(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    expect(page.get_by_text(SAVED)).to_have_count(0)
    assert stored(place) == {}
    place.mend(page.context)
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert stored(place) == FIRST_PAGE
    choose(page, "Thái độ lịch sự", "Hài lòng")
    choose(page, "Hướng dẫn rõ ràng", "Không biết")
    go_on(page)
    at(page, "Về người trả lời")
    wait_for(page, place, FIRST_PAGE | {"polite": "high", "clear": "dont_know"})


def test_the_code_leads_to_what_was_answered_without_a_line(
    page: Page, place: Place, elsewhere: Page
) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    place.mend(page.context)
    page.get_by_role("button", name=LATER).click()
    page.wait_for_url("**/later")
    come_by_code(elsewhere, place, page.locator(".app-code").inner_text())
    expect(elsewhere.get_by_text("1 trên 3")).to_be_visible()
    begin(elsewhere)
    at(elsewhere, "Sự phục vụ")
    answer_the_rest(elsewhere)
    send(elsewhere)
    at(elsewhere, THANKS)
    assert place.answers() == [ANSWERED]


def test_a_new_window_shows_what_was_answered_without_a_line(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    page.close()
    place.mend(page.context)
    again = page.context.new_page()
    again.goto(place.start)
    expect(again.get_by_text("1 trên 3")).to_be_visible()
    begin(again)
    at(again, "Sự phục vụ")


def test_what_another_device_answered_meanwhile_stays_and_is_shown(
    page: Page, place: Place, elsewhere: Page
) -> None:
    start(page, place)
    wait_until_kept(page, place.slug)
    page.goto(f"{place.start}/later")
    code = page.locator(".app-code").inner_text()
    page.goto(f"{place.start}/1")
    page.wait_for_load_state("networkidle")
    place.cut(page.context)
    answer_first_page(page)
    place.line.state = "whole"  # for the other telephone
    come_by_code(elsewhere, place, code)
    elsewhere.goto(f"{place.start}/4")
    elsewhere.get_by_label("Góp ý thêm").fill("Từ máy khác")
    go_on(elsewhere)
    elsewhere.wait_for_url("**/check")
    place.mend(page.context)
    wait_for(page, place, FIRST_PAGE | {"comment": "Từ máy khác"})
    choose(page, "Thái độ lịch sự", "Hài lòng")
    choose(page, "Hướng dẫn rõ ràng", "Không biết")
    go_on(page)
    expect(page.get_by_label("Góp ý thêm")).to_have_value("Từ máy khác")


def test_the_worker_alone_saves_them_with_the_page_closed(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    page.goto(f"{place.start}/privacy")  # still without a line
    wake = waker(page, place)
    page.goto("about:blank")
    place.mend(page.context)
    wake()
    wait_for(page, place, FIRST_PAGE)


def test_what_cannot_be_saved_stays_on_the_device(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("hai")
    go_on(page)
    expect(page.locator("#summary")).to_be_focused()
    place.mend(page.context)
    wait_for(page, place, {"received": "no"})
    with page.expect_response("**/draft"):
        page.goto(f"{place.start}/1")
    at(page, "Lần đến gần đây nhất")
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("hai")
    page.wait_for_timeout(300)
    expect(page.get_by_text(SAVED)).to_have_count(0)


def test_a_former_visits_answers_go_to_its_own_draft(page: Page, place: Place) -> None:
    """Somebody else's code is entered in the same browser."""
    start(page, place)
    wait_until_kept(page, place.slug)
    page.goto(f"{place.start}/later")
    page.goto(f"{place.start}/1")
    page.wait_for_load_state("networkidle")
    place.cut(page.context)
    answer_first_page(page)
    page.goto("about:blank")
    place.mend(page.context)
    come_by_code(page, place, place.code)
    wait_for(page, place, FIRST_PAGE)
    assert kept_here(page) == []


def test_a_former_visits_answers_wait_until_they_can_be_taken(page: Page, place: Place) -> None:
    start(page, place)
    wait_until_kept(page, place.slug)
    page.goto(f"{place.start}/later")
    page.goto(f"{place.start}/1")
    page.wait_for_load_state("networkidle")
    place.cut(page.context)
    answer_first_page(page)
    page.goto("about:blank")
    place.mend(page.context)
    place.busy()
    come_by_code(page, place, place.code)
    page.wait_for_load_state("networkidle")
    assert [entry["state"] for entry in kept_here(page)] == ["unfinished"]
    place.mend(page.context)
    page.reload()
    wait_for(page, place, FIRST_PAGE)


def test_a_survey_paused_meanwhile_says_why_nothing_is_saved(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    place.change(state="paused")
    place.mend(page.context)
    expect(page.locator("#told")).to_contain_text("chỉ có trên thiết bị này")
    page.get_by_role("button", name=LATER).click()
    expect(page.locator("#later-reason")).to_contain_text("hiện không nhận phiếu")
    expect(page.get_by_text("không kết nối được với trang khảo sát")).to_be_hidden()
    page.get_by_role("button", name="Trả lời tiếp ngay").click()
    place.change(state="open")
    answer_the_rest(page)
    wait_for(page, place, ANSWERED)
    send(page)
    at(page, THANKS)


def test_what_is_typed_without_a_line_is_not_said_to_be_saved(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    place.mend(page.context)
    expect(page.get_by_text(SAVED)).to_be_visible()
    place.cut(page.context)
    choose(page, "Thái độ lịch sự", "Hài lòng")
    expect(page.get_by_text(SAVED)).to_have_count(0)


def test_a_window_that_is_closed_takes_back_nothing_of_another(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    place.mend(page.context)
    wait_for(page, place, FIRST_PAGE)
    expect(page.get_by_text(SAVED)).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{place.start}/3")
    choose(other, "Thái độ lịch sự", "Hài lòng")
    choose(other, "Hướng dẫn rõ ràng", "Không biết")
    go_on(other)
    other.wait_for_url("**/4")
    other.wait_for_load_state("networkidle")
    page.close(run_before_unload=True)
    other.get_by_label("Góp ý thêm").fill("Tốt")
    go_on(other)
    other.wait_for_url("**/check")
    other.wait_for_load_state("networkidle")
    both = {"polite": "high", "clear": "dont_know", "comment": "Tốt"}
    assert stored(place) == FIRST_PAGE | both


def test_a_window_brought_back_shows_what_another_answered(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    other = page.context.new_page()
    other.goto(f"{place.start}/4")
    other.get_by_label("Góp ý thêm").fill("Cửa sổ khác")
    go_on(other)
    at(other, CHECK)
    page.evaluate("() => { document.dispatchEvent(new Event('visibilitychange')); }")
    page.goto(f"{page.url.partition('#')[0]}#page-4")
    expect(page.get_by_label("Góp ý thêm")).to_have_value("Cửa sổ khác")


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


def test_two_windows_without_a_line_take_nothing_from_each_other(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    other = page.context.new_page()
    other.goto(place.start)
    at(other, "Sự phục vụ")
    answer_the_rest(page)
    other.get_by_role("link", name="Quay lại").click()
    at(other, "Lần đến gần đây nhất")
    other.close(run_before_unload=True)
    page.reload()
    at(page, CHECK)
    place.mend(page.context)
    wait_for(page, place, ANSWERED)


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


def test_a_form_sent_from_another_device_is_told_where_answers_wait(
    page: Page, place: Place, elsewhere: Page
) -> None:
    start(page, place)
    wait_until_kept(page, place.slug)
    page.goto(f"{place.start}/later")
    code = page.locator(".app-code").inner_text()
    page.goto(f"{place.start}/1")
    page.wait_for_load_state("networkidle")
    place.cut(page.context)
    answer_first_page(page)
    page.goto("about:blank")
    place.line.state = "whole"
    come_by_code(elsewhere, place, code)
    begin(elsewhere)
    answer_first_page(elsewhere)
    answer_the_rest(elsewhere)
    send(elsewhere)
    at(elsewhere, THANKS)
    place.mend(page.context)
    page.goto(place.start)
    expect(page.get_by_text("đã được gửi, từ máy này hoặc từ một thiết bị khác")).to_be_visible()
    assert place.answers() == [ANSWERED]


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


def test_a_window_left_open_does_not_bring_back_what_was_let_go(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    place.mend(page.context)
    other = page.context.new_page()
    other.goto(f"{place.start}/later")
    other.locator("#leave button").click()
    expect(other.locator("#gone")).not_to_be_empty()
    choose(page, "Thái độ lịch sự", "Hài lòng")
    go_on(page)
    at(page, "Phiếu khảo sát ngắn")
    assert kept_here(other) == []
