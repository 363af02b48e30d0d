"""What an officer prints: a page of questions, the answers to check, what is said about them."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.screens.scenery import Scenery
from tests.browser.screens.visitor import Visitor

MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")


@pytest.fixture
def visitor(browser: Browser, scenery: Scenery) -> Iterator[Visitor]:
    context = browser.new_context(service_workers="block")
    yield Visitor(context.new_page(), scenery)
    context.close()


@pytest.fixture
def on_paper(visitor: Visitor, tmp_path: Path) -> Callable[[str], list[str]]:
    """A function that prints the page in the browser and gives the text of each sheet."""

    def print_it(name: str) -> list[str]:
        sheets = visitor.page.pdf(format="A4", margin=MARGINS)
        folder = Path(os.environ.get("PRINTS") or tmp_path)
        (folder / f"{name}.pdf").write_bytes(sheets)
        return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(sheets)).pages]

    return print_it


def test_a_page_of_questions_is_a_form_to_fill_in_with_a_pen(visitor: Visitor, on_paper: Callable) -> None:
    visitor.begin("citizens")
    (sheet,) = on_paper("section")
    assert "Đã nhận được" in sheet
    for left_out in ("Lưu và tiếp tục", "Lưu trang này", "English", "Quay lại"):
        assert left_out not in sheet


def test_the_answers_to_check_are_printed_without_links_to_change_them(
    visitor: Visitor, on_paper: Callable
) -> None:
    visitor.begin("short")
    visitor.go_to_the_check()
    text = "\n".join(on_paper("check"))
    assert "Phiếu chưa được gửi" in text
    assert "Thiếu cán bộ" in text
    for left_out in ("Gửi câu trả lời của tôi", "Sửa", "Đến nút gửi"):
        assert left_out not in text


@pytest.mark.parametrize("role", ["citizens", "short", "sitting"])
def test_what_is_said_about_the_answers_takes_two_sheets(
    visitor: Visitor, on_paper: Callable, role: str
) -> None:
    visitor.open(visitor.scenery.survey(role) + "/privacy")
    assert len(on_paper(f"privacy-{role}")) <= 2
