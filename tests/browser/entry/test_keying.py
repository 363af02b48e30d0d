"""Enumerators key paper forms without touching the mouse, and lose nothing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, Route, expect

from survey.db import db
from survey.models import FormReading, PaperForm
from tests.browser.entry.forms import CITIZEN, PROFILE, answers_of, keys_of, of_25_items
from tests.browser.entry.keyboard import Keyboard
from tests.survey.conftest import PASSWORD
from tests.survey.factory import make_batch, make_round
from tests.survey.paper.room import make_room
from tests.survey.paper.test_scans_waiting import bring_scan


def stored(app: Flask) -> list[dict[str, Any]]:
    with app.app_context():
        forms = db.session.scalars(sa.select(PaperForm).order_by(PaperForm.number))
        return [form.response.versions[0].answers for form in forms if form.response]


def readings(app: Flask) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    with app.app_context():
        found = db.session.scalars(sa.select(FormReading).order_by(FormReading.id))
        return [(reading.answers, reading.notes) for reading in found]


def test_forms_are_keyed_one_after_the_other_and_the_profile_is_repeated(app, keyboard, citizens_batch):
    keyboard.open(citizens_batch)
    keyboard.stands_at("visits")
    items = list(CITIZEN)
    keyboard.press(*keys_of(items), "Enter")
    keyboard.saved(1)
    assert keyboard.keys == 42
    keyboard.stands_at("visits")  # ready for the next form at once
    assert keyboard.page.input_value("#form-number") == "2"
    rated = items[:-5]
    assert tuple(items[-5:]) == PROFILE
    keyboard.press(*keys_of(rated), "=", "=", "=", "=", ".", "Enter")
    keyboard.saved(2)
    assert stored(app) == [answers_of(items)] * 2


def test_a_form_of_25_items_takes_at_most_30_keys(app, keyboard, page):
    with app.app_context():
        batch_id = make_batch(db.session, make_round(db.session, questionnaire=of_25_items())).id
    keyboard.open(batch_id)
    items = page.locator("[data-item]").evaluate_all("all => all.map(each => each.dataset.item)")
    assert len(items) == 25
    keyboard.press(*keys_of(items), "Enter")
    keyboard.saved(1)
    assert keyboard.keys == 27
    assert stored(app) == [answers_of(items)]


def test_each_key_does_what_the_screen_says(app, keyboard: Keyboard, page: Page, small_batch):
    keyboard.open(small_batch)
    late = page.locator("[data-item=late]")
    expect(late.locator("input").first).to_be_disabled()
    keyboard.press("7")
    expect(page.get_by_role("alert")).to_have_text("There is no answer 7 here.")
    keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This question needs an answer.")
    keyboard.press("1")
    keyboard.stands_at("late")
    expect(late.locator("input").first).to_be_enabled()
    keyboard.press("u")  # received: not answered after all
    keyboard.stands_at("received")
    keyboard.press("2")
    keyboard.stands_at("visits")  # "late" is not asked
    keyboard.press("ArrowUp", "+")  # but the paper answers it
    keyboard.stands_at("late")
    keyboard.press("2")
    expect(late).to_contain_text("not asked, but answered on the paper")
    keyboard.type("99")
    keyboard.press("Enter")
    keyboard.stands_at("visits")
    expect(page.get_by_role("alert")).to_contain_text("The number is between 0 and 30.")
    expect(page.locator("[data-saving]")).to_have_text("Not saved: 3")
    keyboard.press("!")  # the paper says 99
    keyboard.stands_at("visited_on")
    keyboard.press("/")
    keyboard.stands_at("polite")
    keyboard.press("3", ".", "1", "3", "1", "Enter")  # improve: time on, manner on, time off
    keyboard.press("Enter")
    keyboard.type("Máy 2 hỏng. Xin lỗi")
    keyboard.press("Enter")
    expect(page.locator("[data-state]")).to_contain_text("Marked: 2, 3, 4, 6.2.")
    keyboard.press("Enter")
    keyboard.saved(1)
    notes = {"late": "off_route", "visits": "impossible", "visited_on": "unreadable", "clear": "blank"}
    assert readings(app)[0][1] == notes
    record = {"received": "no", "polite": "high", "improve": ["manner"], "comment": "Máy 2 hỏng. Xin lỗi"}
    assert stored(app) == [record]


def test_what_was_just_passed_over_is_opened_marked_at_once_and_closed_unfilled(
    app, keyboard: Keyboard, page: Page, small_batch
):
    keyboard.open(small_batch)
    late = page.locator("[data-item=late]")
    keyboard.press("2")  # 2 is not asked, nor 5 farther on
    keyboard.stands_at("visits")
    keyboard.press("+")
    keyboard.stands_at("late")
    expect(late).to_contain_text("Against the logic: key what the paper says here.")
    keyboard.press("Escape")
    keyboard.stands_at("visits")
    expect(late).not_to_contain_text("Against the logic")
    expect(late.locator("input").first).to_be_disabled()
    keyboard.press("+", "ArrowUp")  # left without an answer, it closes by itself
    keyboard.stands_at("received")
    expect(late.locator("input").first).to_be_disabled()
    keyboard.press("ArrowDown", "+", "1")
    keyboard.stands_at("visits")
    expect(late).to_contain_text("not asked, but answered on the paper")
    keyboard.press("ArrowDown", "ArrowDown", "+")
    keyboard.stands_at("reason")
    keyboard.press("Escape", "ArrowUp", "ArrowUp", "ArrowUp", "Escape")  # take back what the paper said at 2
    expect(late).not_to_contain_text("not asked")
    keyboard.ready()
    assert readings(app) == [({"received": "no"}, {})]


def test_undo_survives_a_reload(app, keyboard: Keyboard, page: Page, small_batch):
    keyboard.open(small_batch)
    keyboard.press("2", "4", "Enter", "/")
    keyboard.ready()
    keyboard.press("u")
    keyboard.ready()
    page.reload()
    keyboard.ready()
    keyboard.press("Control+z")
    keyboard.stands_at("visits")
    expect(page.locator("[name=visits]")).to_have_value("")
    keyboard.ready()
    assert readings(app) == [({"received": "no"}, {})]
    page.reload()
    keyboard.ready()
    keyboard.press("Control+z")
    keyboard.stands_at("received")
    keyboard.press("u")
    expect(page.get_by_role("alert")).to_have_text("There is nothing to undo on this form.")
    assert readings(app) == [({}, {})]


def test_what_is_open_or_refused_is_named_at_the_end(app, keyboard: Keyboard, page: Page, small_batch):
    keyboard.open(small_batch)
    keyboard.press("2", "Enter")
    keyboard.type("30/02/2022")
    keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("30/02/2022")
    keyboard.stands_at("visited_on")
    keyboard.press("ArrowDown", "3", "ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    expect(page.locator("[data-state]")).to_contain_text("Still open: 4, 6.2.")
    keyboard.press("Enter")
    keyboard.stands_at("visited_on")
    keyboard.press("Control+a", "Delete", "Enter", "ArrowDown", ".", "Enter", "Enter", "Enter", "Enter")
    keyboard.saved(1)
    assert stored(app) == [{"received": "no", "polite": "high"}]


def test_a_form_is_not_finished_over_what_the_server_refuses(
    app, keyboard: Keyboard, page: Page, small_batch
):
    keyboard.open(small_batch)
    keyboard.press("2")
    keyboard.type("1.234")  # a little over one, or more than a thousand?
    keyboard.press("Enter", "Enter", "3", "3", "Enter", ".", "Enter", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("1.234")
    keyboard.stands_at("visits")
    assert stored(app) == []
    keyboard.press("Control+a", "2", *["Enter"] * 8)
    keyboard.saved(1)
    assert stored(app) == [{"received": "no", "visits": 2, "polite": "high", "clear": "high"}]


def test_without_a_line_nothing_is_lost_and_another_screen_takes_over(
    app, keyboard: Keyboard, page: Page, small_batch
):
    keyboard.open(small_batch)
    keyboard.press("2")
    keyboard.ready()
    page.route("**/entry/readings/**", lambda route: route.abort())
    keyboard.press("4", "Enter", "Enter", "3")
    expect(page.locator("[data-saving=unsaved]")).to_be_visible()
    warned: list[str] = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert warned == ["beforeunload"]
    page.unroute("**/entry/readings/**")
    keyboard.ready()
    assert readings(app)[0][0] == {"received": "no", "visits": 4, "polite": "high"}

    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("[data-saving=saved]")).to_be_visible()
    expect(other.locator("[name=polite][value=high]")).to_be_checked()
    Keyboard(other, "").stands_at("clear")  # where the first screen stopped
    keyboard.press("1")
    expect(page.get_by_role("alert").first).to_contain_text("open on another screen")
    assert keyboard.page.evaluate("document.activeElement.textContent") == "Go on keying on this screen"
    other.close()
    keyboard.press("Enter")
    keyboard.ready()
    keyboard.stands_at("clear")


def test_keys_pressed_before_the_first_form_is_there_wait_for_it(
    app, keyboard: Keyboard, page: Page, small_batch
):
    asked: list[Route] = []
    page.route("**/claim", lambda route: asked.append(route))
    with page.expect_request("**/claim"):
        page.goto(f"{keyboard.site}/entry/batches/{small_batch}/key")
    keyboard.press("2", "4", "Enter")
    asked[0].continue_()
    expect(page.locator("[name=visits]")).to_have_value("4")
    keyboard.ready()
    assert readings(app)[0][0] == {"received": "no", "visits": 4}


def test_a_number_is_typed_and_one_keyed_before_is_told(app, keyboard: Keyboard, page: Page, small_batch):
    keyboard.open(small_batch)
    form = ["2", "Enter", "Enter", "3", "3", "Enter", ".", "Enter", "Enter"]
    keyboard.press(*form)
    keyboard.saved(1)
    keyboard.press("ArrowUp", "1", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Form 1 of this batch was already keyed")
    keyboard.stands_at("form-number")
    keyboard.press("7", "Enter", *form)
    keyboard.saved(7)
    assert len(stored(app)) == 2


def test_a_ranking_is_keyed_by_its_numbers(app, keyboard: Keyboard, page: Page):
    with app.app_context():
        batch_id = make_batch(db.session, make_round(db.session, questionnaire="officials-2024")).id
    keyboard.open(batch_id)
    rank = page.locator("[data-control=ranks]")
    rank.locator("select").first.focus()
    keyboard.press("2", "Enter", "1", "Enter", "Enter")
    keyboard.ready()
    item = rank.get_attribute("data-item")
    chosen = rank.locator("select").evaluate_all("all => all.slice(0, 2).map(each => each.value)")
    assert readings(app)[0][0][item] == chosen
    keyboard.has_left(item)


def test_a_form_is_keyed_without_scripts_too(app, site, browser, new_user, small_batch):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    new_user("enumerator")
    plain.goto(f"{site}/sign-in")
    plain.fill("[name=name]", "enumerator")
    plain.fill("[name=password]", PASSWORD)
    plain.click("main button[type=submit]")
    plain.goto(f"{site}/entry/batches/{small_batch}/key")
    for name, value in {"received": "no", "polite": "high", "clear": "low"}.items():
        plain.check(f"[name={name}][value={value}]")
    plain.click("main button[type=submit]")
    expect(plain.get_by_text("Đã lưu phiếu 1.")).to_be_visible()
    assert stored(app) == [{"received": "no", "polite": "high", "clear": "low"}]
    context.close()


def test_forms_whose_scans_wait_are_passed_over_and_open_by_their_number(app, keyboard: Keyboard, page: Page):
    with app.app_context():
        room = make_room(forms=2)
        bring_scan(room, 1, ("doubtful", ["polite", "clear"]))
        batch_id, survey_id = room.batch.id, room.made.survey.id
    keyboard.open(batch_id)
    expect(page.locator("#form-number")).to_have_value("2")
    keyboard.press("ArrowUp", "1", "Enter")
    expect(page.locator("[data-scan]")).to_have_text(
        "The scan of this form is there and waits for 2 answers."
    )
    keyboard.open(batch_id)
    expect(page.locator("[data-scan]")).to_be_empty()
    keyboard.press("2", "Enter", "Enter", "3", "3", "Enter", ".", "Enter", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Only 1 form is left, and its scan is there")
    way_on = page.get_by_role("alert").get_by_role("link", name="Decide doubtful answers")
    expect(way_on).to_be_focused()
    expect(way_on).to_have_attribute("href", f"/entry/surveys/{survey_id}/scans/doubts")
