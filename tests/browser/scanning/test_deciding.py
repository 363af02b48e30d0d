"""Doubts are decided by keyboard alone, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.scanning.deciding import cell, press
from tests.browser.scanning.outcome import answers, states


def test_doubts_of_many_forms_are_decided_by_keyboard_alone(app, page, printed, upload):
    page.goto(upload() + "/doubts")
    assert cell(page) == "polite"
    press(page, "j")  # yes: what the machine thought
    assert cell(page) == "clear"
    press(page, "2")  # another value
    assert cell(page) == "polite"
    press(page, "u")
    assert cell(page) == "clear"
    press(page, "1")
    press(page, "/")  # the second form: cannot be read
    press(page, "Y")
    assert cell(page) == "visits"  # now the handwriting of both, from where we are
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="x")).to_be_visible()
    page.keyboard.press("Backspace")
    page.keyboard.type("2")
    press(page, "Enter")
    press(page, ".")  # no day
    press(page, ".")  # no words
    assert states(app, printed)[1] == "returned"  # its last answer may still be undone
    for key in (".", ".", "."):
        press(page, key)
    assert states(app, printed)[:2] == ["accepted", "accepted"]
    same = {"received": "no", "clear": "low", "improve": ["time", "cost"], "ethnicity": "kinh"}
    assert answers(app, printed) == [{**same, "polite": "high"}, {**same, "visits": 2}]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_letters_shown_say_yes_and_no_and_what_is_left_goes_down(site, page, upload, language):
    address = upload()
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    page.goto(address + "/doubts")
    left = page.locator("[data-left]")
    press(page, page.locator("[data-key=yes]:visible kbd").inner_text().lower())
    expect(left).to_contain_text("3 câu" if language == "vi" else "3 answers left on 2 forms")
    press(page, "u")
    expect(left).to_contain_text("4 câu" if language == "vi" else "4 answers left on 2 forms")
    page.keyboard.press(page.locator("[data-key=no]:visible kbd").inner_text().lower())
    expect(page.locator(".app-scan:visible input:focus")).to_have_count(1)


def test_an_answer_that_breaks_a_rule_is_kept_only_where_the_paper_says_so(app, page, printed, upload):
    page.goto(upload((1,)) + "/doubts")
    press(page, "j")
    press(page, "j")
    really = page.locator("[data-key=impossible]:visible")
    expect(really).to_have_count(0)
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(really).to_have_count(1)
    really.click()
    page.locator("#cell-1-visits").wait_for(state="hidden")
    assert cell(page) == "visited_on"


def test_a_broken_connection_loses_nothing(page, upload):
    page.goto(upload((1,)) + "/doubts")
    page.context.set_offline(True)
    page.keyboard.press("j")
    expect(page.get_by_role("alert").filter(has_text=".")).to_be_visible()
    assert cell(page) == "polite"
    page.context.set_offline(False)
    press(page, "j")
    assert cell(page) == "clear"
