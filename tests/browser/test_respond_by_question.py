"""One thought a page, in a browser: with scripts and without, by touch and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from survey.db import db
from survey.models import ResponseVersion
from tests.browser.conftest import LiveServer
from tests.survey.factory import make_round

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def start(live_server: LiveServer) -> str:
    with live_server.app.app_context():
        made = make_round(db.session)
        made.survey.page_by = "question"
        db.session.commit()
        return f"{live_server.url}/k/{made.survey.slug}?unit={made.units[0].code}"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def stored(live_server: LiveServer) -> list[dict[str, object]]:
    with live_server.app.app_context():
        return [version.answers for version in db.session.scalars(sa.select(ResponseVersion))]


def test_a_citizen_answers_one_question_a_page(phone: Page, start: str, live_server: LiveServer) -> None:
    phone.goto(start)
    phone.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    for question, answer in (
        ("Ông/Bà đã nhận kết quả chưa?", lambda: phone.get_by_label("Có", exact=True).check()),
        ("Kết quả có trễ hẹn không?", lambda: phone.get_by_label("Không", exact=True).check()),
        ("Ông/Bà đã đến mấy lần?", lambda: phone.get_by_label("Ông/Bà đã đến mấy lần?").fill("3")),
        ("Ngày đến gần nhất", lambda: None),
        ("Ông/Bà hài lòng ở mức nào?", lambda: rate(phone)),
        ("Cần cải thiện điều gì?", lambda: phone.get_by_label("Thời gian").check()),
        ("Dân tộc", lambda: None),
        ("Góp ý thêm", lambda: phone.get_by_label("Góp ý thêm").fill("Cảm ơn")),
    ):
        expect(phone.get_by_role("heading", level=1)).to_have_text(question)
        answer()
        phone.get_by_role("button", name="Lưu và tiếp tục").click()
    phone.get_by_role("button", name="Gửi câu trả lời của tôi").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Cảm ơn Ông/Bà, phiếu đã được gửi")
    answers = {"received": "yes", "late": "no", "visits": 3, "polite": "high", "clear": "dont_know"}
    assert stored(live_server) == [answers | {"improve": ["time"], "comment": "Cảm ơn"}]


def rate(page: Page) -> None:
    for row, level in (("Thái độ lịch sự", "Hài lòng"), ("Hướng dẫn rõ ràng", "Không biết")):
        page.get_by_role("group", name=row, exact=True).get_by_label(level, exact=True).check()


def test_the_keyboard_alone_leads_from_the_first_question_to_the_thanks(page: Page, start: str) -> None:
    page.goto(start)
    press(page, "Tôi đồng ý, bắt đầu")
    page.locator("#q-received").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ông/Bà đã đến mấy lần?")
    tab_to(page, "q-visits")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ngày đến gần nhất")
    press(page, "Lưu và tiếp tục")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ông/Bà hài lòng ở mức nào?")
    for row in ("q-polite", "q-clear"):
        tab_to(page, row)
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cần cải thiện điều gì?")
    tab_to(page, "q-improve")
    page.keyboard.press("Space")
    for heading in ("Dân tộc", "Góp ý thêm", "Xem lại câu trả lời trước khi gửi"):
        press(page, "Lưu và tiếp tục")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    press(page, "Gửi câu trả lời của tôi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn Ông/Bà, phiếu đã được gửi")


def press(page: Page, button: str) -> None:
    page.wait_for_load_state()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == button:
            return page.keyboard.press("Enter")
    pytest.fail(f"the keyboard does not reach {button!r}")


def tab_to(page: Page, field: str) -> None:
    """Move to a field, or to any of the buttons of its group, as a keyboard does."""
    page.wait_for_load_state()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            return
    pytest.fail(f"the keyboard does not reach {field!r}")
