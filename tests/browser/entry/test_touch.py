"""Keying without a keyboard, on a telephone; and on a desk with each scale in one row, as on the paper."""

from __future__ import annotations

import re

import sqlalchemy as sa
from playwright.sync_api import Page, expect

from survey.db import db
from survey.models import FormReading
from tests.browser.entry.keyboard import Keyboard

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
FINGER = 44  # pixels

ROWS = """all => all.map(scale => new Set(Array.from(scale.children, each => each.offsetTop)).size)"""


def test_blank_unreadable_and_undo_are_buttons_where_there_is_little_room(
    app, keyboard: Keyboard, page: Page, small_batch, accessible
):
    page.set_viewport_size(PHONE)
    keyboard.open(small_batch)
    polite, clear = page.locator("[data-item=polite]"), page.locator("[data-item=clear]")
    polite.locator("span").first.click()  # its words, no field
    keyboard.stands_at("polite")
    buttons = page.locator("[data-signs] button:visible")
    expect(buttons).to_have_text(
        ["Blank on the paper", "Unreadable", "Open what is not asked", "Undo"]  # nothing to repeat yet
    )
    for button in buttons.all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= FINGER
    accessible()
    polite.get_by_role("button", name="Blank on the paper").click()
    expect(polite).to_contain_text("blank on the paper")
    clear.get_by_role("button", name="Unreadable").click()
    page.locator("[data-item=improve]").get_by_role("button", name="Undo").click()
    expect(clear).not_to_contain_text("unreadable")
    keyboard.ready()
    with app.app_context():
        assert db.session.scalars(sa.select(FormReading.notes)).one() == {"polite": "blank"}


def test_what_breaks_a_rule_is_kept_by_a_button_too(keyboard: Keyboard, page: Page, small_batch):
    page.set_viewport_size(PHONE)
    keyboard.open(small_batch)
    visits = page.locator("[data-item=visits]")
    visits.locator("input").fill("99")
    visits.locator("input").press("Enter")
    expect(visits.get_by_role("alert")).to_contain_text("press the key “!” (exclamation mark)")
    visits.get_by_role("button", name="Impossible, but on the paper").click()
    expect(visits).to_contain_text("impossible, as on the paper")


def test_on_a_desk_each_scale_stands_in_one_row_and_the_places_are_named_as_printed(
    keyboard: Keyboard, page: Page, citizens_batch, small_batch
):
    page.set_viewport_size(DESK)
    keyboard.open(citizens_batch)
    scales = page.locator("[data-kind=scale] [role=radiogroup], [data-kind=matrix] [role=radiogroup]")
    for width in (820, 1024, 1240, DESK["width"]):
        page.set_viewport_size({**DESK, "width": width})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert set(scales.evaluate_all(ROWS)) == {1}
    expect(page.locator("[data-signs]")).to_be_hidden()
    keyboard.open(small_batch)
    expect(page.locator("h2").nth(2)).to_have_text("III. The service")
    expect(page.locator("[data-part] > p").first).to_have_text(re.compile(r"^6\. "))
