"""Pages answered without a connection reach the draft once the line is back: the code then leads to them."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.offline.steps import (
    ANSWERED,
    FIRST_PAGE,
    LATER,
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
    waker,
)


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
    note_the_code_and_lose_the_line(page, place)
    page.goto("about:blank")
    place.mend(page.context)
    come_by_code(page, place, place.code)
    wait_for(page, place, FIRST_PAGE)
    assert kept_here(page) == []


def test_a_former_visits_answers_wait_until_they_can_be_taken(page: Page, place: Place) -> None:
    note_the_code_and_lose_the_line(page, place)
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
