"""What a planner does from a spreadsheet to an open survey, each step as the pages name it."""

from __future__ import annotations

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from survey.db import today

LEVELS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.locator("main").get_by_role("link", name=words, exact=True).first.click()


def back(page: Page) -> None:
    page.locator(".govuk-back-link").click()


def room(page: Page, words: str) -> None:
    """Open a room from the bar on top."""
    page.get_by_role("navigation").first.get_by_role("link", name=words, exact=True).click()


def write(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).first.fill(words)


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


# Any draft


def send_for_review(page: Page) -> None:
    follow(page, "Đọc lại và trình duyệt")
    press(page, "Trình duyệt")
    told(page, "Đã trình duyệt")


def approve(page: Page, shelf: str, title: str) -> None:
    room(page, shelf)
    follow(page, title)
    press(page, "Duyệt")
    told(page, "Đã duyệt bản thảo")


# The framework


def upload_framework(page: Page, workbook: bytes) -> None:
    room(page, "Bộ tiêu chí")
    follow(page, "Tải lên bảng tính")
    file = {"name": "bo-chi-so.xlsx", "mimeType": "application/octet-stream", "buffer": workbook}
    page.get_by_label("Tệp", exact=True).set_input_files(file)
    press(page, "Tạo bản thảo")


# The questionnaire


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Việc còn lại")


def expect_asked(page: Page, asked: int, criteria: int) -> None:
    expect(panel(page)).to_contain_text(f"Đã hỏi {asked} trên {criteria} tiêu chí")


def begin_questionnaire(page: Page, title: str, framework: str) -> None:
    room(page, "Bộ tiêu chí")
    follow(page, framework)
    follow(page, "Soạn phiếu khảo sát cho bộ tiêu chí này")
    write(page, "Tên tiếng Việt", title)
    write(page, "Mã", "nguoi-dan")
    write(page, "Phiên bản", "2026")
    press(page, "Tạo bản thảo")


def add_section(page: Page, title: str) -> None:
    press(page, "Thêm phần")
    page.get_by_role("group", name="Tên gọi").get_by_label("Tiếng Việt").fill(title)
    press(page, "Lưu")


def add_scale(page: Page, levels: Sequence[str]) -> None:
    press(page, "Thêm thang đo")
    write_lines(page, levels)
    press(page, "Lưu")


def write_lines(page: Page, lines: Sequence[str]) -> None:
    for number, words in enumerate(lines, 1):
        line = page.get_by_role("group", name=f"Dòng {number}", exact=True)
        line.get_by_label("Câu chữ (Tiếng Việt)").fill(words)


def add_question(page: Page, section: str, kind: str) -> None:
    form = page.locator("form", has=page.get_by_role("button", name="Thêm câu hỏi", exact=True))
    form.get_by_label("Vào phần").select_option(label=section)
    form.get_by_label("Kiểu trả lời").select_option(label=kind)
    press(page, "Thêm câu hỏi")


def word_question(page: Page, words: str) -> None:
    page.get_by_role("group", name="Câu hỏi", exact=True).get_by_label("Tiếng Việt").fill(words)


def feed(page: Page, criterion: str) -> None:
    """Pick the criterion that a question's answers count for."""
    picker = page.get_by_label("Tiêu chí được tính điểm").last
    picker.select_option(label=picker.locator("option", has_text=f"{criterion} ").first.inner_text())


def route(page: Page, start: str, rest: str, read: str) -> None:
    """Write when a question is asked: the first name is completed from its `start`, the rest is typed."""
    field = page.get_by_role("combobox", name="Chỉ hỏi nếu")
    field.press_sequentially(start)
    expect(page.locator(".app-suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    field.press_sequentially(rest)
    page.keyboard.press("Escape")
    expect(page.locator(".app-expression-check").first).to_contain_text(read)


def ask_unasked(page: Page, criteria: Sequence[str], section: str, how: str) -> None:
    """Have criteria of the panel asked, by a question for each or by the rows of one."""
    for code in criteria:
        panel(page).locator("label", has=page.locator(f"code:text-is('{code}')")).click()
    panel(page).get_by_label("Vào phần").select_option(label=section)
    panel(page).get_by_role("button", name=how, exact=True).click()


def walk_all_paths(page: Page) -> None:
    """Try the questionnaire: nothing stands in anybody's way."""
    follow(page, "Chạy thử")
    follow(page, "Dò mọi lối đi của phiếu")
    press(page, "Dò mọi lối đi của phiếu")
    expect(page.get_by_role("heading", name="Không phát hiện gì")).to_be_visible()


# Units, round, survey


def add_unit(page: Page, name: str, code: str) -> None:
    room(page, "Đơn vị")
    follow(page, "Đơn vị mới")
    write(page, "Tên", name)
    write(page, "Mã", code)
    write(page, "Ngày đầu", "2025-01-01")
    press(page, "Lưu")


def add_round(page: Page, title: str, framework: str) -> None:
    room(page, "Kỳ đánh giá")
    follow(page, "Kỳ đánh giá mới")
    write(page, "Tên tiếng Việt", title)
    write(page, "Mã", "ky-moi")
    page.get_by_label("Bộ tiêu chí").select_option(label=f"{framework} (1)")
    write(page, "Ngày đầu", today().isoformat())
    write(page, "Ngày cuối", today().isoformat())
    press(page, "Lưu")


def add_survey(page: Page, questionnaire: str, slug: str) -> None:
    follow(page, "Đợt khảo sát mới")
    page.get_by_label("Phiếu khảo sát").select_option(label=f"người dân: {questionnaire} (2026)")
    write(page, "Mã", "nguoi-dan")
    write(page, "Địa chỉ ngắn", slug)
    write(page, "Nơi giải đáp", "Sở Nội vụ, 0200 000 000")
    press(page, "Lưu")


def say_who_is_asked(page: Page, unit: str, population: int, selected: int) -> None:
    follow(page, "Mẫu")
    page.get_by_label(f"Tổng thể, {unit}").fill(str(population))
    page.get_by_label(f"Được chọn, {unit}").fill(str(selected))
    press(page, "Lưu")
