"""A page on which nothing is marked is decided as a whole, and its answers are taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.scanning.deciding import press, say_blank, shown
from tests.browser.scanning.outcome import answers, states
from tests.browser.scanning.sizes import DESK, PHONE
from tests.survey.entry.scanning.sheets import Printed


def test_a_page_on_which_nothing_is_marked_is_said_by_one_key(app, page, printed, upload):
    page.goto(upload(draw=Printed.form) + "/doubts")
    assert shown(page) == "page-1"
    expect(page.locator(".app-scan:visible h2")).to_be_focused()
    page.keyboard.press("j")  # a yes to the answer before is no yes to a page
    page.keyboard.press("Enter")
    assert shown(page) == "page-1"
    say_blank(page)
    assert shown(page) == "page-2"
    press(page, "u")
    press(page, "n")
    assert shown(page) == "cell-1-received"
    press(page, "u")
    say_blank(page)
    press(page, "n")
    for key in ("1", ".", "."):  # after all, somebody answered
        press(page, key)
    assert shown(page) == "cell-2-late"  # which is asked now
    page.keyboard.press(".")
    expect(page.locator(".app-scan")).to_have_count(0)
    assert states(app, printed)[:2] == ["accepted", "accepted"]
    assert answers(app, printed) == [{}, {"received": "yes"}]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_is_answered_once_all_of_it_was_in_sight(page, upload, size):
    page.set_viewport_size(size)
    page.goto(upload(draw=Printed.form) + "/doubts")
    page.locator("#page-1 img").evaluate("image => image.decode()")
    page.keyboard.press("b")
    expect(page.locator("#page-1").get_by_role("alert")).not_to_be_empty()
    assert shown(page) == "page-1"
    assert page.evaluate("scrollY") > 0  # on to the rest of it
    expect(page.locator("#page-1 [data-key=all]")).to_be_in_viewport(ratio=1)
    say_blank(page)
    assert shown(page) == "page-2"
