"""An analyst makes a run and reads it, a planner publishes it, a citizen reads it, in a real browser."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from survey import jobs
from survey.db import db
from survey.models import Round, Run
from survey.results import making
from tests.survey.answered import answered_round

A_WHILE = 60_000  # milliseconds: a run on a busy machine
SIZES = {"telephone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@dataclass
class Worker:
    """Does the jobs in a thread, as the worker's process does; `held` until it may compute."""

    app: Flask
    may_compute: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, job_id: str) -> None:
        self.threads.append(threading.Thread(target=self.work, args=(job_id,)))
        self.threads[-1].start()

    def work(self, job_id: str) -> None:
        with self.app.app_context():
            jobs.run(uuid.UUID(job_id))


@pytest.fixture
def worker(app, monkeypatch):
    worker, compute = Worker(app), making.run

    def held(inputs, progress):
        progress(0.3, "Weighing and estimating")
        assert worker.may_compute.wait(60)
        return compute(inputs, progress)

    monkeypatch.setattr(making, "run", held)
    monkeypatch.setitem(app.extensions, "run_job", worker.start)
    yield worker
    worker.may_compute.set()
    for thread in worker.threads:
        thread.join()


@pytest.fixture
def round_id(app) -> int:
    with app.app_context():
        return answered_round(db.session, synthetic=True).round.id


@pytest.fixture
def look(page: Page, accessible) -> Callable[[], None]:
    """A function that fails where the page breaks a rule of accessibility or is wider than a telephone."""

    def check() -> None:
        for size in SIZES.values():
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            accessible()

    return check


def test_one_button_leads_by_a_progress_bar_to_the_results(app, site, page, sign_in, look, worker, round_id):
    said = []
    page.on("console", lambda message: said.append(message.text))
    sign_in("analyst")
    page.goto(f"{site}/rounds/{round_id}/runs")
    look()
    page.get_by_text("Chọn cách tính").click()
    look()
    page.get_by_role("button", name="Tính kết quả").click()
    expect(page.locator("progress")).to_have_attribute("value", "30", timeout=A_WHILE)
    expect(page.get_by_text("Đang tính trọng số và ước lượng")).to_be_visible()
    worker.may_compute.set()
    page.wait_for_url(f"{site}/runs/*", timeout=A_WHILE)
    expect(page.get_by_role("link", name="Sở Nội vụ")).to_be_visible()
    expect(page.locator("main")).to_contain_text("82,50\N{NO-BREAK SPACE}%")
    look()
    page.get_by_role("link", name="Sở Nội vụ").click()
    expect(page.locator("main")).to_contain_text("polite, clear")
    look()
    page.go_back()
    page.get_by_role("link", name="Đọc báo cáo").click()
    expect(page.locator("article.report")).to_be_visible()
    look()
    assert said == []


def test_downloads_reach_the_disk(app, site, page, sign_in, worker, round_id, tmp_path):
    worker.may_compute.set()
    sign_in("analyst")
    page.goto(f"{site}/rounds/{round_id}/runs")
    page.get_by_role("button", name="Tính kết quả").click()
    page.wait_for_url(f"{site}/runs/*", timeout=A_WHILE)
    with page.expect_download() as told:
        page.get_by_role("link", name="Báo cáo trong một tệp (HTML)").click()
    file = tmp_path / told.value.suggested_filename
    assert file.suffix == ".html"
    told.value.save_as(file)
    page.goto(file.as_uri())
    page.set_viewport_size(SIZES["telephone"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    with page.expect_download() as told:
        page.goto(f"{site}/rounds/{round_id}/runs")
        page.locator("tbody a").first.click()
        page.get_by_role("link", name="Toàn bộ bảng số liệu (XLSX)").click()
    assert told.value.suggested_filename.endswith(".xlsx")


def test_a_planner_publishes_and_a_citizen_reads_without_scripts(
    app, site, page, browser, sign_in, look, worker, round_id
):
    worker.may_compute.set()
    with app.app_context():
        db.session.execute(sa.update(Round).values(state="closed"))
        db.session.commit()
    sign_in("analyst")
    page.goto(f"{site}/rounds/{round_id}/runs")
    page.get_by_role("button", name="Tính kết quả").click()
    page.wait_for_url(f"{site}/runs/*", timeout=A_WHILE)
    with app.app_context():
        run_id = db.session.scalar(sa.select(Run.id))
    page.context.clear_cookies()
    sign_in("planner")
    page.goto(f"{site}/runs/{run_id}")
    page.get_by_role("button", name="Công bố kết quả này").click()
    expect(page.get_by_role("status")).to_contain_text("Kết quả đã được công bố")
    look()
    context = browser.new_context(java_script_enabled=False)
    citizen = context.new_page()
    citizen.goto(site)
    citizen.locator("main a[href^='/results/']").click()
    expect(citizen.get_by_role("heading", name="Xếp hạng", exact=True)).to_be_visible()
    expect(citizen.locator(".app-synthetic")).to_be_visible()
    address = citizen.url
    context.close()
    page.context.clear_cookies()
    page.goto(address)
    look()
