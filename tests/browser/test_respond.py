"""A citizen with a telephone, with and without scripts, with a keyboard, in a hurry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from survey.db import db
from survey.models import Draft, Response, ResponseVersion
from tests.browser.conftest import LiveServer
from tests.survey.factory import make_round, make_stratum, make_unit

PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Place:
    """Where the survey is, and what to choose there."""

    start: str
    app: Flask
    unit: str
    code: str

    def stored(self, model: type) -> list:
        with self.app.app_context():
            return list(db.session.scalars(sa.select(model)))


@pytest.fixture
def place(live_server: LiveServer) -> Place:
    with live_server.app.app_context():
        made = make_round(db.session, synthetic=True)
        start = f"{live_server.url}/k/{made.survey.slug}"
        return Place(start, live_server.app, made.units[0].name, made.codes[0][0])


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, bool]]:
    """A page on a small telephone, and whether scripts run on it."""
    context = browser.new_context(viewport=PHONE, has_touch=True, java_script_enabled=request.param)
    yield context.new_page(), request.param
    context.close()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lưu và tiếp tục").click()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def start(page: Page, place: Place) -> None:
    page.goto(place.start)
    page.get_by_label(place.unit).check()
    with page.expect_navigation():  # the scripts run from here on
        page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()


def answer_the_rest(page: Page) -> None:
    """From the page on the service to the page that checks the answers."""
    choose(page, "Thái độ lịch sự", "Hài lòng")
    choose(page, "Hướng dẫn rõ ràng", "Không biết")
    go_on(page)
    page.get_by_label("Góp ý thêm").fill("Cảm ơn cán bộ")
    go_on(page)


def test_a_citizen_answers_on_a_telephone(phone: tuple[Page, bool], place: Place) -> None:
    page, has_scripts = phone
    start(page, place)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Có")
    late = page.get_by_role("group", name="Kết quả có trễ hẹn không?")
    if not has_scripts:
        expect(late).to_be_hidden()
        go_on(page)
        expect(page.get_by_role("status")).to_contain_text("trang này còn câu hỏi tiếp theo")
    late.get_by_label("Có").check()
    go_on(page)
    page.get_by_label("Cơ quan giải thích thế nào?").fill("Thiếu cán bộ")
    go_on(page)
    answer_the_rest(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem lại câu trả lời trước khi gửi")
    page.get_by_role("button", name="Gửi câu trả lời của tôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn Ông/Bà, phiếu đã được gửi")
    assert [version.answers for version in place.stored(ResponseVersion)] == [
        {
            "received": "yes",
            "late": "yes",
            "reason": "Thiếu cán bộ",
            "polite": "high",
            "clear": "dont_know",
            "comment": "Cảm ơn cán bộ",
        }
    ]


def test_a_faulty_page_leads_to_its_fault_by_keyboard(page: Page, place: Place) -> None:
    start(page, place)
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("99")
    go_on(page)
    page.get_by_role("link", name="Ông/Bà đã đến mấy lần?").press("Enter")
    expect(page.get_by_label("Ông/Bà đã đến mấy lần?")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("3")
    page.get_by_role("link", name="Ông/Bà đã nhận kết quả chưa?").press("Enter")
    expect(page.locator("#q-received")).to_be_focused()
    page.keyboard.press("ArrowDown")  # from "yes" to "no"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sự phục vụ")


def test_questions_come_and_go_with_the_answers(page: Page, place: Place) -> None:
    start(page, place)
    late = page.get_by_role("group", name="Kết quả có trễ hẹn không?")
    expect(late).to_be_hidden()
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Có")
    expect(late).to_be_visible()
    go_on(page)  # seen and left out: now it is a fault
    expect(page.get_by_role("alert")).to_contain_text("Kết quả có trễ hẹn không?")
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    expect(late).to_be_hidden()


def test_choosing_a_language_keeps_what_is_being_typed(page: Page, place: Place) -> None:
    start(page, place)
    page.get_by_label("Ông/Bà đã đến mấy lần?").fill("3")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("How many times did you come?")).to_have_value("3")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your last visit")


def test_pressing_send_many_times_sends_once(page: Page, place: Place) -> None:
    start(page, place)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    go_on(page)
    answer_the_rest(page)
    page.get_by_role("button", name="Gửi câu trả lời của tôi").click(click_count=3)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn Ông/Bà, phiếu đã được gửi")
    assert len(place.stored(Response)) == 1
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn Ông/Bà, phiếu đã được gửi")


def test_a_code_from_a_letter_resumes_in_another_browser(page: Page, browser: Browser, place: Place) -> None:
    other = browser.new_context(viewport=PHONE).new_page()
    for screen in (page, other):
        screen.goto(place.start.rpartition("/k/")[0] + "/c")
        screen.get_by_label("Nhập mã của Ông/Bà").fill(place.code.lower())
        screen.get_by_role("button", name="Tiếp tục").click()
        screen.get_by_role("button", name="Tôi đồng ý, bắt đầu").or_(
            screen.get_by_role("button", name="Trả lời tiếp phần còn lại")
        ).click()
        if screen is page:
            choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
            go_on(page)
    expect(other.get_by_role("heading", level=1)).to_have_text("Sự phục vụ")
    other.context.close()


def test_a_long_list_of_agencies_is_searched_without_marks(page: Page, place: Place) -> None:
    with place.app.app_context():
        made = make_round(db.session)
        for number, name in enumerate(("Đắk Liêng", "Ea Kao", "Tân Lập", "Buôn Hồ", "Krông Búk")):
            make_stratum(made.survey, make_unit(db.session, f"x{number}", f"UBND xã {name}"), 10)
            make_stratum(made.survey, make_unit(db.session, f"y{number}", f"UBND phường {name}"), 10)
        db.session.commit()
        slug = made.survey.slug
    page.goto(place.start.rpartition("/k/")[0] + f"/k/{slug}")
    page.get_by_label("Tìm cơ quan theo tên").fill("xa dak")
    options = page.locator("#unit option").all_text_contents()
    assert options == ["Chọn cơ quan", "UBND xã Đắk Liêng"]


def test_enter_in_the_search_chooses_and_does_not_send(page: Page, place: Place) -> None:
    with place.app.app_context():
        made = make_round(db.session)
        for number in range(10):
            make_stratum(made.survey, make_unit(db.session, f"x{number}", f"UBND xã số {number}"), 10)
        db.session.commit()
        slug = made.survey.slug
    page.goto(place.start.rpartition("/k/")[0] + f"/k/{slug}")
    search = page.get_by_label("Tìm cơ quan theo tên")
    search.fill("cơ quan lạ")
    expect(page.get_by_role("status")).to_have_text("Không có tên nào trong danh sách khớp.")
    search.fill("xa so 7")
    search.press("Enter")
    expect(page.locator("#unit")).to_have_value("x7")
    expect(page.locator("#unit")).to_be_focused()
    assert page.url.endswith(f"/k/{slug}")
    assert place.stored(Draft) == []


def test_a_page_that_was_stopped_can_be_sent_again(browser: Browser, place: Place) -> None:
    """Where the browser keeps no form to go on with; where it does, it goes on without the line."""
    page = browser.new_context(viewport=PHONE, service_workers="block").new_page()
    start(page, place)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    page.route("**/1", lambda route: route.abort("aborted"))
    with page.expect_event("requestfailed"):
        go_on(page)
    page.unroute("**/1")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Sự phục vụ")
    page.wait_for_timeout(3_000)  # the moment of a double click is over
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sự phục vụ")
    page.context.close()


def test_the_browser_refuses_nothing_on_these_pages(page: Page, place: Place) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    start(page, place)
    choose(page, "Ông/Bà đã nhận kết quả chưa?", "Không")
    go_on(page)
    answer_the_rest(page)
    assert said == []
