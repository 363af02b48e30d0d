"""Who may change which part of a score, and until when."""

from __future__ import annotations

import datetime

import pytest

from survey.db import today
from survey.scoring.criteria import evidence_leaves
from tests.survey.scoring.page import become, inputs
from tests.survey.scoring.place import FRAMEWORK, PLAN, PLAN_DONE


def test_an_incomplete_self_score_is_not_submitted(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=1)
        place.score(PLAN_DONE, applicable=False, inapplicable_reason="Không phát sinh")
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    reply = client.submit(f"{place.unit}/submit")
    assert reply.status_code == 400
    assert f"#self_score-{PLAN}" not in reply.text
    assert f"#self_score-{PLAN_DONE}" not in reply.text
    assert reply.text.count("#self_score-") == len(evidence_leaves(FRAMEWORK, "so")) - 2


def test_after_the_day_it_is_due_nothing_is_self_scored(app, client, sign_in, place):
    with app.app_context():
        place.change(self_score_due=today() - datetime.timedelta(days=1))
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    assert inputs(client.get(place.unit).text).keys().isdisjoint({f"self_score-{PLAN}"})
    assert client.submit(f"{place.unit}/submit").status_code == 409


@pytest.mark.parametrize("state", ["planned", "published"])
def test_a_round_that_is_not_running_takes_no_scores(app, client, sign_in, place, state):
    with app.app_context():
        place.submitted()
        place.change(state=state)
    sign_in("appraiser")
    assert 'name="seen-' not in client.get(place.unit).text


def test_points_are_appraised_only_after_the_unit_has_submitted(app, client, sign_in, place):
    sign_in("appraiser")
    assert f"appraised-{PLAN}" not in inputs(client.get(place.unit).text)
    assert f"inapplicable_reason-{PLAN}" in inputs(client.get(place.unit).text)
    with app.app_context():
        place.submitted()
    assert f"appraised-{PLAN}" in inputs(client.get(place.unit).text)


def test_self_scores_are_given_back_in_time_and_stay_where_they_are_decided(app, client, sign_in, place):
    with app.app_context():
        place.submitted()
        place.score(PLAN, self_score=0.5, appraised=0.5)
    sign_in("appraiser")
    assert client.submit(f"{place.unit}/reopen").status_code == 302
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    names = inputs(client.get(place.unit).text)
    assert f"self_score-{PLAN_DONE}" in names
    assert f"self_score-{PLAN}" not in names
    with app.app_context():
        place.submitted()
        place.change(self_score_due=today() - datetime.timedelta(days=1))
    become(client, app, "appraiser")
    assert client.submit(f"{place.unit}/reopen").status_code == 409
