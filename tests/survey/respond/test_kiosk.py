"""One person after the other on a tablet: each begins with nothing, and what was complete counts once."""

from __future__ import annotations

import pytest
from flask import Flask

from survey.models import Draft, Response, ResponseFlag, ResponseVersion
from tests.survey.exactly_once.racing import at_once
from tests.survey.respond.tablet import COMPLETE, Tablet, make_tablet


@pytest.fixture
def tablet(app: Flask) -> Tablet:
    made = make_tablet(app)
    made.set_up()
    return made


def test_a_person_answers_about_the_unit_of_the_desk(tablet):
    assert tablet.made.units[0].name in tablet.person.open("/kiosk").text
    tablet.begin()
    assert tablet.person.path == f"/k/{tablet.slug}/1"
    tablet.person.answer_all(*COMPLETE, {})
    thanks = tablet.person.send()
    assert tablet.person.path == f"/k/{tablet.slug}/kiosk/thanks"
    assert "url=/k/" in thanks.text.split("<noscript>")[1]
    (response,) = tablet.stored(Response)
    assert (response.mode, response.stratum_id) == ("tablet", tablet.made.strata[0].id)
    assert tablet.stored(Draft) == []


def test_the_tablet_keeps_a_visit_no_longer_than_its_browser_runs(tablet):
    page = tablet.person.client.get("/kiosk", follow_redirects=True)
    begun = tablet.person.client.post(page.request.path, data=tablet.person.hidden)
    (cookie,) = [each for each in begun.headers.getlist("Set-Cookie") if each.startswith("visit-")]
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_nothing_of_who_left_half_way_meets_the_next(tablet):
    tablet.begin()
    tablet.person.answer(received="no", visits="17")
    tablet.leave()
    assert tablet.person.path == f"/k/{tablet.slug}/kiosk"
    assert tablet.stored(Draft) == []
    first_page = tablet.begin().text
    assert "checked" not in first_page
    assert 'value="17"' not in first_page
    assert tablet.stored(Response) == []


def test_complete_answers_count_although_nobody_sent_them(tablet):
    tablet.begin()
    tablet.person.answer_all(*COMPLETE)
    tablet.leave()
    tablet.leave()
    (version,) = tablet.stored(ResponseVersion)
    assert version.answers["polite"] == "high"
    assert tablet.stored(Draft) == []


def test_two_returns_at_once_store_complete_answers_once(tablet):
    tablet.begin()
    tablet.person.answer_all(*COMPLETE)

    def returning() -> int:
        browser = tablet.app.test_client()
        browser._cookies = dict(tablet.person.client._cookies)
        return browser.get(f"/k/{tablet.slug}/leave").status_code

    assert at_once(tablet.app, [returning] * 5) == [303] * 5
    assert len(tablet.stored(Response)) == 1
    assert tablet.stored(Draft) == []


def test_whoever_asks_to_delete_their_answers_leaves_none_even_complete(tablet):
    tablet.begin()
    tablet.person.answer_all(*COMPLETE)
    tablet.person.post(f"/k/{tablet.slug}/leave", {"answers": "delete"})
    assert tablet.stored(Response) == []
    assert tablet.stored(Draft) == []


def test_a_start_without_an_answer_is_no_response(tablet):
    tablet.begin()
    tablet.leave()
    assert tablet.stored(Response) == []
    assert tablet.stored(Draft) == []


def test_the_next_start_ends_the_turn_of_who_went_back_by_the_browsers_button(tablet):
    tablet.begin()
    tablet.person.answer_all(*COMPLETE)
    tablet.begin()
    assert len(tablet.stored(Response)) == 1
    (draft,) = tablet.stored(Draft)
    assert draft.answers == {}


def test_an_earlier_persons_page_saves_nothing_for_the_next(tablet):
    tablet.begin()
    path, hidden = tablet.person.path, dict(tablet.person.hidden)
    tablet.leave()
    tablet.begin()
    late = tablet.person.client.post(path, data=hidden | {"received": "yes"})
    assert late.status_code == 409
    (draft,) = tablet.stored(Draft)
    assert draft.answers == {}


def test_many_people_on_one_tablet_are_no_burst_and_no_repeated_device(tablet, monkeypatch):
    monkeypatch.setattr("survey.respond.sending.signals.BURST", 0)
    for _ in range(2):
        tablet.begin()
        tablet.person.answer_all(*COMPLETE, {})
        tablet.person.send()
    assert len(tablet.stored(Response)) == 2
    assert {each.kind for each in tablet.stored(ResponseFlag)} <= {"fast"}


def test_the_next_person_chooses_the_language_anew(tablet):
    tablet.person.open("/kiosk")
    tablet.person.post("/language/en", {"next": tablet.person.path})
    tablet.begin()
    assert '<html lang="en"' in tablet.person.page.text
    assert '<html lang="vi"' in tablet.leave().text


def test_answers_left_when_the_survey_closes_go_with_the_turn(tablet):
    tablet.begin()
    tablet.person.answer_all(*COMPLETE)
    tablet.change_survey(state="closed")
    tablet.leave()
    assert tablet.stored(Draft) == []
    assert tablet.stored(Response) == []
