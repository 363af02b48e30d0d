"""A tablet cut from the network says so, recovers by itself, and shows nobody's answers."""

from __future__ import annotations

from playwright.sync_api import expect

from survey.models import Draft
from tests.browser.kiosk.touching import begin, choose, expect_start, wait


def test_a_lost_connection_is_said_in_words_and_recovers_by_itself(new_tablet, desk):
    page = new_tablet()
    begin(page)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu và tiếp tục").tap()
    expect(page.get_by_role("alertdialog", name="mất kết nối")).to_be_visible()
    page.context.set_offline(False)
    wait(page, 6)
    page.wait_for_url("**/3")


def test_a_start_screen_without_a_connection_waits_for_it(new_tablet, desk):
    page = new_tablet()
    page.context.set_offline(True)
    page.get_by_role("button", name="Bắt đầu").tap()
    expect(page.get_by_role("alertdialog", name="mất kết nối")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Thử lại").tap()
    page.wait_for_url("**/1")


def test_a_way_out_of_sight_keeps_nothing_on_the_screen(new_tablet, desk):
    """The connection is lost while nobody is there: what was chosen is hidden until the tablet is back."""
    page = new_tablet()
    begin(page)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.context.set_offline(True)
    wait(page, 31)
    expect(page.get_by_role("alertdialog", name="mất kết nối")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.context.set_offline(False)
    wait(page, 6)
    expect_start(page, desk)
    assert desk.count(Draft) == 0
