"""What becomes of answers that waited on a device: refused, too late, somebody else's, nobody's."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.offline.steps import (
    ANSWERED,
    CHECK,
    KEPT,
    PHONE,
    THANKS,
    Place,
    answer_first_page,
    answer_the_rest,
    at,
    choose,
    finish_without_a_line,
    go_on,
    kept_here,
    send,
    start,
    start_and_lose_the_line,
    wait_until_kept,
    waker,
)

NOT_SENT = "Không gửi được phiếu này"


def test_a_fault_is_shown_at_its_question_without_a_line(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("99")
    go_on(page)
    summary = page.locator("#summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(
        ["Ông/Bà đã nhận kết quả chưa?", "Ông/Bà đã đến mấy lần? – Số lần từ 0 đến 30."]
    )
    summary.get_by_role("link", name="Ông/Bà đã đến mấy lần?").press("Enter")
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_be_focused()
    for text, sentence in (
        ("1.234", "có thể hiểu theo hai cách"),
        ("hai", "không phải là số nguyên"),
        ("2,5", "số nguyên"),
    ):
        page.get_by_label("Ông/Bà đã đến mấy lần?").fill(text)
        go_on(page)
        expect(page.locator("#q-visits-error")).to_contain_text(sentence)
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("2")
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Có")
    choose(page, "Kết quả có trễ hẹn không?", "Có")
    go_on(page)
    at(page, "Về việc trễ hẹn")


def test_a_changed_answer_leads_back_to_the_check_by_way_of_what_is_new(page: Page, place: Place) -> None:
    start_and_lose_the_line(page, place)
    answer_first_page(page)
    answer_the_rest(page)
    page.get_by_role("link", name="Ông/Bà đã nhận kết quả chưa?").click()
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Có")
    choose(page, "Kết quả có trễ hẹn không?", "Có")
    go_on(page)
    at(page, "Về việc trễ hẹn")
    page.get_by_label("Cơ quan giải thích thế nào?").fill("Thiếu người")
    go_on(page)
    at(page, CHECK)
    expect(page.get_by_text("Thiếu người")).to_be_visible()


def test_what_the_server_refuses_is_mended_and_sent(page: Page, place: Place) -> None:
    """The browser's own check can be wrong, as where its clock is; the server is the judge."""
    page.clock.set_fixed_time("2040-01-01")
    start_and_lose_the_line(page, place)
    page.get_by_label("Ngày đến gần nhất").fill("2039-12-31")
    answer_first_page(page)
    answer_the_rest(page)
    send(page)
    at(page, KEPT)
    place.mend(page.context)
    at(page, "Lần đến gần đây nhất")
    expect(page.locator("#summary")).to_contain_text("Ngày này chưa đến.")
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("2")
    assert place.answers() == []
    page.get_by_label("Ngày đến gần nhất").fill("")
    for heading in ("Sự phục vụ", "Về người trả lời", CHECK):
        go_on(page)
        at(page, heading)
    send(page)
    at(page, THANKS)
    assert place.answers() == [ANSWERED]


def test_too_late_is_said_kindly_and_the_answers_can_be_read_and_deleted(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    place.change(state="closed")
    place.mend(page.context)
    at(page, NOT_SENT)
    expect(page.locator("#reason")).to_contain_text("không nhận phiếu")
    expect(page.locator("#answers-declined")).to_contain_text("Cảm ơn")
    page.reload()
    at(page, NOT_SENT)
    page.get_by_role("button", name="Xóa các câu trả lời này").click()
    at(page, "Đã xóa các câu trả lời khỏi thiết bị này")
    assert kept_here(page) == []
    assert place.answers() == []


def test_a_pause_keeps_the_answers_until_it_is_over(page: Page, place: Place) -> None:
    finish_without_a_line(page, place)
    place.change(state="paused")
    place.mend(page.context)
    page.get_by_role("button", name="Thử gửi ngay").click()
    at(page, KEPT)
    assert [entry["state"] for entry in kept_here(page)] == ["waiting"]
    place.change(state="open")
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    at(page, THANKS)
    assert place.answers() == [ANSWERED]


@pytest.mark.parametrize("way", ["another page is opened", "the worker alone"])
def test_whoever_comes_back_is_told_that_it_was_sent(page: Page, place: Place, way: str) -> None:
    finish_without_a_line(page, place)
    context = page.context
    page.close()
    later = context.new_page()
    later.goto(f"{place.start}")  # still without a line
    at(later, KEPT)
    if way == "the worker alone":
        wake = waker(later, place)
        later.goto("about:blank")
        place.mend(context)
        wake()
        for _ in range(100):
            if place.answers():
                break
            later.wait_for_timeout(100)
    else:
        place.mend(context)
        at(later, THANKS)
    later.goto(place.start)
    assert place.answers() == [ANSWERED]
    at(later, "Phiếu khảo sát ngắn")
    assert kept_here(later) == []
    if way == "the worker alone":
        expect(later.locator("#outbox")).to_contain_text("đã được gửi và lưu")


def test_a_shared_device_keeps_nothing(page: Page, place: Place) -> None:
    start(page, place, shared=True)
    answer_first_page(page)
    page.wait_for_timeout(500)
    assert kept_here(page) == []
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_the_next_person_sees_nothing_of_the_former(page: Page, place: Place) -> None:
    """With a line and without one."""
    start(page, place)
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("17")
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    go_on(page)
    at(page, "Sự phục vụ")
    wait_until_kept(page, place.slug)
    page.goto(place.start)
    page.locator("[name=anew]").click()
    expect(page.get_by_role("button", name="Tôi đồng ý, bắt đầu")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert kept_here(page) == []
    place.cut(page.context)
    page.goto(place.start)
    at(page, "Không có kết nối mạng")
    place.mend(page.context)
    start(page, place)
    assert "17" not in json.dumps([entry["answers"] for entry in kept_here(page)])
    place.cut(page.context)
    page.goto(f"{place.start}/1")
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("")


def test_without_scripts_all_is_as_before(browser: Browser, place: Place) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    start(page, place)
    expect(page.locator("#outbox")).to_be_hidden()
    answer_first_page(page)
    answer_the_rest(page)
    send(page)
    at(page, THANKS)
    assert place.answers() == [ANSWERED]
    context.close()
