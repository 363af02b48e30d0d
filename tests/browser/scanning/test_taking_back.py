"""An answer is taken back on the next list too."""

from __future__ import annotations

from survey.db import db
from survey.entry.scanning import noting, open_questions
from survey.models import ScanPage
from tests.browser.scanning.deciding import press, say_blank, shown
from tests.survey.entry.scanning.sheets import Printed


def test_the_last_answer_of_the_list_before_is_taken_back_too(app, page, upload, monkeypatch):
    monkeypatch.setattr(open_questions, "AT_ONCE", 1)
    page.goto(upload(draw=Printed.form) + "/doubts")
    say_blank(page)
    assert shown(page) == "page-2"
    press(page, "u")
    assert shown(page) == "page-1"
    with app.app_context():
        assert [sheet.readings.get("said", {}) for sheet in db.session.query(ScanPage)] == [{}, {}]


def test_a_check_is_taken_back_on_the_next_list_too(page, upload, monkeypatch):
    monkeypatch.setattr(noting, "SAMPLED", 1.0)
    address = upload((1,))
    page.goto(address + "/check")
    first = shown(page)
    press(page, "j")
    second = shown(page)
    page.reload()
    assert shown(page) == second
    press(page, "u")
    assert shown(page) == first
