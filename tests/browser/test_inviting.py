"""The planner's ways to reach people, in a real browser: accessible, and no wider than a telephone."""

from __future__ import annotations

import pytest

from survey.db import db
from tests.browser.test_staff_pages import PHONE
from tests.survey.factory import make_round


@pytest.mark.parametrize("way", ["posters", "messages", "mailings", "dossiers", "codes"])
def test_pages_that_invite_keep_the_rules_and_fit_a_telephone(app, site, page, accessible, sign_in, way):
    with app.app_context():
        survey_id = make_round(db.session).survey.id
    sign_in("planner")
    page.goto(f"{site}/surveys/{survey_id}/{way}")
    accessible()
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_list_of_people_is_previewed_without_losing_it(app, site, page, accessible, sign_in):
    with app.app_context():
        made = make_round(db.session)
        survey_id, unit = made.survey.id, made.units[0].code
    sign_in("planner")
    page.goto(f"{site}/surveys/{survey_id}/messages")
    table = f"Mã đơn vị,Họ tên,Điện thoại\n{unit},Trần Lan Anh,0912345678\n"
    file = {"name": "x.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.locator("#file").set_input_files(file)
    page.locator("#plain_sms").uncheck()
    page.locator("button[value=preview]").click()
    page.get_by_role("heading", name="Trần Lan Anh").wait_for()
    accessible()
    with page.expect_download() as download:
        page.locator("button[value=pdf]").click()
    assert download.value.suggested_filename.endswith(".pdf")
