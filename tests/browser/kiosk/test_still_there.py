"""Whoever is still there is asked, and has time enough to say so."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kiosk.touching import begin, choose, expect_start, question, wait


def test_somebody_who_is_still_there_goes_on(new_tablet, desk):
    page = new_tablet()
    begin(page)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    wait(page, 9)
    expect(question(page)).to_be_hidden()
    wait(page, 2)
    expect(question(page)).to_be_visible()
    expect(page.get_by_role("button", name="Tiếp tục", exact=True)).to_be_focused()
    page.get_by_role("button", name="Tiếp tục", exact=True).tap()
    expect(question(page)).to_be_hidden()
    wait(page, 9)
    expect(question(page)).to_be_hidden()
    expect(page.get_by_role("radio", name="Không", exact=True)).to_be_checked()


@pytest.mark.parametrize(
    "answered",
    [
        lambda page: page.keyboard.press("a"),
        lambda page: page.keyboard.press("Space"),
        lambda page: page.touchscreen.tap(5, 1000),  # beside the question
        lambda page: page.get_by_text("Ông/Bà còn ở đây không?").tap(),
    ],
    ids=["a key", "the blank key", "a touch beside it", "a touch of its words"],
)
def test_any_touch_or_key_in_twenty_seconds_answers_the_question(new_tablet, desk, answered):
    """WCAG 2.2.1: whoever needs longer has at least 20 seconds to say so by one simple action, at least ten
    times; and the action does nothing else.
    """
    page = new_tablet()
    begin(page)
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("17")
    for _ in range(10):
        wait(page, 11)
        expect(question(page)).to_be_visible()
        expect(page.locator("[data-countdown]")).to_have_text(re.compile("^(19|20)$"))
        wait(page, 18)
        expect(question(page)).to_be_visible()
        answered(page)
        expect(question(page)).to_be_hidden()
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_have_value("17")
    expect(page.locator(":checked")).to_have_count(0)


def test_a_question_that_nobody_answers_leads_to_the_start_after_its_twenty_seconds(new_tablet, desk):
    page = new_tablet()
    begin(page)
    wait(page, 11)
    expect(question(page)).to_be_visible()
    wait(page, 21)
    expect_start(page, desk)


def test_a_touch_or_a_scroll_is_a_sign_of_life(new_tablet, desk):
    page = new_tablet()
    begin(page)
    for sign in (lambda: page.touchscreen.tap(5, 500), lambda: page.mouse.wheel(0, 50)):
        wait(page, 8)
        sign()
        page.wait_for_timeout(100)
    wait(page, 8)
    expect(question(page)).to_be_hidden()
