"""Scans brought in and decided in a real browser: by keyboard alone, without scripts, and for everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from questionnaires.paper.layout import PAGE_WIDTH
from survey.collection.paper import claim, finish
from survey.db import db
from survey.entry.scanning import noting, open_questions
from survey.entry.scanning.cropping import AROUND
from survey.entry.scanning.saying import say
from survey.entry.scanning.taking import take_form
from survey.models import Batch, PaperForm, ScanPage
from tests.survey.conftest import PASSWORD
from tests.survey.entry.scanning.sheets import CLEAR, STORED, Printed, as_file, print_room
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_user
from tests.survey.paper.room import type_in

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LEGIBLE = 4.0
"""Pixels of the screen for a millimetre of the paper: a handwritten digit is as large as the text around."""
SEEN = 3.0
"""As much for a box: whether it is filled."""
IS_SEEN = "key => getComputedStyle(key).color !== getComputedStyle(key).backgroundColor"
HARDLY = {item: values for item, values in CLEAR.items() if item not in ("polite", "clear")}


@pytest.fixture
def printed(app: Flask) -> Printed:
    with app.app_context():
        return print_room(3, SMALL_QUESTIONNAIRE)


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


@pytest.fixture
def upload(
    site: str, page: Page, printed: Printed, sign_in: Callable[..., int], tmp_path: Path
) -> Callable[..., str]:
    """A function that uploads forms as a supervisor does; the address of the survey's scans."""
    file = tmp_path / "quet.pdf"

    def bring(numbers: tuple[int, ...] = (1, 2), draw: Callable[..., list] = hardly) -> str:
        file.write_bytes(as_file([page for each in numbers for page in draw(printed, each)]))
        sign_in("supervisor")
        address = f"{site}/entry/surveys/{printed.survey_id}/scans"
        page.goto(address)
        page.set_input_files("#files", file)
        with page.expect_navigation(url=address):
            page.click("main form[enctype] button")
        return address

    return bring


def without_scripts(browser: Browser, site: str) -> Page:
    """A page of a browser without scripts, in which the supervisor is signed in."""
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site}/sign-in")
    plain.fill("[name=name]", "supervisor")
    plain.fill("[name=password]", PASSWORD)
    plain.click("main button[type=submit]")
    return plain


def hardly(printed: Printed, number: int) -> list[np.ndarray]:
    """The pages of a form with two faint marks, and handwriting in all rooms."""
    return printed.scribbled(printed.marked(number, HARDLY, polite="high", clear="low"))


def states(app: Flask, printed: Printed) -> list[str]:
    with app.app_context():
        forms = db.session.query(PaperForm).filter_by(batch_id=printed.batch_id)
        return [form.state for form in forms.order_by(PaperForm.number)]


def answers(app: Flask, printed: Printed) -> list[dict[str, object]]:
    with app.app_context():
        forms = db.session.query(PaperForm).filter_by(batch_id=printed.batch_id, state="accepted")
        return [form.response.versions[0].answers for form in forms.order_by(PaperForm.number)]


def cell(page: Page) -> str:
    """The item of the only cell that is shown."""
    shown = page.locator(".app-scan:visible")
    expect(shown).to_have_count(1)
    return shown.get_attribute("id").split("-", 2)[2]


def press(page: Page, key: str) -> None:
    """A key, and the next cell, or the next list of cells, ready for more."""
    before = page.locator(".app-scan:visible").get_attribute("id")
    page.keyboard.press(key)
    page.wait_for_function(
        """before => document.readyState === "complete" &&
        document.querySelector(".app-scan:not([hidden])")?.id !== before""",
        arg=before,
    )


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


def shown(page: Page) -> str:
    """The only question that is shown: "cell" or "page", its sheet, and its item."""
    only = page.locator(".app-scan:visible")
    expect(only).to_have_count(1)
    return only.get_attribute("id")


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


def test_the_last_answer_of_the_list_before_is_taken_back_too(app, page, upload, monkeypatch):
    monkeypatch.setattr(open_questions, "AT_ONCE", 1)
    page.goto(upload(draw=Printed.form) + "/doubts")
    press(page, "b")
    assert shown(page) == "page-2"
    press(page, "u")
    assert shown(page) == "page-1"
    with app.app_context():
        assert [sheet.readings.get("said", {}) for sheet in db.session.query(ScanPage)] == [{}, {}]


def test_a_check_is_taken_back_on_the_next_list_too(page, upload, monkeypatch):
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    address = upload((1,))
    page.goto(address + "/check")
    first = shown(page)
    press(page, "j")
    second = shown(page)
    page.reload()
    assert shown(page) == second
    press(page, "u")
    assert shown(page) == first


def test_what_somebody_else_said_of_a_page_is_not_overwritten(app, page, upload):
    page.goto(upload(draw=Printed.form) + "/doubts")
    decide_elsewhere(app, "polite")
    press(page, "b")
    assert shown(page) == "cell-1-received"
    expect(page.locator("[data-told]")).not_to_be_empty()
    for key in (".", "."):
        press(page, key)
    assert shown(page) == "page-2"


def test_a_blank_page_is_said_in_one_answer_without_scripts_too(app, site, browser, printed, upload):
    address = upload(draw=Printed.form)
    plain = without_scripts(browser, site)
    plain.goto(address + "/doubts")
    plain.locator("#page-1 [data-key=all]").click()
    plain.locator("[data-undo] button").click()
    plain.locator("#page-1 [data-key=all]").click()
    plain.locator("#page-2 [data-key=no]").click()
    expect(plain.locator("#page-2")).to_have_count(0)
    for item in ("received", "polite", "clear"):
        plain.locator(f"#cell-2-{item} [data-key=yes]").click()
    assert states(app, printed)[:2] == ["accepted", "accepted"]
    plain.context.close()


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


def decide_elsewhere(app: Flask, item: str, place: int = 0) -> None:
    """As another person does, who has the same list."""
    with app.app_context():
        sheet_ids = db.session.scalars(db.select(ScanPage.id).order_by(ScanPage.id)).all()
        say(sheet_ids[place], item, ["middle"], "", make_user(db.session).id)


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


def test_a_broken_connection_loses_nothing(page, upload):
    page.goto(upload((1,)) + "/doubts")
    page.context.set_offline(True)
    page.keyboard.press("j")
    expect(page.get_by_role("alert").filter(has_text=".")).to_be_visible()
    assert cell(page) == "polite"
    page.context.set_offline(False)
    press(page, "j")
    assert cell(page) == "clear"


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


def test_doubts_are_decided_without_scripts_too(app, site, browser, page, printed, upload):
    address = upload((1,))
    plain = without_scripts(browser, site)
    plain.goto(address + "/doubts")
    plain.locator("[data-key=yes]").first.click()
    plain.locator("[data-key=unreadable]").first.click()
    for _ in range(3):
        plain.locator("[data-key=blank]").first.click()
    assert states(app, printed)[0] == "accepted"
    plain.context.close()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_scans_keep_the_rules_of_accessibility(
    app, site, page, accessible, printed, upload, monkeypatch, size, language
):
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    address = upload((1, 2, 2))
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    page.set_viewport_size(size)
    with app.app_context():
        form_id = db.session.query(PaperForm.id).filter_by(batch_id=printed.batch_id, number=1).scalar()
    for path in (address, f"{address}/doubts", f"{address}/check", f"{site}/entry/forms/{form_id}/scans"):
        page.goto(path)
        accessible()
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    page.goto(address)
    page.click("main form[enctype] button")  # no file
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    accessible()
