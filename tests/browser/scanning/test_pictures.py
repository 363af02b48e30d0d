"""The pictures of a doubt are there in time, framed, and large enough to read on each screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from questionnaires.paper.layout import PAGE_WIDTH
from survey.collection.paper import claim, finish
from survey.db import db
from survey.entry.scanning.cropping import AROUND
from survey.entry.scanning.saying import say
from survey.entry.scanning.taking import take_form
from survey.models import Batch, ScanPage
from tests.browser.scanning.deciding import cell, press
from tests.browser.scanning.sizes import DESK, LEGIBLE, PHONE, SEEN
from tests.survey.entry.scanning.sheets import CLEAR, STORED, Printed
from tests.survey.factory import make_user
from tests.survey.paper.room import type_in

IS_SEEN = "key => getComputedStyle(key).color !== getComputedStyle(key).backgroundColor"


@pytest.fixture
def disputed(app: Flask, printed: Printed, upload: Callable[..., str], site: str) -> str:
    """The address to settle a handwritten number at, read otherwise by two people."""
    with app.app_context():
        db.session.get_one(Batch, printed.batch_id).plan = "all"
        db.session.commit()
    upload((1,), lambda printed, number: printed.scribbled(printed.marked(number, CLEAR)))
    with app.app_context():
        (sheet,) = db.session.query(ScanPage)
        first, second, form_id = make_user(db.session), make_user(db.session), sheet.form_id
        for item, texts in (("visits", ["2"]), ("visited_on", []), ("comment", [])):
            say(sheet.id, item, texts, "", first.id)
        take_form(form_id)
        held = claim(printed.batch_id, second, "second")
        type_in(held, {**STORED, "visits": 7})
        assert finish(held.reading_id, held.token) == "disputed"
    return f"{site}/entry/forms/{form_id}/settle"


def test_all_pictures_are_there_before_they_are_needed(page, upload):
    page.goto(upload() + "/doubts")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))
    for _ in range(3):
        press(page, "j")
    assert "image" not in asked


def test_a_picture_is_framed_on_its_right_side_too(page, upload):
    page.set_viewport_size(DESK)
    page.goto(upload((1,)) + "/doubts")
    sides = page.locator(".app-scan:visible .app-scroll").evaluate(
        "region => [region.querySelector('img'), region].map((each) => each.getBoundingClientRect().right)"
    )
    assert sides[0] <= sides[1] - 1


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_blank_page_is_shown_large_and_keeps_the_rules(page, accessible, upload, size):
    page.set_viewport_size(size)
    page.goto(upload((1,), Printed.form) + "/doubts")
    accessible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    picture = page.locator(".app-scan:visible img").bounding_box()
    assert picture["width"] / PAGE_WIDTH >= SEEN
    for key in ("all", "no"):
        pressed = page.locator(f".app-scan:visible [data-key={key}]").bounding_box()
        assert pressed["y"] + pressed["height"] < min(size["height"], picture["y"])
        assert page.locator(f".app-scan:visible [data-key={key}] kbd").evaluate(IS_SEEN)


@pytest.mark.parametrize(("size", "is_close"), [(PHONE, True), (DESK, False)], ids=["phone", "desk"])
def test_what_was_written_is_seen_at_once_and_large_enough(page, printed, upload, size, is_close):
    page.set_viewport_size(size)
    address = upload((1,))
    page.goto(address + "/doubts")
    press(page, "j")
    press(page, "j")
    assert cell(page) == "visits"
    picture = page.locator(".app-scan:visible img")
    (room,) = (each.place for each in printed.layout.written if each.item == "visits")
    assert ("close" in picture.evaluate("image => image.currentSrc")) == is_close
    shown = picture.bounding_box()
    millimetres = room.width + 2 * AROUND if is_close else PAGE_WIDTH
    assert shown["width"] / millimetres >= LEGIBLE
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= size["width"] or not is_close


@pytest.mark.parametrize(("size", "is_close"), [(PHONE, True), (DESK, False)], ids=["phone", "desk"])
def test_what_two_people_read_otherwise_is_seen_large_enough(
    page, accessible, printed, disputed, size, is_close
):
    page.set_viewport_size(size)
    page.goto(disputed)
    picture = page.locator("form.app-settling img")
    assert ("close" in picture.evaluate("image => image.currentSrc")) == is_close
    (room,) = (each.place for each in printed.layout.written if each.item == "visits")
    millimetres = room.width + 2 * AROUND if is_close else PAGE_WIDTH
    assert picture.bounding_box()["width"] / millimetres >= LEGIBLE
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    accessible()


@pytest.mark.parametrize(("width", "height"), [(640, 360), (360, 400)], ids=["lying", "upright"])
def test_a_picture_is_not_scrolled_away_for_the_button_below_it(page, upload, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(upload() + "/doubts")
    for _ in range(4):
        seen = page.locator(".app-scan:visible img").first.bounding_box()
        assert seen["y"] >= 0
        assert seen["y"] + seen["height"] <= height
        press(page, "j")
