"""A page that the machine could not read, brought to its form on a telephone's screen by keyboard alone."""

from __future__ import annotations

import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from questionnaires.paper import write_serial
from survey.db import db
from survey.models import PaperForm
from tests.browser.scanning.sizes import DESK, PHONE
from tests.survey.entry.scanning.sheets import CLEAR, Printed, print_room
from tests.survey.entry.scanning.unread.damage import blotted

MOST_TABS = 60


@pytest.fixture
def printed(app: Flask) -> Printed:
    with app.app_context():
        return print_room(3)


def unread(printed: Printed, number: int) -> list[np.ndarray]:
    """The first form without its code and a blank page behind it; the second upside down."""
    (page,) = printed.marked(number, CLEAR)
    return [blotted(page, printed), np.full_like(page, 250)] if number == 1 else [np.rot90(page, 2)]


def go_to(page: Page, control: Locator) -> None:
    """By the tabulator alone, from where the keyboard stands."""
    for _ in range(MOST_TABS):
        if control.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached")


def press(page: Page, control: Locator, address: str) -> None:
    """Enter upon a control, which leads to this page."""
    go_to(page, control)
    with page.expect_navigation(url=address):
        page.keyboard.press("Enter")


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_unread_page_is_told_by_keyboard_on_a_telephone(app, page, printed, upload, accessible):
    page.set_viewport_size(PHONE)
    address = upload(draw=unread)
    rows = page.locator(".app-scan__list li")
    expect(rows).to_have_count(3)
    accessible()
    assert fits(page)
    named = rows.filter(has_text="1 của “quet.pdf”").get_by_role("link")
    press(page, named, "**/entry/scans/pages/*")
    accessible()
    assert fits(page)
    go_to(page, page.locator("#serial"))
    page.keyboard.type(write_serial(printed.first_serial)[:-1] + "x")
    page.keyboard.press("Enter")
    expect(page.locator("#serial-error")).to_be_visible()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    accessible()
    go_to(page, page.locator("#serial"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(write_serial(printed.first_serial))
    with page.expect_navigation(url=address):
        page.keyboard.press("Enter")
    with app.app_context():
        form = db.session.query(PaperForm).filter_by(serial=printed.first_serial).one()
        assert form.state == "accepted"


def test_a_page_is_laid_aside_and_notices_are_ticked_off_by_keyboard(page, upload, accessible):
    page.set_viewport_size(PHONE)
    address = upload(draw=unread)
    rows = page.locator("#named + .app-scan__list li")
    press(page, rows.filter(has_text="2 của “quet.pdf”").get_by_role("link"), "**/entry/scans/pages/*")
    press(page, page.locator("form[action$=not-needed] button"), address)
    expect(rows).to_have_count(2)
    press(page, rows.first.get_by_role("button"), f"{address}#named")
    expect(rows).to_have_count(1)
    fold = page.locator("details:has(.app-scan__list)")
    go_to(page, fold.locator("summary"))
    page.keyboard.press("Enter")
    expect(fold.locator("li")).to_have_count(2)
    accessible()
    assert fits(page)
    press(page, fold.locator("form[action$=not-done] button"), f"{address}#named")
    expect(rows).to_have_count(2)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_keep_the_rules_of_accessibility(site, page, printed, upload, accessible, size, language):
    page.set_viewport_size(size)
    upload(draw=unread)
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    page.locator("a[href*='/entry/scans/pages/']").first.click()  # the blank one
    expect(page.locator("#serial")).to_be_visible()
    accessible()
    assert page.locator("html").get_attribute("lang") == language
    assert fits(page)
    page.fill("#serial", write_serial(printed.first_serial + 2))
    with page.expect_navigation():
        page.locator("button[value=read]").click()
    accessible()
    assert fits(page)
