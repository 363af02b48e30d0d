"""A planner writes a framework in a real browser, with the keyboard alone: the tree, a rule tried out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.survey.builder.draft_life import a_draft
from tests.survey.builder.drafting import content_of
from tests.survey.builder.framework_drafting import nodes_of, small_framework


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_the_editor_is_accessible_and_fits(app, site, page, accessible, sign_in, width):
    page.set_viewport_size({"width": width, "height": 800})
    sign_in("planner")
    content = small_framework()
    nodes_of(content)["1.1"]["max_points"] = 8
    draft_id = a_draft(app, content, "framework")
    start = f"{site}/frameworks/drafts/{draft_id}"
    deeds = [f"/nodes/{code}" for code in ("1", "1.2", "1.2/move", "1.2/split", "1.3/retire")]
    for path in ("", "/head", "/bands", "/ranking-groups", "/changes", "/renumber", *deeds):
        page.goto(start + path)
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_criteria_are_moved_with_the_keyboard_and_sums_follow(app, site, page, accessible, sign_in):
    sign_in("planner")
    draft_id = a_draft(app, small_framework(), "framework")
    page.goto(f"{site}/frameworks/drafts/{draft_id}")
    page.locator("[id='node-1.1'] a").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[id='node-1.2'] + li")).to_have_attribute("data-node", "1.1")
    expect(page.locator("[id='node-1.1'] a").first).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")  # out of field 1, which then lacks its 10 points
    expect(page.locator("[id='node-1']")).to_contain_text("còn 10")
    expect(page.locator("#totals")).to_contain_text("110/100")
    assert nodes_of(content_of(app, draft_id))["1.1"].get("parent") is None
    accessible()


def test_a_rule_is_tried_out_while_it_is_written(app, site, page, accessible, sign_in):
    sign_in("planner")
    draft_id = a_draft(app, small_framework(), "framework")
    page.goto(f"{site}/frameworks/drafts/{draft_id}/nodes/1.2")
    expect(page.locator(".app-preview__result")).to_contain_text("hài lòng được 4,1 trên 5 điểm")
    page.fill("[id='groups.business']", "50")
    expect(page.locator("#weights-sum")).to_contain_text("110")
    page.fill("[id='groups.business']", "40")
    page.select_option("[id='rule.name']", "thresholds")
    page.select_option("[id='rule.of']", "top2_share")
    page.fill("[id='rule.full']", "80")
    page.fill("[id='preview.citizen.rate']", "40")  # 40/80 of 5 points; business at 82 % has all 5
    expect(page.locator(".app-preview__group").first).to_contain_text("được 2,5 trên 5 điểm")
    expect(page.locator("[id='preview.citizen.rate']")).to_be_focused()
    accessible()
    page.locator("button:has-text('Lưu')").nth(1).click()
    page.wait_for_url(re.compile("#node-1.2$"))
    assert nodes_of(content_of(app, draft_id))["1.2"]["rule"]["full"] == 80
