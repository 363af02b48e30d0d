"""An enumerator keys a paper form without touching the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from questionnaires.sheets import read_sheets
from survey.db import db
from survey.models import PaperForm
from tests.survey.conftest import PASSWORD
from tests.survey.factory import make_batch, make_round

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}

# One citizen's paper form: what is written on it, line by line, and the keys that say so.
CITIZEN = {
    "visits": (2, ["2", "Enter"]),
    "result_received": ("yes", ["1"]),
    "on_time": ("on_time", ["2"]),
    # The result was not late, so there is no question about an apology.
    "access_signs": ("satisfied", ["4"]),
    "access_seats": ("neutral", ["3"]),
    "access_equipment": ("satisfied", ["4"]),
    "access_information": ("very_satisfied", ["5"]),
    "access_channels": ("satisfied", ["4"]),
    "procedures_public": ("satisfied", ["4"]),
    "procedures_documents": ("satisfied", ["4"]),
    "procedures_fees": ("very_satisfied", ["5"]),
    "procedures_time_limit": ("dissatisfied", ["2"]),
    "servants_polite": ("satisfied", ["4"]),
    "servants_listen": ("satisfied", ["4"]),
    "servants_answers": ("neutral", ["3"]),
    "servants_guidance": ("satisfied", ["4"]),
    "servants_compliance": ("satisfied", ["4"]),
    "results_on_time": ("satisfied", ["4"]),
    "results_complete": ("satisfied", ["4"]),
    "results_accurate": ("satisfied", ["4"]),
    "results_fair": ("satisfied", ["4"]),
    "feedback_channels": ("dont_know", ["6"]),
    "feedback_reception": ("not_applicable", ["7"]),
    "feedback_resolution": ("not_applicable", ["7"]),
    "feedback_notice": ("not_applicable", ["7"]),
    "overall_satisfaction": ("satisfied", ["4"]),
    "procedures_ease": ("satisfied", ["4"]),
    "officials_conduct": ("satisfied", ["4"]),
    "digital_services": ("neutral", ["3"]),
    "public_dialogue": ("dont_know", ["6"]),
    "gave_feedback": ("no", ["2"]),
    # No feedback was given, so there is no question about how it was handled.
    "needs": (["shorter_time", "online_services"], ["4", "8", "Enter"]),
    "comment": (None, ["Enter"]),
    "sex": ("female", ["2"]),
    "age_group": ("age_35_49", ["3"]),
    "education": ("university", ["4"]),
    "area": ("urban", ["1"]),
    "ethnicity": (None, ["."]),
}
SAVE = ["Enter"]


@pytest.fixture
def batch_id(app: Flask) -> int:
    with app.app_context():
        made = make_round(db.session, questionnaire="citizen-satisfaction-2024")
        return make_batch(db.session, made).id


@pytest.fixture
def small_batch_id(app: Flask) -> int:
    with app.app_context():
        return make_batch(db.session, make_round(db.session)).id


@pytest.fixture
def screen(site: str, page: Page, sign_in: Callable[..., int]) -> Callable[[int], None]:
    """A function that opens the keying screen of a batch as an enumerator, by keyboard from here on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in("enumerator")

    def open_screen(batch_id: int) -> None:
        page.goto(f"{site}/entry/batches/{batch_id}/key")
        ready(page)

    yield open_screen
    assert [each for each in said if "422" not in each] == []


def ready(page: Page) -> None:
    """The script shows the keys when they work."""
    page.locator(".app-keying__help").wait_for()


def saved(page: Page, number: int) -> None:
    """The form is stored, and the next one can be keyed."""
    page.get_by_text(f"Đã lưu phiếu {number}.").wait_for()
    ready(page)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def current(page: Page) -> str:
    """The item that the keys go to."""
    return page.evaluate(
        "document.activeElement.closest('[data-item]')?.dataset.item ?? document.activeElement.id"
    )


def stored(app: Flask) -> list[dict[str, object]]:
    with app.app_context():
        forms = db.session.scalars(sa.select(PaperForm).order_by(PaperForm.number)).all()
        return [form.response.versions[0].answers for form in forms]


