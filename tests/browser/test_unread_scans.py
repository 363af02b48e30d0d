"""A page that the machine could not read, brought to its form on a telephone's screen by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from questionnaires.paper import write_serial
from survey.db import db
from survey.models import PaperForm
from tests.survey.entry.scanning.sheets import CLEAR, DPI, Printed, as_file, print_room

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
MOST_TABS = 60


@pytest.fixture
def printed(app: Flask) -> Printed:
    with app.app_context():
        return print_room(3)


@pytest.fixture
def scans(
    site: str, page: Page, printed: Printed, sign_in: Callable[..., int], tmp_path: Path
) -> Callable[[dict[str, int]], str]:
    """A function that uploads three pages as a supervisor does, on a screen of a size; their address:
    a page without its code, a blank one, one upside down.
    """
    file = tmp_path / "quet.pdf"

    def bring(size: dict[str, int]) -> str:
        page.set_viewport_size(size)
        (first,), (second,) = printed.marked(1, CLEAR), printed.marked(2, CLEAR)
        pages = [without_code(first, printed), np.full_like(first, 250), np.rot90(second, 2)]
        file.write_bytes(as_file(pages))
        sign_in("supervisor")
        address = f"{site}/entry/surveys/{printed.survey_id}/scans"
        page.goto(address)
        page.set_input_files("#files", file)
        with page.expect_navigation(url=address):
            page.click("main form[enctype] button")
        return address

    return bring


def without_code(page: np.ndarray, printed: Printed) -> np.ndarray:
    middle = tuple(round(length * DPI / 25.4) for length in printed.layout.codes[0].middle)
    cv2.circle(page, middle, round(7 * DPI / 25.4), (30, 30, 60), cv2.FILLED)
    return page


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


def test_an_unread_page_is_told_by_keyboard_on_a_telephone(app, page, printed, scans, accessible):
    address = scans(PHONE)
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


def test_a_page_is_laid_aside_and_notices_are_ticked_off_by_keyboard(page, scans, accessible):
    address = scans(PHONE)
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
def test_the_pages_keep_the_rules_of_accessibility(site, page, printed, scans, accessible, size, language):
    scans(size)
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
