"""What is typed into a unit's page: faults are said at their input, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from tests.survey.scoring.page import inputs, save
from tests.survey.scoring.place import PLAN, PLAN_DONE, audit_of


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1,01", "từ 0 đến 1"),
        ("-0,5", "từ 0 đến 1"),
        ("một", "“một” không phải là số"),
    ],
)
def test_points_out_of_range_are_refused_at_their_input_and_kept(app, client, sign_in, place, typed, reason):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    reply = save(client, place.unit, **{f"self_score-{PLAN}": typed, f"self_score-{PLAN_DONE}": "2"})
    assert reply.status_code == 400
    assert reason in reply.text
    assert f'aria-describedby="self_score-{PLAN}-error"' in reply.text
    assert inputs(reply.text)[f"self_score-{PLAN}"] == typed
    assert inputs(reply.text)[f"self_score-{PLAN_DONE}"] == "2"
    with app.app_context():
        assert place.stored(PLAN_DONE) is None


def test_all_faults_of_a_page_are_said_at_once(client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    typed = {f"self_score-{PLAN}": "7", f"self_score-{PLAN_DONE}": "x", f"evidence-{PLAN}": "a" * 5_001}
    reply = save(client, place.unit, **typed)
    summary = reply.text.partition("</h2>")[2].partition("</div>")[0]
    assert re.findall('href="#([^"]*)"', summary) == [
        f"evidence-{PLAN}", f"self_score-{PLAN}", f"self_score-{PLAN_DONE}",
    ]  # fmt: skip


def test_saving_an_untouched_page_writes_nothing(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=0.5, evidence="Hai dòng\nvăn bản ")
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    save(client, place.unit)
    with app.app_context():
        assert place.stored(PLAN).revision == 0
        assert audit_of(PLAN) == []


def test_a_criterion_does_not_apply_for_a_reason(app, client, sign_in, place):
    sign_in("appraiser")
    assert save(client, place.unit, **{f"applicable-{PLAN}": "no"}).status_code == 400
    reason = {f"applicable-{PLAN}": "no", f"inapplicable_reason-{PLAN}": "Không phát sinh"}
    assert save(client, place.unit, **reason).status_code == 302
    with app.app_context():
        assert not place.stored(PLAN).applicable
    assert save(client, place.unit, **{f"inapplicable_reason-{PLAN}": ""}).status_code == 400


def test_a_criterion_that_does_not_apply_gets_no_points(app, client, sign_in, place):
    with app.app_context():
        place.submitted()
    sign_in("appraiser")
    typed = {
        f"applicable-{PLAN}": "no",
        f"inapplicable_reason-{PLAN}": "Không phát sinh",
        f"appraised-{PLAN}": "1",
    }
    assert "không áp dụng thì không có điểm" in save(client, place.unit, **typed).text
