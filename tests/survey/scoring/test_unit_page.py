"""A unit's page: who opens it, who may write, and how evidence is shown."""

from __future__ import annotations

import pytest

from tests.survey.scoring.place import PLAN


@pytest.mark.parametrize("method", ["get", "submit"])
def test_an_officer_opens_no_other_unit(client, sign_in, place, method):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    assert getattr(client, method)(place.other).status_code == 403
    assert getattr(client, method)(f"{place.other}/submit").status_code == 403
    assert client.get(f"{place.other}/history/{PLAN}").status_code == 403


@pytest.mark.parametrize("role", ["planner", "analyst"])
def test_readers_see_everything_and_change_nothing(client, sign_in, place, role):
    sign_in(role)
    assert 'name="seen-' not in client.get(place.unit).text
    assert client.submit(place.unit, {f"self_score-{PLAN}": "1"}).status_code == 403


def test_web_addresses_in_the_evidence_are_links_and_nothing_else_is(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=1, evidence="<script>x</script> https://daklak.gov.vn/kh5")
    sign_in("analyst")
    text = client.get(place.unit).text
    assert '<a href="https://daklak.gov.vn/kh5" rel="noopener noreferrer">' in text
    assert "<script>x" not in text
