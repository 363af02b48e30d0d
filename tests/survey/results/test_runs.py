"""A round's runs, and the button that makes another."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.models import AuditEntry, Job, Run
from tests.survey.queries import counted
from tests.survey.results.rounds import DEFAULT_FORM, in_database, percent, the_run


def test_an_analyst_presses_one_button_and_reads_the_ranking(app, client, sign_in, the_round, press):
    sign_in("analyst")
    assert "Chưa có lần tính nào" in client.get(the_round.runs).text
    address = press()
    page = client.get(address).text
    assert page.index(percent("82,50")) < page.index(percent("68,00")) < page.index(percent("65,00"))
    assert "82,50 trên 100,00" in page
    assert "Tốt" in page
    assert percent("70,25") in page  # beside it, unweighted
    assert address in client.get(the_round.runs).text


def test_the_settings_of_a_run_are_kept_and_shown(app, client, sign_in, the_round, press):
    sign_in("analyst")
    run = the_run(app, press(aggregation="factor_mean", minimum_cell="7", targets="no"))
    assert {"aggregation": "factor_mean", "minimum_cell": 7, "targets": "no"}.items() <= run.recipe.items()
    page = client.get(the_round.runs).text
    assert "trung bình của các trung bình theo yếu tố" in page
    assert "Số phiếu ít nhất được nêu: 7" in page


@pytest.mark.parametrize("wrong", [{"minimum_cell": "0"}, {"minimum_cell": "năm"}, {"official": "lucky"}])
def test_a_setting_that_is_not_possible_starts_nothing(app, client, sign_in, the_round, wrong):
    sign_in("analyst")
    page = client.submit(the_round.runs, {**DEFAULT_FORM, **wrong})
    assert page.status_code == 422
    with app.app_context():
        assert db.session.scalar(sa.select(Job)) is None


def test_the_same_run_started_by_two_people_is_one_job(app, client, sign_in, the_round, monkeypatch):
    monkeypatch.setitem(app.extensions, "run_job", lambda job_id: None)  # a worker that is busy
    sign_in("analyst")
    assert client.submit(the_round.runs, DEFAULT_FORM).location.startswith("/jobs/")
    sign_in("analyst", name="analyst2")
    reply = client.submit(the_round.runs, DEFAULT_FORM, follow_redirects=True)
    assert "Một đồng nghiệp vừa cho tính" in reply.text


def test_who_ordered_a_run_is_in_the_audit_trail(app, client, sign_in, the_round, press):
    analyst = sign_in("analyst")
    run = the_run(app, press(official="unweighted"))
    with app.app_context():
        entries = {entry.action: entry for entry in db.session.scalars(sa.select(AuditEntry))}
    assert entries["job.start"].actor_id == analyst
    assert entries["run.make"].subject == f"round {the_round.code} (official=unweighted)"
    assert entries["run.make"].details["sha256"] == run.sha256
    assert entries["run.make"].details["made_by"] == analyst


def test_the_list_of_runs_asks_no_more_when_there_are_more(app, client, sign_in, the_round, press):
    sign_in("analyst")
    run = the_run(app, press())
    with app.app_context():
        asked_for_one = counted(client, the_round.runs)
    columns = [column.key for column in sa.inspect(Run).columns if column.key != "id"]
    row = {column: getattr(run, column) for column in columns}
    for _ in range(20):
        in_database(app, sa.insert(Run).values(**row))
    assert client.get(the_round.runs).text.count("giống lần") == 20
    with app.app_context():
        assert counted(client, the_round.runs) == asked_for_one
