"""The published results of a round, as everybody reads them."""

from __future__ import annotations

import io

import openpyxl
import sqlalchemy as sa

from survey.models import Round
from tests.survey.results.rounds import computed, in_database, new_round, percent, round_state, saved


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


def test_a_withdrawn_run_is_gone_from_the_public_pages(app, client, the_round, closed_run):
    client.submit(f"{closed_run}/publish")
    assert "Kết quả đã được rút lại" in client.submit(f"{closed_run}/withdraw", follow_redirects=True).text
    assert round_state(app) == "closed"
    assert client.get(f"/results/{the_round.code}").status_code == 404
    assert client.get(f"/results/{the_round.code}/report.xlsx").status_code == 404
    assert client.submit(f"{closed_run}/withdraw").status_code == 409


def test_a_synthetic_round_says_so_wherever_its_results_are_shown(app, client, sign_in):
    a_round = new_round(app, synthetic=True)
    in_database(app, sa.update(Round).values(state="closed"))
    sign_in("analyst")
    address = computed(client, a_round)
    sign_in("planner")
    client.submit(f"{address}/publish")
    for path in (a_round.runs, address, f"{address}/report", f"/results/{a_round.code}"):
        assert "app-synthetic" in client.get(path).text, path
