"""Several windows and devices answer one form: none takes anything from another."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.offline.steps import (
    ANSWERED,
    CHECK,
    FIRST_PAGE,
    SAVED,
    THANKS,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    begin,
    choose,
    come_by_code,
    go_on,
    kept_here,
    note_the_code_and_lose_the_line,
    send,
    start_and_lose_the_line,
    stored,
    wait_for,
)


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
    code = note_the_code_and_lose_the_line(page, place)
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


def test_a_form_sent_from_another_device_is_told_where_answers_wait(
    page: Page, place: Place, elsewhere: Page
) -> None:
    code = note_the_code_and_lose_the_line(page, place)
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
