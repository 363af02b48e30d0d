"""From the button to the published page: what the analyst, the planner, the leader and the public see."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from analysis.round.result import RunResult
from questionnaires.faults import Fault
from survey.db import db
from survey.models import (
    AuditEntry,
    EvidenceScore,
    Job,
    Response,
    ResponseVersion,
    Round,
    Run,
    Stratum,
    Survey,
    Unit,
)
from survey.results.readiness import refusal
from survey.results.settings import Order
from tests.survey.answered import ANSWERS, EXPECTED, add_response, answered_round

DEFAULT_FORM = {
    "official": "weighted",
    "targets": "yes",
    "aggregation": "item_mean",
    "satisfaction": "scaled_mean",
    "absent_group": "refuse",
    "minimum_cell": "5",
}


class TheRound(NamedTuple):
    """The round under test, as its pages are found."""

    id: int
    code: str
    units: list[str]
    survey: str

    @property
    def runs(self) -> str:
        return f"/rounds/{self.id}/runs"


@pytest.fixture
def the_round(app: Flask) -> TheRound:
    return new_round(app)


def new_round(app: Flask, **values: object) -> TheRound:
    with app.app_context():
        made = answered_round(db.session, **values)
        codes = [unit.code for unit in made.units]
        return TheRound(made.round.id, made.round.code, codes, made.survey.code)


@pytest.fixture
def press(client: FlaskClient, the_round: TheRound):
    """A function that presses the button, waits for the job and gives the address of what it leads to."""

    def compute(**settings: str) -> str:
        started = client.submit(the_round.runs, {**DEFAULT_FORM, **settings})
        assert started.status_code == 302, started.text
        return client.get(started.location).location

    return compute


def percent(figure: str) -> str:
    """A percentage as pages write it, its space not breaking."""
    return f"{figure}\N{NO-BREAK SPACE}%"


def in_database(app: Flask, statement: sa.Executable) -> None:
    with app.app_context():
        db.session.execute(statement)
        db.session.commit()


def the_run(app: Flask, address: str) -> Run:
    with app.app_context():
        run = db.session.get_one(Run, uuid.UUID(address.rpartition("/")[2]))
        assert run.result
        return run


def saved(client: FlaskClient, address: str, **kwargs: object):
    """What a browser saves to disk: a file, which is not held to the rules of our pages."""
    return FlaskClient.open(client, address, **kwargs)


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


# The run


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


@pytest.mark.parametrize("official", ["weighted", "unweighted"])
def test_the_index_is_the_one_worked_out_by_hand(app, sign_in, the_round, press, official):
    sign_in("analyst")
    result = RunResult.from_bytes(the_run(app, press(official=official)).result)
    index = result.tables["index"].set_index("unit")
    for unit, expected in zip(the_round.units, EXPECTED[official], strict=True):
        assert index.loc[unit, "index"] == pytest.approx(expected)
    ranks = result.tables["ranking"].set_index("unit")["rank"]
    assert list(ranks[the_round.units[:2]]) == [1, 2]
    assert ranks[the_round.units[2:]].isna().all()


def test_a_figure_on_the_page_is_traced_back_to_the_answers(app, client, sign_in, the_round, press):
    """The weighted mean of one agency's satisfaction, from the rows of the database: each stratum's people
    are shared among its responses, and an answer that is missing takes no part in its item's mean.
    """
    sign_in("analyst")
    address = press()
    values, sums = {"low": 0.0, "middle": 0.5, "high": 1.0}, {}
    with app.app_context():
        rows = db.session.execute(
            sa.select(Stratum.id, Stratum.population, ResponseVersion.answers)
            .select_from(Response)
            .join(ResponseVersion, ResponseVersion.response_id == Response.id)
            .join(Stratum, Stratum.id == Response.stratum_id)
            .join(Unit, Unit.id == Response.unit_id)
            .where(Unit.code == the_round.units[0])
        ).all()
    in_stratum = {stratum: sum(row[0] == stratum for row in rows) for stratum, _, _ in rows}
    for stratum, population, answers in rows:
        for item in ("polite", "clear"):
            if answers.get(item) in values:
                weight, total = sums.get(item, (0.0, 0.0))
                each = population / in_stratum[stratum]
                sums[item] = (weight + each, total + each * values[answers[item]])
    rate = sum(total / weight for weight, total in sums.values()) / len(sums)
    page = client.get(f"{address}/units/{the_round.units[0]}").text
    assert f"Mức đạt: {100 * rate:.2f}".replace(".", ",") in page
    assert f"{54 + 40 * rate:.2f}".replace(".", ",") in page


def test_the_page_of_an_agency_says_where_every_point_comes_from(app, client, sign_in, the_round, press):
    sign_in("analyst")
    address = press()
    page = client.get(f"{address}/units/{the_round.units[0]}").text
    assert "Thẩm định tài liệu kiểm chứng" in page
    assert "Điểm tự chấm: 60,00" in page
    assert "small-rating" in page  # the form,
    assert "polite, clear" in page  # its items,
    assert "8 phiếu" in page  # how many answered,
    assert f"{the_round.units[0]}-far" in page  # from which stratum,
    assert "20,00" in page  # and how many people each speaks for: 100 / 5
    assert "câu chữ minh họa" in page


def test_a_criterion_that_does_not_apply_leaves_the_maximum(app, client, sign_in, the_round, press):
    unit = sa.select(Unit.id).where(Unit.code == the_round.units[1]).scalar_subquery()
    not_applicable = {"applicable": False, "inapplicable_reason": "Không phát sinh", "appraised": None}
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.unit_id == unit).values(not_applicable))
    sign_in("analyst")
    address = press()
    assert "20,00 trên 40,00" in client.get(address).text
    assert "không áp dụng cho đơn vị này" in client.get(f"{address}/units/{the_round.units[1]}").text


def test_an_agency_that_waits_for_points_has_no_index_and_the_page_says_for_which(
    app, client, sign_in, the_round, press
):
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.appraised == 48).values(appraised=None))
    sign_in("analyst")
    page = client.get(press()).text
    assert "Còn chờ điểm của: Ban hành kế hoạch." in page
    assert percent("68,00") not in page


# Runs again


def test_a_rerun_on_the_same_inputs_gives_the_same_bytes_and_the_page_says_so(
    app, client, sign_in, the_round, press
):
    sign_in("analyst")
    first, second = press(), press()
    one, other = the_run(app, first), the_run(app, second)
    assert one.id != other.id
    assert one.result == other.result
    assert one.sha256 == other.sha256 == hashlib.sha256(one.result).hexdigest()
    assert "Giống hoàn toàn" in client.get(second).text
    assert "Giống hoàn toàn" not in client.get(first).text
    assert "giống lần" in client.get(the_round.runs).text


def test_a_new_answer_makes_another_run_and_the_comparison_names_what_changed(
    app, client, sign_in, the_round, press
):
    sign_in("analyst")
    before = press()
    with app.app_context():
        stratum = db.session.scalar(sa.select(Stratum).where(Stratum.code == f"{the_round.units[1]}-all"))
        survey = db.session.scalar(sa.select(Survey).where(Survey.code == the_round.survey))
        add_response(db.session, survey, stratum, polite="high", clear="high")
        db.session.commit()
    after = press(official="unweighted")
    page = client.get(f"{after}/compare?with={before.rpartition('/')[2]}").text
    assert f"Khảo sát {the_round.survey}: phiếu trả lời" in page
    assert f"Khảo sát {the_round.survey}: mẫu phiếu" not in page
    assert "không quyền số: mỗi phiếu tính là một" in page
    # polite 2.5/4 and clear 2/3: 48 + 40 · (0.625 + 2/3)/2 = 73.83, where it was 68
    assert percent("73,83") in page
    assert "+5,83" in page


def test_a_comparison_with_nothing_or_with_another_round_is_no_page(app, client, sign_in, the_round, press):
    sign_in("analyst")
    address = press()
    assert client.get(f"{address}/compare").status_code == 404
    assert client.get(f"{address}/compare?with={uuid.uuid4()}").status_code == 404
    elsewhere = new_round(app)
    job = client.submit(elsewhere.runs, DEFAULT_FORM).location
    other = client.get(job).location.rpartition("/")[2]
    assert client.get(f"{address}/compare?with={other}").status_code == 404


def test_the_settings_of_a_run_are_kept_and_shown(app, client, sign_in, the_round, press):
    sign_in("analyst")
    run = the_run(app, press(aggregation="factor_mean", minimum_cell="7", targets="no"))
    assert {"aggregation": "factor_mean", "minimum_cell": 7, "targets": "no"}.items() <= run.recipe.items()
    page = client.get(the_round.runs).text
    assert "trung bình của các trung bình theo yếu tố" in page
    assert "Số phiếu ít nhất được nêu: 7" in page


def test_weights_meet_the_population_counts_only_where_that_is_chosen(app, sign_in, the_round, press):
    """All answers of the agency's two strata come from towns; the counts say as many people live there."""
    cells = [{"area": "urban", "count": 400.0}, {"area": "rural", "count": 250.0}]
    targets = {"by": ["area"], "cells": cells}
    in_database(app, sa.update(Survey).where(Survey.code == the_round.survey).values(targets=targets))
    with app.app_context():
        for place, version in enumerate(db.session.scalars(sa.select(ResponseVersion)).all()):
            version.answers = {**version.answers, "area": "urban" if place % 2 else "rural"}
        db.session.commit()
    sign_in("analyst")
    plain = RunResult.from_bytes(the_run(app, press(targets="no")).result).tables["weights"]
    adjusted = RunResult.from_bytes(the_run(app, press()).result).tables["weights"]
    assert len(plain) == 1
    assert len(adjusted) == 2
    assert adjusted["after"].iloc[-1] == pytest.approx(650)


