"""Scans brought in and decided in a real browser: by keyboard alone, without scripts, and for everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from questionnaires.paper.layout import PAGE_WIDTH
from survey.db import db
from survey.entry.scanning import noting
from survey.entry.scanning.cropping import AROUND
from survey.entry.scanning.saying import say
from survey.models import PaperForm, ScanPage
from tests.survey.conftest import PASSWORD
from tests.survey.entry.scanning.sheets import CLEAR, Printed, as_file, print_room
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_user

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
LEGIBLE = 4.0
"""Pixels of the screen for a millimetre of the paper: a handwritten digit is as large as the text around."""
HARDLY = {item: values for item, values in CLEAR.items() if item not in ("polite", "clear")}


@pytest.fixture
def printed(app: Flask) -> Printed:
    with app.app_context():
        return print_room(3, SMALL_QUESTIONNAIRE)


@pytest.fixture
def upload(
    site: str, page: Page, printed: Printed, sign_in: Callable[..., int], tmp_path: Path
) -> Callable[..., str]:
    """A function that uploads forms as a supervisor does; the address of the survey's scans."""
    file = tmp_path / "quet.pdf"

    def bring(numbers: tuple[int, ...] = (1, 2)) -> str:
        pages = [
            page
            for each in numbers
            for page in printed.scribbled(printed.marked(each, HARDLY, polite="high", clear="low"))
        ]
        file.write_bytes(as_file(pages))
        sign_in("supervisor")
        address = f"{site}/entry/surveys/{printed.survey_id}/scans"
        page.goto(address)
        page.set_input_files("#files", file)
        page.click("main form[enctype] button")
        page.wait_for_url(address)
        return address

    return bring


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


def test_doubts_are_decided_without_scripts_too(app, site, browser, page, printed, upload):
    address = upload((1,))
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}/sign-in")
    plain.fill("[name=name]", "supervisor")
    plain.fill("[name=password]", PASSWORD)
    plain.click("main button[type=submit]")
    plain.goto(address + "/doubts")
    plain.locator("[data-key=yes]").first.click()
    plain.locator("[data-key=unreadable]").first.click()
    for _ in range(3):
        plain.locator("[data-key=blank]").first.click()
    assert states(app, printed)[0] == "accepted"
    context.close()


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
    accessible()
