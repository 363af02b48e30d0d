"""What other people decided meanwhile is told, and never overwritten."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from survey.db import db
from survey.entry.scanning.saying import say
from survey.models import ScanPage
from tests.browser.scanning.deciding import cell, press, say_blank, shown
from tests.survey.entry.scanning.sheets import Printed
from tests.survey.factory import make_user


def decide_elsewhere(app: Flask, item: str, place: int = 0) -> None:
    """As another person does, who has the same list."""
    with app.app_context():
        sheet_ids = db.session.scalars(db.select(ScanPage.id).order_by(ScanPage.id)).all()
        say(sheet_ids[place], item, ["middle"], "", make_user(db.session).id)


def test_what_somebody_else_said_of_a_page_is_not_overwritten(app, page, upload):
    page.goto(upload(draw=Printed.form) + "/doubts")
    decide_elsewhere(app, "polite")
    say_blank(page)
    assert shown(page) == "cell-1-received"
    expect(page.locator("[data-told]")).not_to_be_empty()
    for key in (".", "."):
        press(page, key)
    assert shown(page) == "page-2"


def test_what_somebody_else_decided_leaves_the_list_and_the_rest_goes_on(app, page, upload):
    page.goto(upload() + "/doubts")
    decide_elsewhere(app, "polite")
    assert cell(page) == "polite"
    press(page, "j")
    assert cell(page) == "clear"
    told = page.locator("[data-told]")
    expect(told).to_contain_text("Thái độ")  # the question that is gone
    press(page, "j")
    expect(told).to_be_empty()
    press(page, "j")
    decide_elsewhere(app, "clear", 1)
    press(page, "1")  # the last of the list: the next list says why
    expect(told).not_to_be_empty()
    assert cell(page) == "visits"
    page.reload()
    expect(told).to_be_empty()