def test_who_ordered_a_run_is_in_the_audit_trail(app, client, sign_in, the_round, press):
    analyst = sign_in("analyst")
    run = the_run(app, press(official="unweighted"))
    with app.app_context():
        entries = {entry.action: entry for entry in db.session.scalars(sa.select(AuditEntry))}
    assert entries["job.start"].actor_id == analyst
    assert entries["run.make"].subject == f"round {the_round.code} (official=unweighted)"
    assert entries["run.make"].details["sha256"] == run.sha256
    assert entries["run.make"].details["made_by"] == analyst


# What cannot be computed


@pytest.mark.parametrize("wrong", [{"minimum_cell": "0"}, {"minimum_cell": "năm"}, {"official": "lucky"}])
def test_a_setting_that_is_not_possible_starts_nothing(app, client, sign_in, the_round, wrong):
    sign_in("analyst")
    page = client.submit(the_round.runs, {**DEFAULT_FORM, **wrong})
    assert page.status_code == 422
    with app.app_context():
        assert db.session.scalar(sa.select(Job)) is None


def test_everything_wrong_with_the_round_is_said_before_anything_starts(app, client, sign_in, the_round):
    targets = {"by": ["planet"], "cells": [{"planet": "earth", "count": -1}]}
    in_database(app, sa.update(Survey).where(Survey.code == the_round.survey).values(targets=targets))
    in_database(app, sa.delete(Round.members.property.mapper.class_))
    sign_in("analyst")
    page = client.submit(the_round.runs, DEFAULT_FORM)
    assert page.status_code == 422
    assert "Kỳ đánh giá chưa có đơn vị nào" in page.text
    assert "planet" in page.text
    assert f"Khảo sát {the_round.survey}, tổng thể đã biết" in page.text
    with app.app_context():
        assert db.session.scalar(sa.select(Job)) is None


