"""A page on which nothing is marked is decided as a whole, and its answers are taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.scanning.deciding import press, shown
from tests.browser.scanning.outcome import answers, states
from tests.survey.entry.scanning.sheets import Printed


def test_a_page_on_which_nothing_is_marked_is_said_by_one_key(app, page, printed, upload):
    page.goto(upload(draw=Printed.form) + "/doubts")
    assert shown(page) == "page-1"
    expect(page.locator(".app-scan:visible h2")).to_be_focused()
    page.keyboard.press("j")  # a yes to the answer before is no yes to a page
    page.keyboard.press("Enter")
    assert shown(page) == "page-1"
    press(page, "b")
    assert shown(page) == "page-2"
    press(page, "u")
    press(page, "n")
    assert shown(page) == "cell-1-received"
    press(page, "u")
    press(page, "b")
    press(page, "n")
    for key in ("1", ".", "."):  # after all, somebody answered
        press(page, key)
    assert shown(page) == "cell-2-late"  # which is asked now
    page.keyboard.press(".")
    expect(page.locator(".app-scan")).to_have_count(0)
    assert states(app, printed)[:2] == ["accepted", "accepted"]
    assert answers(app, printed) == [{}, {"received": "yes"}]
