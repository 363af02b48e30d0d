"""From an empty database to an answer counted: officials alone, no programmer, nothing but the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from survey.db import db
from survey.models import QuestionnaireVersion, Response, ResponseVersion
from tests.browser import planner_steps as steps
from tests.questionnaires.exchange.large_framework import CITIZENS, large_framework
from tests.survey.conftest import PASSWORD

PHONE = {"width": 360, "height": 740}
FRAMEWORK = "Bộ chỉ số thử nghiệm (nội dung giả định)"
FORM = "Phiếu khảo sát người dân"
UNIT = "Sở Tư pháp"
SURVEYED = (
    *("1.9", "1.10", "2.5", "2.6", "3.7", "3.8", "4.5", "4.6", "5.6"),
    *("5.7", "6.5", "6.6", "7.6", "7.7", "8.4", "8.5", "9.4", "9.5"),
)
BY_HAND, ALONE, FIRST_ROWS, LAST_ROWS = SURVEYED[:2], SURVEYED[2:8], SURVEYED[8:13], SURVEYED[13:]


@pytest.fixture
def colleague(browser: Browser, site: str, new_user: Callable[..., int]) -> Page:
    """The second planner, at a desk of their own."""
    new_user("planner", "colleague")
    page = browser.new_context().new_page()
    page.goto(f"{site}/sign-in")
    page.fill("[name=name]", "colleague")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    return page


@pytest.fixture
def citizen(browser: Browser) -> Page:
    """A telephone that nobody has signed in with."""
    return browser.new_context(viewport=PHONE, has_touch=True).new_page()


def test_officials_go_from_a_spreadsheet_to_an_answer(
    app, site, page, sign_in, colleague, citizen, accessible
):
    sign_in("planner")
    steps.upload_framework(page, large_framework(CITIZENS))
    steps.send_for_review(page)
    steps.approve(colleague, "Bộ tiêu chí", FRAMEWORK)

    write_questionnaire(page, accessible)
    steps.walk_all_paths(page)
    steps.back(page)  # to what can be tried
    steps.back(page)  # to all questions
    steps.send_for_review(page)
    steps.approve(colleague, "Phiếu khảo sát", FORM)
    assert_asked_as_written(app)

    steps.add_unit(page, UNIT, "so-tu-phap")
    open_survey(page, "gop-y")
    answer(citizen, f"{site}/k/gop-y")
    assert_stored_once(app)


def write_questionnaire(page: Page, accessible: Callable[[], None]) -> None:
    """Twelve questions: two on the respondent, eight ratings, two tables of five rows."""
    steps.begin_questionnaire(page, FORM, FRAMEWORK)
    steps.expect_asked(page, 0, 18)
    steps.add_scale(page, steps.LEVELS)
    steps.add_section(page, "Về ông/bà")
    write_profile(page)
    steps.add_section(page, "Đánh giá")
    write_by_hand(page)
    steps.expect_asked(page, 2, 18)
    accessible()
    steps.ask_unasked(page, ALONE, "2. Đánh giá", "Mỗi tiêu chí một câu hỏi")
    steps.expect_asked(page, 8, 18)
    write_table(page, FIRST_ROWS, "Ông/bà hài lòng đến đâu về thủ tục?")
    steps.expect_asked(page, 13, 18)
    write_table(page, LAST_ROWS, "Ông/bà hài lòng đến đâu về kết quả?")
    steps.expect_asked(page, 18, 18)
    expect(steps.panel(page)).to_contain_text("có thể gửi duyệt")


def write_profile(page: Page) -> None:
    steps.add_question(page, "1. Về ông/bà", "chọn một")
    steps.word_question(page, "Ông/bà đã nhận kết quả chưa?")
    steps.write_lines(page, ["Đã nhận", "Chưa nhận"])
    page.get_by_label("Mô tả người trả lời").check()
    steps.press(page, "Lưu và về tất cả câu hỏi")
    steps.add_question(page, "1. Về ông/bà", "số nguyên")
    steps.word_question(page, "Ông/bà đã đến cơ quan mấy lần?")
    page.get_by_label("Mô tả người trả lời").check()
    steps.press(page, "Lưu và về tất cả câu hỏi")


def write_by_hand(page: Page) -> None:
    """Two ratings in a row, the second asked only of those who have their result."""
    first, second = BY_HAND
    steps.add_question(page, "2. Đánh giá", "thang đo")
    steps.word_question(page, "Ông/bà hài lòng với sự chỉ đạo?")
    steps.feed(page, first)
    steps.press(page, "Lưu và thêm câu cùng kiểu")
    steps.word_question(page, "Ông/bà hài lòng với kết quả?")
    steps.feed(page, second)
    steps.route(page, "${ket qua", " = '1'", "Đã nhận")
    steps.press(page, "Lưu và về tất cả câu hỏi")


def write_table(page: Page, criteria: tuple[str, ...], words: str) -> None:
    steps.ask_unasked(page, criteria, "2. Đánh giá", "Một câu hỏi, mỗi tiêu chí một dòng")
    steps.word_question(page, words)
    steps.press(page, "Lưu và về tất cả câu hỏi")


def open_survey(page: Page, slug: str) -> None:
    steps.add_round(page, "Kỳ đánh giá thử", FRAMEWORK)
    steps.follow(page, "Chọn đơn vị")
    expect(page.get_by_label(UNIT, exact=True)).to_be_checked()  # it is of a type that the framework names
    steps.press(page, "Lưu")
    steps.press(page, "Mở kỳ đánh giá")
    steps.add_survey(page, FORM, slug)
    steps.say_who_is_asked(page, UNIT, 1000, 100)
    steps.back(page)
    steps.press(page, "Mở đợt khảo sát")


def answer(page: Page, address: str) -> None:
    """Whoever has no result yet is not asked about it."""
    page.goto(address)
    fits(page)
    page.get_by_label(UNIT).check()
    page.get_by_role("button", name="Tôi đồng ý, bắt đầu").click()
    choose(page, "Ông/bà đã nhận kết quả chưa?", "Chưa nhận")
    page.get_by_label("Ông/bà đã đến cơ quan mấy lần?").fill("2")
    go_on(page)
    expect(page.get_by_text("Ông/bà hài lòng với kết quả?")).to_be_hidden()
    for level in page.get_by_label("Hài lòng", exact=True).filter(visible=True).all():
        level.check()
    go_on(page)
    page.get_by_role("button", name="Gửi câu trả lời của tôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn Ông/Bà, phiếu đã được gửi")
    page.reload()  # sends nothing a second time


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()


def go_on(page: Page) -> None:
    with page.expect_navigation():  # the page is kept on the device first, and sent then
        page.get_by_role("button", name="Lưu và tiếp tục").click()
    fits(page)


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def assert_asked_as_written(app) -> None:
    with app.app_context():
        (version,) = db.session.scalars(sa.select(QuestionnaireVersion))
        form = version.questionnaire
    assert len(list(form.questions())) == 12
    assert tuple(item.criterion for item in form.items() if item.criterion) == SURVEYED
    assert [scale.code for scale in form.scales] == ["scale1"]


def assert_stored_once(app) -> None:
    """One answer, counted for every criterion but the one that was not asked."""
    with app.app_context():
        (response,) = db.session.scalars(sa.select(Response))
        (stored,) = db.session.scalars(sa.select(ResponseVersion))
        criteria = {
            item.code: item.criterion for item in response.survey.questionnaire_version.questionnaire.items()
        }
    answers = {criteria[code] or code: value for code, value in stored.answers.items()}
    assert answers == {"q1": "2", "q2": 2} | {code: "4" for code in SURVEYED if code != BY_HAND[1]}