def test_what_only_the_answers_show_is_said_by_the_job_in_the_readers_words(app, client, sign_in, the_round):
    code = f"{the_round.units[0]}-far"
    in_database(app, sa.update(Stratum).where(Stratum.code == code).values(population=4, selected=4))
    sign_in("analyst")
    job = client.submit(the_round.runs, DEFAULT_FORM).location
    page = client.get(job).text
    assert f"Chưa tính được kỳ đánh giá này. Khảo sát {the_round.survey}:" in page
    assert code in page
    assert "Chạy lại" in page
    with app.app_context():
        assert db.session.scalar(sa.select(Run)) is None


def test_a_long_list_of_faults_is_cut_to_what_a_message_holds(app):
    faults = [
        Fault(f"response.{place}", "Stratum %(code)s is not known.", {"code": place}) for place in range(99)
    ]
    with app.test_request_context("/"):
        said = refusal(faults).sentence()
    assert "Stratum 0 is not known." in said
    assert "(Và " in said
    assert len(said) < 500


def test_a_survey_nobody_has_answered_yet_keeps_its_criterion_waiting(app, client, sign_in, the_round, press):
    in_database(app, sa.update(Response).values(state="rejected"))
    sign_in("analyst")
    page = client.get(press()).text
    assert "Còn chờ điểm của: Hài lòng của người dân." in page


