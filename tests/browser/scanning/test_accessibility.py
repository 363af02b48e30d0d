"""The pages of scans are for everybody, on each screen and in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from survey.db import db
from survey.entry.scanning import noting
from survey.models import PaperForm
from tests.browser.scanning.sizes import DESK, PHONE


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_scans_keep_the_rules_of_accessibility(
    app, site, page, accessible, printed, upload, monkeypatch, size, language
):
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    address = upload((1, 2, 2))
    page.context.add_cookies([{"name": "language", "value": language, "url": site}])
    page.set_viewport_size(size)
    with app.app_context():
        form_id = db.session.query(PaperForm.id).filter_by(batch_id=printed.batch_id, number=1).scalar()
    for path in (address, f"{address}/doubts", f"{address}/check", f"{site}/entry/forms/{form_id}/scans"):
        page.goto(path)
        accessible()
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    page.goto(address)
    page.click("main form[enctype] button")  # no file
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    accessible()
