"""Every page of a tablet is accessible, and easy to touch."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import RULES
from tests.browser.kiosk.desk import TABLET
from tests.browser.kiosk.touching import wait

TABLETS = [TABLET, {"width": 1024, "height": 768}]
FINGER = 60  # pixels: what is touched standing
TOUCHED = "a[href], button, select, .app-choice__label, main input[type=text]"


def expect_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def small_targets(page: Page) -> list[str]:
    """What is touched and smaller than a finger; choices are touched by their labels."""
    return page.evaluate(
        """([touched, least]) => [...document.querySelectorAll(touched)]
            .filter(each => each.checkVisibility() && !each.closest("dialog, .govuk-skip-link"))
            .filter(each => each.getBoundingClientRect().height < least)
            .map(each => each.outerHTML.slice(0, 120))""",
        [TOUCHED, FINGER],
    )


@pytest.mark.parametrize("size", TABLETS, ids=lambda size: f"{size['width']}")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_accessible_and_easy_to_touch(new_tablet, desk, size, language):
    page = new_tablet(size=size)
    if language == "en":
        page.get_by_role("button", name="English").tap()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    expect_accessible(page)
    page.locator(".app-kiosk-start").tap()
    page.wait_for_url("**/1")
    expect_accessible(page)
    assert small_targets(page) == []
    wait(page, 11)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect_accessible(page)
    page.get_by_role("alertdialog").get_by_role("button").tap()
    page.locator("main button[type=submit]").tap()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect_accessible(page)
    page.goto(f"{desk.url}/k/{desk.slug}/check")
    expect_accessible(page)
    assert small_targets(page) == []
    page.goto(f"{desk.url}/kiosk/quit")
    expect_accessible(page)
