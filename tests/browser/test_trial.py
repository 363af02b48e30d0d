"""A planner tries a questionnaire in a browser: on a telephone, by keyboard, walked through."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.survey.builder.draft_life import a_draft, small

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PAGES = ("", "/phone", "/answer", "/answer/1", "/key", "/paper", "/walk", "/time", "/wording")


@pytest.fixture
def trial(app, site, sign_in) -> str:
    sign_in("planner")
    return f"{site}/questionnaires/drafts/{a_draft(app, small())}/try"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_keeps_the_rules_of_accessibility(page: Page, trial, accessible, size):
    page.set_viewport_size(size)
    for path in PAGES:
        page.goto(trial + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        accessible()


def test_the_form_is_answered_on_a_telephone_inside_the_page(page: Page, trial):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Refused" in message.text else None)
    page.set_viewport_size(DESK)
    page.goto(f"{trial}/phone")
    assert page.locator("iframe").evaluate("frame => frame.clientWidth") == 360
    telephone = page.frame_locator("iframe")
    telephone.get_by_role("button", name="bắt đầu").click()
    telephone.get_by_role("group", name="Ông/Bà đã nhận kết quả chưa?").get_by_text("Có", exact=True).click()
    late = telephone.get_by_role("group", name="Kết quả có trễ hẹn không?")
    late.get_by_text("Không", exact=True).click()  # brought up by the answer before
    telephone.get_by_role("button", name="Lưu và tiếp tục").click()
    expect(telephone.get_by_role("heading", name="Sự phục vụ")).to_be_visible()
    assert refused == []


def test_the_keying_screen_is_used_by_keyboard_alone(page: Page, trial):
    page.set_viewport_size(DESK)
    page.goto(f"{trial}/key")
    page.keyboard.press("2")  # no result yet: whether it was late is passed over
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # no day
    for digit in ("3", "3"):
        page.keyboard.press(digit)
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.locator("#form-check button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Ở đây không lưu gì")


def test_the_walk_is_started_and_its_findings_come_by_themselves(page: Page, trial, accessible):
    page.goto(f"{trial}/walk")
    page.get_by_role("button", name="Dò mọi lối đi").click()
    page.wait_for_url(f"{trial}/walk")
    expect(page.get_by_role("heading", name="Không phát hiện gì")).to_be_visible()
    accessible()