def test_a_citizens_form_is_keyed_by_keyboard_alone(app, page, screen, batch_id):
    screen(batch_id)
    keys = [key for _, needed in CITIZEN.values() for key in needed] + SAVE
    assert current(page) == "visits"
    press(page, *keys)
    saved(page, 1)
    expected = {item: answer for item, (answer, _) in CITIZEN.items() if answer is not None}
    assert stored(app) == [expected]
    assert len(keys) == 42
    assert page.input_value("#form-number") == "2"
    assert current(page) == "visits"  # ready for the next form at once


def test_the_22_items_take_22_keys(app, page, screen, batch_id):
    screen(batch_id)
    items = [
        item
        for item in CITIZEN
        if item.split("_")[0] in {"access", "procedures", "servants", "results", "feedback"}
    ]
    items.remove("procedures_ease")
    assert len(items) == 22
    assert sum(len(CITIZEN[item][1]) for item in items) == 22


def test_digits_choose_and_the_screen_goes_on_by_itself(page, screen, small_batch_id):
    screen(small_batch_id)
    press(page, "2")  # received: no
    assert current(page) == "visits"  # "late" is not asked
    page.keyboard.type("3")
    press(page, "Enter", "Enter")  # the day stays blank
    assert current(page) == "polite"
    press(page, "ArrowUp", "ArrowUp")
    assert current(page) == "visits"
    assert page.input_value("[name=visits]") == "3"
    press(page, "ArrowUp", "1")  # received: yes after all
    assert current(page) == "late"


def test_what_is_not_asked_is_dimmed_at_once(page, screen, small_batch_id):
    screen(small_batch_id)
    late = page.locator("[data-item=late]")
    expect(late.locator("input").first).to_be_disabled()
    press(page, "1")
    expect(late.locator("input").first).to_be_enabled()
    press(page, "1")  # late: yes
    expect(page.locator("[name=reason]")).to_be_enabled()
    press(page, "ArrowUp", "ArrowUp", "2")  # received: no
    expect(late.locator("input").first).to_be_disabled()
    expect(page.locator("[name=reason]")).to_be_disabled()


def test_keys_leave_blank_go_back_and_toggle(page, screen, small_batch_id):
    screen(small_batch_id)
    press(page, "2", "Backspace")
    assert current(page) == "received"
    press(page, ".")  # blank after all
    assert page.locator("[name=received]:checked").count() == 0
    assert current(page) == "visits"
    page.keyboard.type("12")
    press(page, "Backspace")  # corrects the number, and does not leave it
    assert (current(page), page.input_value("[name=visits]")) == ("visits", "1")
    press(page, "Enter", "Enter", "3", "3")
    assert current(page) == "improve"
    press(page, "1", "3", "1")  # time on, manner on, time off
    assert page.locator("[name=improve]:checked").evaluate_all("all => all.map(each => each.value)") == [
        "manner"
    ]
    press(page, "Enter")
    assert current(page) == "ethnicity"


def test_a_number_out_of_range_is_told_before_it_is_sent(page, screen, small_batch_id):
    screen(small_batch_id)
    press(page, "2")
    page.keyboard.type("99")
    press(page, "Enter")
    assert current(page) == "visits"
    expect(page.get_by_role("alert")).to_have_text("Số lần từ 0 đến 30.")
    press(page, "Backspace", "Enter")
    assert current(page) == "visited_on"
    expect(page.get_by_role("alert")).to_have_count(0)


def test_blanks_are_named_at_the_end_and_confirmed_by_the_space_bar(app, page, screen, small_batch_id):
    screen(small_batch_id)
    press(page, "2", "Enter", "Enter", "3", "Enter", "Enter", ".", "Enter")
    expect(page.get_by_role("status")).to_contain_text("còn trống: 6.2")
    assert current(page) == "form-blanks"
    press(page, "Enter")  # to the blank
    assert current(page) == "clear"
    press(page, "Enter", "Enter", ".", "Enter", "Space")
    expect(page.get_by_role("status")).to_contain_text("trên giấy để trống: 6.2")
    press(page, "Enter")
    saved(page, 1)
    assert stored(app) == [{"received": "no", "polite": "high"}]


def test_a_number_keyed_before_is_told_at_the_number_with_everything_kept(page, screen, small_batch_id):
    screen(small_batch_id)
    form = ["2", "Enter", "Enter", "3", "3", "Enter", ".", "Enter", "Enter"]
    press(page, *form)
    saved(page, 1)
    page.fill("#form-number", "1")
    press(page, "Enter", *form)
    page.get_by_text("Phiếu chưa được lưu").wait_for()
    ready(page)
    assert current(page) == "form-number"
    expect(page.locator("[name=polite][value=high]")).to_be_checked()


