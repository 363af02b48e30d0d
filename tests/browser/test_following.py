"""Printing and following the paper, in a browser: by keyboard, on a telephone, in both languages."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from questionnaires.paper import write_serial
from survey.db import db
from tests.survey.factory import make_round

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def survey_id(app: Flask, site: str, sign_in: Callable[..., int]) -> int:
    with app.app_context():
        survey_id = make_round(db.session, questionnaire="citizen-satisfaction-2024").survey.id
    sign_in("supervisor")
    return survey_id


def fits(page: Page) -> bool:
    """Whether the page itself does not scroll sideways; tables may, in a frame of their own."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def print_small(page: Page, site: str, survey_id: int) -> None:
    """Order three forms for one unit and two for another, and none for the third."""
    page.goto(f"{site}/entry/print/{survey_id}")
    for field, text in {"#forms-0": "3", "#commune-0": "Xã Ea Kao", "#forms-1": "2", "#forms-2": ""}.items():
        page.fill(field, text)
    page.press("#forms-2", "Enter")  # the form is sent as its last button would
    page.wait_for_url(f"{site}/entry/print/{survey_id}/1-5")


def test_forms_are_ordered_printed_issued_and_found_by_keyboard(site: str, page: Page, survey_id: int):
    print_small(page, site, survey_id)
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.press("Enter")
    forms = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert write_serial(1) in forms.pages[0].extract_text()
    page.locator("table a.govuk-link[href*='/paper']").first.press("Enter")
    page.fill("#numbers", "1-3")
    page.press("#numbers", "Tab")
    page.press("#state-0", "Space")
    page.press("#reason", "Enter")
    expect(page.locator("[role=status]")).to_be_visible()
    page.goto(f"{site}/entry/forms")
    page.fill("#number", write_serial(2))
    page.press("#number", "Enter")
    expect(page.locator("h1")).to_contain_text(write_serial(2))
    expect(page.locator("#main")).to_contain_text("Xã Ea Kao")


def test_every_page_is_accessible_in_both_languages(
    site: str, page: Page, survey_id: int, accessible: Callable[[], None]
):
    print_small(page, site, survey_id)
    pages = [
        f"/entry/print/{survey_id}",
        f"/entry/print/{survey_id}/1-5",
        "/entry/batches/1/paper",
        "/entry/forms/1",
        "/entry/forms?number=12",
        f"/entry/paper/{survey_id}?by=batch",
        f"/entry/import/{survey_id}",
    ]
    for _language in ("vi", "en"):
        for path in pages:
            page.set_viewport_size(DESK)
            page.goto(f"{site}{path}")
            accessible()
            page.set_viewport_size(PHONE)
            assert fits(page), path
        page.set_viewport_size(DESK)
        page.locator(".app-header__side form button[lang]").click()


def test_what_is_wrong_stands_at_its_line(
    site: str, page: Page, survey_id: int, accessible: Callable[[], None]
):
    page.goto(f"{site}/entry/print/{survey_id}")
    page.fill("#forms-1", "nhiều")
    page.get_by_role("button").last.click()
    expect(page.locator("#forms-1-error")).to_be_visible()
    expect(page.locator("#forms-1")).to_have_attribute("aria-invalid", "true")
    accessible()