def test_the_same_run_started_by_two_people_is_one_job(app, client, sign_in, the_round, monkeypatch):
    monkeypatch.setitem(app.extensions, "run_job", lambda job_id: None)  # a worker that is busy
    sign_in("analyst")
    assert client.submit(the_round.runs, DEFAULT_FORM).location.startswith("/jobs/")
    sign_in("analyst", name="analyst2")
    reply = client.submit(the_round.runs, DEFAULT_FORM, follow_redirects=True)
    assert "Một đồng nghiệp vừa cho tính" in reply.text


@pytest.mark.parametrize(
    ("order", "subject"),
    [
        (Order("dak-lak"), "round dak-lak"),
        (Order.of("đl 2022 (2)", {"minimum_cell": 7}), "round đl 2022 (2) (minimum_cell=7)"),
        (
            Order.of("a", {"official": "unweighted", "targets": "no", "aggregation": "item_mean"}),
            "round a (official=unweighted, targets=no)",
        ),
    ],
)
def test_an_order_is_one_line_that_reads_back(order, subject):
    assert order.subject == subject
    assert Order.read(subject) == order


# Reports


def test_the_report_is_a_page_of_the_site_in_both_languages(client, sign_in, press):
    sign_in("analyst")
    address = press()
    vietnamese = client.get(f"{address}/report").text
    assert 'lang="vi"' in vietnamese
    client.submit("/language/en")
    english = client.get(f"{address}/report").text
    assert 'lang="en"' in english
    for page in (vietnamese, english):
        assert "<article" in page
        assert "report.css" in page
    assert client.get("/report.css").mimetype == "text/css"


def test_downloads_are_files_named_after_round_and_run(app, client, sign_in, the_round, press):
    sign_in("analyst")
    address = press()
    sha256 = the_run(app, address).sha256
    alone = saved(client, f"{address}/report.html")
    assert alone.headers["Content-Disposition"] == (
        f"attachment; filename={the_round.code}-{sha256[:8]}-vi.html"
    )
    assert alone.text.startswith("<!DOCTYPE html>")
    workbook = saved(client, f"{address}/report.xlsx")
    assert f"{the_round.code}-{sha256[:8]}-vi.xlsx" in workbook.headers["Content-Disposition"]
    read = openpyxl.load_workbook(io.BytesIO(workbook.data), read_only=True)
    assert len(read.sheetnames) > 5


def test_a_round_with_signs_in_its_code_still_gives_a_plain_file_name(app, client, sign_in, the_round, press):
    in_database(app, sa.update(Round).values(code='đl/22 "x"; y'))
    sign_in("analyst")
    named = saved(client, f"{press()}/report.xlsx").headers["Content-Disposition"]
    assert named.startswith("attachment; filename=l-22-x-y-")


def test_who_has_a_download_already_is_sent_nothing(client, sign_in, press):
    sign_in("analyst")
    address = press()
    tag = saved(client, f"{address}/report.xlsx").headers["ETag"]
    again = saved(client, f"{address}/report.xlsx", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    client.submit("/language/en")
    assert saved(client, f"{address}/report.xlsx", headers={"If-None-Match": tag}).status_code == 200


def test_the_workbook_holds_the_index_unrounded(app, client, sign_in, the_round, press):
    sign_in("analyst")
    content = saved(client, f"{press()}/report.xlsx").data
    cells = {
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, float)
    }
    assert any(cell == pytest.approx(82.5, abs=1e-9) for cell in cells)


