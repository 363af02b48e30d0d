"""A planner builds a questionnaire by mouse, by keyboard alone, and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.survey.builder.drafting import content_of, draft_of, question

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
MOST_TABS = 250

PATHS = (
    "",
    "/questions/on_time",
    "/questions/access_items",
    "/sections/results",
    "/scales/satisfaction5",
    "/head",
    "/factors",
)


@pytest.fixture
def start(app, site, sign_in) -> tuple[str, int]:
    sign_in("planner")
    draft_id = draft_of(app)
    return f"{site}/questionnaires/drafts/{draft_id}", draft_id


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_builder_keeps_the_rules_of_accessibility(page: Page, start, accessible, size):
    page.set_viewport_size(size)
    for path in PATHS:
        page.goto(start[0] + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        accessible()


def codes_of(app, draft_id: int, section: int) -> list[str]:
    return [each["code"] for each in content_of(app, draft_id)["sections"][section]["questions"]]


def test_a_question_is_moved_with_alt_and_the_arrow_keys(app, page: Page, start):
    page.goto(start[0])
    page.locator("#question-visits a").focus()
    press_and_wait(page, "Alt+ArrowDown")
    expect(page.locator("#outline-status")).to_contain_text("2")
    assert codes_of(app, start[1], 0)[:2] == ["result_received", "visits"]
    for _ in range(3):
        press_and_wait(page, "Alt+ArrowDown")
    expect(page.locator("#outline-status")).to_contain_text("4")
    assert codes_of(app, start[1], 1)[0] == "visits"


def press_and_wait(page: Page, keys: str) -> None:
    """Press keys that move a question, and wait until the server has stored the move."""
    with page.expect_response("**/outline") as stored:
        page.keyboard.press(keys)
    assert stored.value.status == 204


def test_a_question_is_dragged_to_another_section(app, page: Page, start):
    page.goto(start[0])
    with page.expect_response("**/outline") as stored:
        page.drag_and_drop("#question-apology", "#question-access_items")
    assert stored.value.status == 204
    assert codes_of(app, start[1], 1) == ["apology", "access_items"]
    page.reload()
    assert page.locator("[data-question]").nth(3).get_attribute("data-question") == "apology"


def test_a_route_is_completed_and_read_aloud_while_it_is_written(app, page: Page, start):
    page.goto(f"{start[0]}/questions/needs")
    field = page.get_by_role("combobox", name="Chỉ hỏi nếu")
    field.press_sequentially("${gioi")  # the words of the question, without marks
    expect(page.locator(".app-suggestions [role=option]").first).to_contain_text("Giới tính")
    page.keyboard.press("Escape")
    field.fill("")
    field.press_sequentially("${result_r")
    page.keyboard.press("Enter")
    expect(field).to_have_value("${result_received}")
    field.press_sequentially(" = 'da")
    page.keyboard.press("Tab")
    expect(field).to_have_value("${result_received} = 'yes'")
    expect(page.locator(".app-expression-check").first).to_contain_text("Đã nhận được")
    field.press_sequentially(" and ${Giới tính")  # behind an answer too, by words with marks and spaces
    expect(page.locator(".app-suggestions [role=option]").first).to_contain_text("Giới tính")
    page.keyboard.press("Escape")
    expect(page.locator(".app-expression-check").first).to_contain_text("hãy nhắc đến câu hỏi bằng")
    field.fill("${result_received} = 'yes'")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_role("status").first).to_contain_text("Đã lưu câu hỏi")
    assert question(content_of(app, start[1]), "needs")["relevant"] == "${result_received} = 'yes'"


def test_another_kind_of_answer_shows_its_fields_and_keeps_what_was_typed(page: Page, start):
    page.goto(f"{start[0]}/questions/visits")
    page.get_by_label("Tiếng Việt").first.fill("Câu hỏi mới")
    expect(page.get_by_role("heading", name="Các phương án trả lời")).to_have_count(0)
    page.get_by_label("Kiểu trả lời").select_option("single")
    expect(page.get_by_role("heading", name="Các phương án trả lời")).to_be_visible()
    expect(page.get_by_label("Tiếng Việt").first).to_have_value("Câu hỏi mới")


def reach(page: Page, what: Locator) -> None:
    """Press Tab until something has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if what.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{what} is not reached by keyboard")


def choose(page: Page, field: Locator, value: str) -> None:
    """Press the arrow keys in a list until it shows a value."""
    reach(page, field)
    page.keyboard.press("Home")
    while field.input_value() != value:
        before = field.input_value()
        page.keyboard.press("ArrowDown")
        assert field.input_value() != before, f"{value} is not in the list"


def test_a_question_is_built_without_a_mouse(app, page: Page, start):
    page.goto(start[0])
    choose(page, page.get_by_label("Vào phần").last, "results")
    choose(page, page.get_by_label("Kiểu trả lời"), "scale")
    reach(page, page.get_by_role("button", name="Thêm câu hỏi", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/q1?added=1")
    reach(page, page.get_by_role("group", name="Câu hỏi", exact=True).get_by_label("Tiếng Việt"))
    page.keyboard.type("Ông/bà hài lòng với lời xin lỗi?")
    choose(page, page.get_by_label("Tiêu chí được tính điểm"), "satisfaction")
    reach(page, page.get_by_role("combobox", name="Chỉ hỏi nếu"))
    page.keyboard.type("${nhận được kết quả")
    expect(page.locator(".app-suggestions [role=option]").first).to_contain_text("result_received")
    page.keyboard.press("Enter")
    page.keyboard.type(" = 'yes'")
    page.keyboard.press("Escape")
    reach(page, page.get_by_label("Bắt buộc trả lời"))
    page.keyboard.press("Space")
    reach(page, page.get_by_role("button", name="Lưu và về tất cả câu hỏi"))
    page.keyboard.press("Enter")
    expect(page.locator("#question-q1")).to_be_visible()
    built = question(content_of(app, start[1]), "q1")
    assert built["text"]["vi"] == "Ông/bà hài lòng với lời xin lỗi?"
    assert (built["criterion"], built["scale"], built["required"]) == ("satisfaction", "satisfaction5", True)
    assert built["relevant"] == "${result_received} = 'yes'"
