"""Long work: started, watched, finished, failed, interrupted."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from questionnaires.faults import N_
from survey import jobs
from survey.db import db, now
from survey.errors import UserError
from survey.models import Job, Unit, User
from tests.survey.factory import make_round


@pytest.fixture
def work(app, monkeypatch):
    """A function that registers what jobs of the kind "count" do."""

    def register(function):
        monkeypatch.setitem(jobs.WORK, "count", function)

    return register


@pytest.fixture
def queue(app, monkeypatch):
    """Jobs wait here instead of running at once; a test runs them when it likes."""
    waiting: list[str] = []
    monkeypatch.setitem(app.extensions, "run_job", waiting.append)
    return waiting


def start(app, user_id: int, subject: str = "2022") -> uuid.UUID:
    with app.app_context():
        return jobs.start("count", subject, db.session.get(User, user_id)).id


def run(app, job_id: uuid.UUID) -> None:
    with app.app_context():
        jobs.run(job_id)


def elsewhere(look: Callable[[], str]) -> str:
    """What somebody sees at this moment from a thread, and so a database session, of their own."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(look).result()


def job(app, job_id: uuid.UUID) -> Job:
    with app.app_context():
        return db.session.get(Job, job_id)


def test_work_is_done_and_its_page_leads_to_the_result(app, client, sign_in, work):
    def count(job, report_progress):
        report_progress(0.5, "half")
        return f"/rounds/{job.subject}"

    work(count)
    job_id = start(app, sign_in("analyst"))
    assert client.get(f"/jobs/{job_id}").location == "/rounds/2022"
    assert (job(app, job_id).state, job(app, job_id).progress) == ("done", 100)
    assert job(app, job_id).finished_at is not None


def test_progress_is_seen_while_the_work_reads_and_later_writes(app, client, sign_in, work, queue):
    seen = []

    def count(job, report_progress):
        db.session.scalars(sa.select(Unit)).all()
        report_progress(0.256, "Đang đếm")
        path = f"/jobs/{job.id}"
        seen.append(elsewhere(lambda: client.get(path).text))
        db.session.commit()
        unit = Unit(code="counted", name="Sở", type="department", valid_from=now().date())
        db.session.add(unit)
        db.session.commit()
        return "/"

    work(count)
    job_id = start(app, sign_in("analyst"))
    run(app, job_id)
    assert job(app, job_id).state == "done"
    assert 'value="26"' in seen[0]
    assert "Đang đếm" in seen[0]
    with app.app_context():
        assert db.session.scalar(sa.select(Unit.code).where(Unit.code == "counted"))


def test_the_part_that_changes_is_sent_only_when_it_changed(app, client, sign_in, queue):
    job_id = start(app, sign_in("analyst"))
    whole = client.get(f"/jobs/{job_id}")
    assert "Đang chờ đến lượt" in whole.text
    htmx = {"HX-Request": "true"}
    part = client.get(f"/jobs/{job_id}", headers=htmx)
    assert "<html" not in part.text
    assert "Đang chờ đến lượt" in part.text
    assert client.get(f"/jobs/{job_id}?seen=queued+0+", headers=htmx).status_code == 204


@pytest.mark.parametrize("synthetic", [True, False])
def test_work_on_a_synthetic_round_is_marked_as_such(app, client, sign_in, queue, synthetic):
    with app.app_context():
        code = make_round(db.session, synthetic=synthetic).round.code
        db.session.commit()
    job_id = start(app, sign_in("analyst"), subject=f"round {code}")
    assert ("app-synthetic" in client.get(f"/jobs/{job_id}").text) is synthetic


def test_htmx_is_told_to_leave_for_the_result(app, client, sign_in, work):
    work(lambda job, report_progress: "/results")
    job_id = start(app, sign_in("analyst"))
    done = client.get(f"/jobs/{job_id}", headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == "/results"


def test_what_the_person_can_mend_is_said_in_their_language(app, client, sign_in, work):
    def refuse(job, report_progress):
        raise UserError(N_("Somebody else changed this at the same time"))

    work(refuse)
    job_id = start(app, sign_in("analyst"))
    page = client.get(f"/jobs/{job_id}").text
    assert "Có người khác vừa thay đổi cùng nội dung này" in page
    assert "Chạy lại" in page


def test_a_fault_of_ours_is_logged_and_nothing_of_the_work_stays(app, client, sign_in, work, caplog):
    def crash(job, report_progress):
        db.session.commit()
        db.session.add(Unit(code="half", name="Sở", type="department", valid_from=now().date()))
        db.session.flush()
        raise RuntimeError("một chi tiết bên trong")

    work(crash)
    job_id = start(app, sign_in("analyst"))
    page = client.get(f"/jobs/{job_id}").text
    assert "Công việc không thành vì lỗi của hệ thống" in page
    assert "một chi tiết bên trong" not in page
    assert "một chi tiết bên trong" in caplog.text
    with app.app_context():
        assert db.session.scalar(sa.select(Unit).where(Unit.code == "half")) is None


def test_starting_the_same_work_twice_leads_to_one_job(app, sign_in, queue):
    analyst = sign_in("analyst")
    assert start(app, analyst) == start(app, analyst)
    assert start(app, analyst, "2023") != start(app, analyst)
    assert len(queue) == 2


def test_a_job_delivered_twice_runs_once(app, sign_in, work, queue):
    runs = []
    work(lambda job, report_progress: runs.append(job.id) or "/")
    job_id = start(app, sign_in("analyst"))
    run(app, job_id)
    run(app, job_id)
    assert runs == [job_id]


def test_work_interrupted_by_a_crash_is_said_to_be_so_and_can_be_started_again(
    app, client, sign_in, work, queue
):
    job_id = start(app, sign_in("analyst"))
    with app.app_context():
        jobs.claim(job_id)
        assert jobs.mark_interrupted() == 1
    assert "Công việc bị gián đoạn khi máy dừng" in client.get(f"/jobs/{job_id}").text
    work(lambda job, report_progress: "/results")
    again = client.submit(f"/jobs/{job_id}/restart").location
    run(app, uuid.UUID(queue[-1]))
    assert client.get(again).location == "/results"


def test_only_failed_work_is_started_again(app, client, sign_in, queue):
    job_id = start(app, sign_in("analyst"))
    assert client.submit(f"/jobs/{job_id}/restart").status_code == 409


def test_others_do_not_see_a_job_but_an_administrator_does(app, client, sign_in, new_user, queue):
    job_id = start(app, new_user("analyst"))
    sign_in("planner")
    assert client.get(f"/jobs/{job_id}").status_code == 404
    sign_in("administrator")
    assert client.get(f"/jobs/{job_id}").status_code == 200
