"""Staff pages in a real browser: usable by everybody, on a telephone too, and jobs that are watched."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import expect

from survey import jobs
from survey.db import db
from survey.models import User

PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing-here"])
def test_pages_for_everybody_keep_the_rules_of_accessibility(site, page, accessible, path):
    page.goto(site + path)
    accessible()


@pytest.mark.parametrize("path", ["/", "/users", "/users/new", "/password", "/nothing-here"])
def test_staff_pages_keep_the_rules_of_accessibility(site, page, accessible, sign_in, path):
    sign_in("administrator")
    page.goto(site + path)
    accessible()


def test_faults_of_a_form_are_reached_by_keyboard(site, page, accessible, sign_in):
    sign_in("administrator")
    page.goto(f"{site}/users/new")
    page.click("main button[type=submit]")
    fault = page.get_by_role("link", name="Hãy nhập họ và tên.")
    expect(fault).to_be_visible()
    accessible()
    fault.press("Enter")
    page.keyboard.type("Trần Lan Anh")
    assert page.input_value("[name=full_name]") == "Trần Lan Anh"


@pytest.mark.parametrize("path", ["/", "/users", "/users/new", "/password"])
def test_nothing_is_wider_than_a_telephone(site, page, sign_in, path):
    page.set_viewport_size(PHONE)
    sign_in("administrator")
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_browser_refuses_nothing_on_our_pages(site, page, sign_in):
    """What the content security policy blocks is reported on the console."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    sign_in("administrator")
    page.goto(f"{site}/users")
    assert said == []


def test_a_job_is_watched_without_touching_anything(app, site, page, accessible, sign_in, monkeypatch):
    waiting, may_finish = [], threading.Event()

    def work(job, report_progress):
        report_progress(0.4, "Đang tính")
        assert may_finish.wait(30)
        return "/users"

    monkeypatch.setitem(jobs.WORK, "work", work)
    monkeypatch.setitem(app.extensions, "run_job", waiting.append)
    user_id = sign_in("administrator")
    with app.app_context():
        job_id = jobs.start("work", "something", db.session.get(User, user_id)).id
    page.goto(f"{site}/jobs/{job_id}")
    page.get_by_text("Đang chờ đến lượt").wait_for()
    accessible()
    worker = threading.Thread(target=run, args=(app, job_id))
    worker.start()
    page.get_by_text("Đang tính").wait_for()
    assert page.locator("progress").get_attribute("value") == "40"
    may_finish.set()
    page.wait_for_url(f"{site}/users")
    worker.join()


def run(app, job_id) -> None:
    with app.app_context():
        jobs.run(job_id)
