"""Two people at the same unit's page."""

from __future__ import annotations

from tests.survey.scoring.page import inputs, save
from tests.survey.scoring.place import PLAN, PLAN_DONE


def test_the_second_to_save_is_told_and_loses_nothing(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    save(client, place.unit, **{f"self_score-{PLAN}": "0,25", f"evidence-{PLAN}": "Của người thứ nhất"})
    second = {f"self_score-{PLAN}": "1", f"self_score-{PLAN_DONE}": "1,5"}
    told = save(client, place.unit, opened_before, **second)
    assert told.status_code == 409
    assert "Của người thứ nhất" in told.text
    assert "Người unit_officer" in told.text
    assert inputs(told.text)[f"self_score-{PLAN}"] == "1"
    with app.app_context():
        assert place.stored(PLAN).self_score == 0.25
        assert place.stored(PLAN_DONE) is None
    assert save(client, place.unit, told.text).status_code == 302
    with app.app_context():
        assert (place.stored(PLAN).self_score, place.stored(PLAN).revision) == (1, 2)
        assert place.stored(PLAN_DONE).self_score == 1.5


def test_saving_over_a_colleague_takes_only_what_was_typed(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    save(client, place.unit, **{f"self_score-{PLAN}": "0,25", f"evidence-{PLAN}": "Của người thứ nhất"})
    told = save(client, place.unit, opened_before, **{f"self_score-{PLAN}": "1"})
    assert inputs(told.text)[f"evidence-{PLAN}"] == "Của người thứ nhất"
    save(client, place.unit, told.text)
    with app.app_context():
        assert (place.stored(PLAN).self_score, place.stored(PLAN).evidence) == (1, "Của người thứ nhất")


def test_two_people_who_touch_different_criteria_do_not_hinder_each_other(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    save(client, place.unit, **{f"self_score-{PLAN}": "0,25"})
    assert save(client, place.unit, opened_before, **{f"self_score-{PLAN_DONE}": "1"}).status_code == 302
    with app.app_context():
        assert (place.stored(PLAN).self_score, place.stored(PLAN_DONE).self_score) == (0.25, 1)


def test_what_was_typed_before_a_colleague_submitted_is_shown_not_dropped(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    with app.app_context():
        place.submitted()
    reply = save(client, place.unit, opened_before, **{f"evidence-{PLAN}": "Viết dở dang"})
    assert reply.status_code == 400
    assert "Viết dở dang" in reply.text
    with app.app_context():
        assert place.stored(PLAN) is None