def test_vietnamese_letters_are_typed_in_texts_and_enter_goes_on(app, page, screen, small_batch_id):
    screen(small_batch_id)
    press(page, "1", "1", "Enter", "Enter")
    page.keyboard.type("Máy 2 hỏng. Xin lỗi")
    press(page, "Enter", "3", "3", "Enter", ".")
    page.keyboard.type("Dòng một")
    press(page, "Shift+Enter")
    page.keyboard.type("dòng hai")
    press(page, "Enter", "Enter")
    saved(page, 1)
    (answers,) = stored(app)
    assert answers["reason"] == "Máy 2 hỏng. Xin lỗi"
    assert answers["comment"] == "Dòng một\ndòng hai"


def test_a_ranking_is_keyed_by_its_numbers(app, page, screen):
    with app.app_context():
        batch_id = make_batch(db.session, make_round(db.session, questionnaire="officials-2024")).id
    screen(batch_id)
    rank = page.locator("[data-control=ranks]")
    item = rank.get_attribute("data-item")
    rank.locator("select").first.focus()
    press(page, "2", "Enter", "1", "Enter", "Enter")
    chosen = rank.locator("select").evaluate_all("all => all.map(each => each.selectedIndex)")
    assert chosen[:3] == [2, 1, 0]
    assert current(page) != item


def test_a_form_is_keyed_without_scripts_too(app, site, browser, new_user, small_batch_id):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    new_user("enumerator")
    plain.goto(f"{site}/sign-in")
    plain.fill("[name=name]", "enumerator")
    plain.fill("[name=password]", PASSWORD)
    plain.click("main button[type=submit]")
    plain.goto(f"{site}/entry/batches/{small_batch_id}/key")
    for name, value in {"received": "no", "polite": "high", "clear": "low"}.items():
        plain.check(f"[name={name}][value={value}]")
    plain.click("main button[type=submit]")
    assert "Đã lưu phiếu 1." in plain.content()
    assert stored(app) == [{"received": "no", "polite": "high", "clear": "low"}]
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_keying_screen_keeps_the_rules_of_accessibility(page, accessible, screen, batch_id, size):
    page.set_viewport_size(size)
    screen(batch_id)
    accessible()
    page.locator("#form-check button").click()  # everything is missing: faults, told at their places
    page.get_by_text("Phiếu chưa được lưu").wait_for()
    accessible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_supervisors_pages_keep_the_rules_of_accessibility(
    app, site, page, accessible, screen, sign_in, small_batch_id, size
):
    page.set_viewport_size(size)
    screen(small_batch_id)
    press(page, "2", "Enter", "Enter", "3", "3", "Enter", ".", "Enter", "Enter")
    saved(page, 1)
    page.context.clear_cookies()
    sign_in("supervisor")
    with app.app_context():
        form = db.session.scalars(sa.select(PaperForm)).one()
        addresses = [f"/entry/responses/{form.response_id}", f"/entry/responses/{form.response_id}/correct"]
        survey_id = form.batch.survey_id
    lists = ["/entry", "/entry/batches/new", f"/entry/batches/{small_batch_id}", f"/entry/import/{survey_id}"]
    for address in lists + addresses:
        page.goto(site + address)
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_all_faults_of_a_refused_file_can_be_taken_away(app, site, page, accessible, sign_in, tmp_path):
    """Under our content security policy too, which is strict about where things come from."""
    with app.app_context():
        survey_id = make_round(db.session).survey.id
    items = "received,late,visits,visited_on,reason,polite,clear,improve,ethnicity,comment"
    file = tmp_path / "phieu.csv"
    file.write_text("\n".join([f"FORM,UNIT,{items}", *(f"{n},nowhere" for n in range(1, 251))]))
    sign_in("supervisor")
    page.goto(f"{site}/entry/import/{survey_id}")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Kiểm tra và nhập").click()
    page.get_by_text("Tệp có 1000 lỗi.").wait_for()
    accessible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về toàn bộ").click()
    with download.value.path().open("rb") as workbook:
        assert len(read_sheets(workbook)[0].rows) == 1000