# Who may see what


def test_each_role_reads_or_does_what_is_its_own(app, client, sign_in, the_round, press):
    in_database(app, sa.update(Round).values(state="closed"))
    sign_in("analyst")
    address = press()
    assert "Công bố kết quả này" not in client.get(address).text
    assert client.submit(f"{address}/publish").status_code == 403
    for role in ("planner", "appraiser", "viewer", "administrator"):
        sign_in(role)
        assert "Tính kết quả" not in client.get(the_round.runs).text
        assert client.submit(the_round.runs, DEFAULT_FORM).status_code == 403
        assert client.get(f"{address}/units/{the_round.units[0]}").status_code == 200
        assert ("Công bố kết quả này" in client.get(address).text) == (role == "planner")
    for role in ("enumerator", "supervisor", "unit_officer"):
        sign_in(role)
        for path in (the_round.runs, address, f"{address}/report", f"{address}/report.xlsx"):
            assert client.get(path).status_code == 403


def test_what_is_not_there_is_no_page(client, sign_in, the_round, press):
    sign_in("analyst")
    address = press()
    assert client.get(f"/runs/{uuid.uuid4()}").status_code == 404
    assert client.get(f"{address}/units/no-such").status_code == 404
    assert client.get("/rounds/999999/runs").status_code == 404
    assert client.get(f"/results/{the_round.code}").status_code == 404


def test_the_list_of_runs_asks_no_more_when_there_are_more(app, client, sign_in, the_round, press):
    sign_in("analyst")
    run = the_run(app, press())
    with counted_queries(app) as one:
        client.get(the_round.runs)
    columns = [column.key for column in sa.inspect(Run).columns if column.key != "id"]
    row = {column: getattr(run, column) for column in columns}
    for _ in range(20):
        in_database(app, sa.insert(Run).values(**row))
    with counted_queries(app) as many:
        assert client.get(the_round.runs).text.count("giống lần") == 20
    assert len(many) == len(one)


# Publishing


@pytest.fixture
def closed_run(app, client, sign_in, the_round, press) -> str:
    """A run of the closed round, and a planner at the screen."""
    in_database(app, sa.update(Round).values(state="closed"))
    sign_in("analyst")
    address = press()
    sign_in("planner")
    return address


def round_state(app: Flask) -> str:
    with app.app_context():
        return db.session.scalar(sa.select(Round.state))


