"""Printing and following the paper, in a browser: by keyboard, on a telephone, in both languages."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from questionnaires.paper import write_serial
from survey.collection.paper import claim, mark_forms, reject_form
from survey.db import db
from survey.models import Batch
from tests.survey.factory import make_round, make_user

DESK = {"width": 1280, "height": 900}
SIZES = {"phone": {"width": 360, "height": 740}, "desk": DESK}
SHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture
def survey_id(app: Flask, site: str, sign_in: Callable[..., int]) -> int:
    with app.app_context():
        survey_id = make_round(db.session, questionnaire="citizen-satisfaction-2024").survey.id
    sign_in("supervisor")
    return survey_id


def fits(page: Page) -> bool:
    """Whether the page itself does not scroll sideways; tables may, in a frame of their own."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def make_batches(page: Page) -> None:
    page.locator("main form[method=post] button[type=submit]").last.press("Enter")


def print_small(page: Page, site: str, survey_id: int) -> None:
    """Order three forms for one unit and two for another, and none for the third."""
    page.goto(f"{site}/entry/print/{survey_id}")
    for field, text in {"#forms-0": "3", "#commune-0": "Xã Ea Kao", "#forms-1": "2", "#forms-2": ""}.items():
        page.fill(field, text)
    page.press("#forms-2", "Enter")  # only looks at the lines: what is made has used up its numbers
    expect(page.locator("#forms-0")).to_have_value("3")
    make_batches(page)
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


def fill_hands(app: Flask) -> None:
    """Form 1 is rejected and may be archived, 2 is being keyed, 3 and all of the other batch are out."""
    with app.app_context():
        batches = db.session.scalars(sa.select(Batch).order_by(Batch.id)).all()
        person = make_user(db.session)
        for batch, numbers in zip(batches, ([1, 2, 3], [1, 2]), strict=True):
            mark_forms(batch, numbers, "issued", person)
        mark_forms(batches[0], [1], "returned", person)
        reject_form(batches[0].forms[0].id, person, "trùng phiếu")
        claim(batches[0].id, person, "first", number=2)


def test_one_batch_is_ticked_and_a_form_put_back_by_keyboard(
    app: Flask, site: str, page: Page, survey_id: int
):
    page.goto(f"{site}/entry/print/{survey_id}")
    page.locator("button[name=tick][value=none]").press("Enter")
    expect(page.locator("[name=print-1]")).not_to_be_checked()
    page.press("#print-1", "Space")
    page.fill("#forms-1", "2")
    make_batches(page)
    page.wait_for_url(f"{site}/entry/print/{survey_id}/1-2")
    with app.app_context():
        batch_id = db.session.scalars(sa.select(Batch.id)).one()
        claim(batch_id, make_user(db.session), "first")
    page.goto(f"{site}/entry/batches/{batch_id}/paper")
    page.locator("form[action$='/put-back'] button").press("Enter")
    expect(page.locator("[role=status]")).to_contain_text(write_serial(1))
    expect(page.locator("form[action$='/put-back']")).to_have_count(0)


def test_every_page_is_accessible_in_both_languages(
    app: Flask, site: str, page: Page, survey_id: int, accessible: Callable[[], None]
):
    print_small(page, site, survey_id)
    fill_hands(app)
    pages = {
        "order": f"/entry/print/{survey_id}",
        "print": f"/entry/print/{survey_id}/1-5",
        "batch": "/entry/batches/1/paper",
        "archived": "/entry/forms/1",
        "keyed": "/entry/forms/2",
        "not-found": "/entry/forms?number=12",
        "survey": f"/entry/paper/{survey_id}",
        "survey-by-batch": f"/entry/paper/{survey_id}?by=batch",
        "import": f"/entry/import/{survey_id}",
    }
    for language in ("vi", "en"):
        for name, path in pages.items():
            for size, measures in SIZES.items():
                page.set_viewport_size(measures)
                page.goto(f"{site}{path}")
                if SHOTS:
                    page.screenshot(path=Path(SHOTS) / f"{name}-{size}-{language}.png", full_page=True)
                if size == "desk":
                    accessible()
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


def test_codes_are_whole_on_a_desk_and_every_field_is_in_sight_on_a_telephone(
    app: Flask, site: str, page: Page, survey_id: int
):
    page.set_viewport_size(DESK)
    page.goto(f"{site}/entry/print/{survey_id}")
    page.fill("#code-0", "ke-hoach-dau-tu-01")
    page.fill("#commune-0", "Phường Bắc Cam Ranh")
    for field in ("#code-0", "#commune-0"):
        assert page.eval_on_selector(field, "field => field.scrollWidth <= field.clientWidth"), field
    page.set_viewport_size(SIZES["phone"])
    frame = page.locator("div.app-scroll", has=page.locator("#code-0"))
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    for name in ("print", "code", "commune", "enumerator", "forms"):
        expect(page.locator(f"#{name}-0")).to_be_visible()
        assert page.eval_on_selector(f"#{name}-0", "field => field.scrollWidth <= field.clientWidth"), name
        label = f"#{name}-0 >> xpath=ancestor::td"
        assert page.eval_on_selector(label, "cell => getComputedStyle(cell, '::before').content.length > 2")
