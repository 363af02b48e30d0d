"""A run's page: what it shows, what still waits, and to whom it opens."""

from __future__ import annotations

import uuid

import sqlalchemy as sa

from survey.models import EvidenceScore, Response, Round, Unit
from tests.survey.results.rounds import DEFAULT_FORM, in_database, percent


def test_an_agency_that_waits_for_points_has_no_index_and_the_page_says_for_which(
    app, client, sign_in, the_round, press
):
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.appraised == 48).values(appraised=None))
    sign_in("analyst")
    page = client.get(press()).text
    assert "Còn chờ điểm của: Ban hành kế hoạch." in page
    assert percent("68,00") not in page


def test_a_survey_nobody_has_answered_yet_keeps_its_criterion_waiting(app, client, sign_in, the_round, press):
    in_database(app, sa.update(Response).values(state="rejected"))
    sign_in("analyst")
    page = client.get(press()).text
    assert "Còn chờ điểm của: Hài lòng của người dân." in page


def test_a_criterion_that_does_not_apply_leaves_the_maximum(app, client, sign_in, the_round, press):
    unit = sa.select(Unit.id).where(Unit.code == the_round.units[1]).scalar_subquery()
    not_applicable = {"applicable": False, "inapplicable_reason": "Không phát sinh", "appraised": None}
    in_database(app, sa.update(EvidenceScore).where(EvidenceScore.unit_id == unit).values(not_applicable))
    sign_in("analyst")
    address = press()
    assert "20,00 trên 40,00" in client.get(address).text
    assert "không áp dụng cho đơn vị này" in client.get(f"{address}/units/{the_round.units[1]}").text


def test_what_is_not_there_is_no_page(reader, shared_run):
    assert reader.get(f"/runs/{uuid.uuid4()}").status_code == 404
    assert reader.get(f"{shared_run.address}/units/no-such").status_code == 404
    assert reader.get("/rounds/999999/runs").status_code == 404
    assert reader.get(f"/results/{shared_run.round.code}").status_code == 404


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
