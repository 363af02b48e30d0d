"""A planner brings a form of other programs in, at a desk and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.survey.builder.exchanging import DOOR, EXAMPLES, drafts

SIZES = [{"width": 360, "height": 740}, {"width": 1280, "height": 900}]
WITH_NOTES = EXAMPLES / "bug_example_xls" / "ODKValidateWarnings.xlsx"
REFUSED = EXAMPLES / "example_xls" / "widgets.csv"


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
def test_a_form_is_brought_in_by_keyboard(app, site, sign_in, page: Page, accessible, size):
    sign_in("planner")
    page.set_viewport_size(size)
    for file, heading in ((REFUSED, "Từ một tệp"), (WITH_NOTES, "Kiểm tra nội dung đã đọc")):
        page.goto(site + DOOR)
        page.set_input_files("[name=file]", file)
        page.get_by_role("button", name="Tạo bản thảo").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        accessible()
    assert not drafts(app)
    page.get_by_label("Đối tượng").select_option("business")
    page.get_by_role("button", name="Tạo bản thảo").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("phần ý kiến của bản thảo")
    (draft,) = drafts(app)
    assert draft.content["group"] == "business"
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    assert taken.value.suggested_filename == f"{draft.code}-{draft.version}-ban-thao.pdf"