def test_a_published_run_is_read_by_everybody(app, client, the_round, closed_run):
    page = client.submit(f"{closed_run}/publish", follow_redirects=True)
    assert "Kết quả đã được công bố" in page.text
    assert round_state(app) == "published"
    assert f"/rounds/{the_round.id}/runs" in client.get("/").text  # staff find it on their first page too
    citizen = app.test_client()
    assert the_round.code in citizen.get("/").text
    public = citizen.get(f"/results/{the_round.code}").text
    for said in (
        percent("82,50"),
        percent("68,00"),
        "Công chức",
        "Khoảng tin cậy",
        "13",
        "Số phiếu ít nhất được nêu",
    ):
        assert said in public
    assert "/runs/" not in public
    assert "giả lập" not in public
    workbook = saved(citizen, f"/results/{the_round.code}/report.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(workbook.data), read_only=True).sheetnames


def test_publishing_and_withdrawing_are_in_the_audit_trail(app, client, the_round, closed_run):
    client.submit(f"{closed_run}/publish")
    client.submit(f"{closed_run}/withdraw")
    with app.app_context():
        query = sa.select(AuditEntry.action).where(AuditEntry.subject == f"round {the_round.code}")
        actions = list(db.session.scalars(query.order_by(AuditEntry.id)))
    assert [action for action in actions if action != "run.make"][-2:] == ["run.publish", "run.withdraw"]


def test_a_withdrawn_run_is_gone_from_the_public_pages(app, client, the_round, closed_run):
    client.submit(f"{closed_run}/publish")
    assert "Kết quả đã được rút lại" in client.submit(f"{closed_run}/withdraw", follow_redirects=True).text
    assert round_state(app) == "closed"
    assert client.get(f"/results/{the_round.code}").status_code == 404
    assert client.get(f"/results/{the_round.code}/report.xlsx").status_code == 404
    assert client.submit(f"{closed_run}/withdraw").status_code == 409


def test_another_run_takes_the_place_of_the_published_one(app, client, sign_in, the_round, press, closed_run):
    client.submit(f"{closed_run}/publish")
    sign_in("analyst", name="analyst2")
    other = press(official="unweighted")
    sign_in("planner", name="planner2")
    assert "Công bố lần tính này sẽ thay cho lần đó" in client.get(other).text
    client.submit(f"{other}/publish")
    assert percent("70,25") in client.get(f"/results/{the_round.code}").text
    with app.app_context():
        published = db.session.scalars(sa.select(Run.id).where(Run.published_at.is_not(None))).all()
        entry = db.session.scalars(
            sa.select(AuditEntry).where(AuditEntry.action == "run.publish").order_by(AuditEntry.id.desc())
        ).first()
    assert [str(each) for each in published] == [other.rpartition("/")[2]]
    assert entry.details["instead_of"] == closed_run.rpartition("/")[2]


def test_pressing_publish_twice_publishes_once(app, client, closed_run):
    client.submit(f"{closed_run}/publish")
    client.submit(f"{closed_run}/publish")
    with app.app_context():
        entries = sa.select(sa.func.count()).where(AuditEntry.action == "run.publish")
        assert db.session.scalar(entries) == 1


def test_a_round_that_is_still_open_is_not_published(app, client, sign_in, the_round, press):
    sign_in("analyst")
    address = press()
    sign_in("planner")
    page = client.get(address).text
    assert "Hãy kết thúc kỳ đánh giá trước" in page
    assert "Công bố kết quả này" not in page
    refused = client.submit(f"{address}/publish")
    assert refused.status_code == 409
    assert "Hãy kết thúc kỳ đánh giá trước" in refused.text
    assert client.get(f"/results/{the_round.code}").status_code == 404


def test_a_run_from_before_a_score_changed_is_not_published(app, client, closed_run):
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.appraised == 48).values(appraised=47))
    refused = client.submit(f"{closed_run}/publish")
    assert refused.status_code == 409
    assert "đã thay đổi sau lần tính này" in refused.text
    assert round_state(app) == "closed"


def test_a_ranking_with_points_missing_is_not_published(app, client, sign_in, the_round, press):
    in_database(app, sa.update(Round).values(state="closed"))
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.appraised == 48).values(appraised=None))
    sign_in("analyst")
    address = press()
    sign_in("planner")
    assert client.submit(f"{address}/publish").status_code == 409


def test_a_synthetic_round_says_so_wherever_its_results_are_shown(app, client, sign_in):
    a_round = new_round(app, synthetic=True)
    in_database(app, sa.update(Round).values(state="closed"))
    sign_in("analyst")
    address = client.get(client.submit(a_round.runs, DEFAULT_FORM).location).location
    sign_in("planner")
    client.submit(f"{address}/publish")
    for path in (a_round.runs, address, f"{address}/report", f"/results/{a_round.code}"):
        assert "app-synthetic" in client.get(path).text, path


def test_small_groups_are_not_shown(app, client, sign_in, the_round, press):
    """Three people rated the second agency: with a minimum of five, its satisfaction is left out."""
    assert len(ANSWERS[1, "all"][1]) == 3
    sign_in("analyst")
    page = client.get(f"{press()}/units/{the_round.units[1]}").text
    assert "quá ít phiếu để nêu số liệu" in page
    assert "Chỉ có 3 phiếu." in page
    page = client.get(f"{press(minimum_cell='1')}/units/{the_round.units[1]}").text
    assert "quá ít phiếu để nêu số liệu" not in page
