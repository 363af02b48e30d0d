"""However people come to a survey, they are promised that it takes the same time."""

from __future__ import annotations

import re

from survey.db import db
from survey.fieldwork.inviting.poster import posters_of
from survey.models import Survey
from tests.survey.respond.tablet import make_tablet
from tests.survey.sittings import make_sitting

LONG = "citizen-satisfaction-2024"


def minutes_on_poster(app, survey_id: int) -> set[int]:
    with app.test_request_context():
        survey = db.session.get(Survey, survey_id)
        (poster,) = posters_of(survey, [], general=True)
        takes = poster.facts[0]
    return {int(number) for words in (takes.vi, takes.en) for number in re.findall(r"\d+", words)}


def minutes_said(text: str) -> int:
    return int(re.search(r"khoảng (\d+) phút|about (\d+) minutes?", text, re.I)[0].split()[1])


def test_poster_first_page_and_tablet_promise_the_same(app):
    tablet = make_tablet(app, questionnaire=LONG, open_link=True)
    tablet.set_up()
    at_the_desk = minutes_said(tablet.person.open("/kiosk").text)
    first_page = minutes_said(app.test_client().get(f"/k/{tablet.slug}").text)
    assert minutes_on_poster(app, tablet.made.survey.id) == {first_page} == {at_the_desk}
    assert first_page > 2


def test_both_languages_promise_the_same(app):
    tablet = make_tablet(app, questionnaire=LONG, open_link=True)
    client = app.test_client()
    vietnamese = minutes_said(client.get(f"/k/{tablet.slug}").text)
    client.set_cookie("language", "en")
    english = client.get(f"/k/{tablet.slug}").text
    assert "about" in english
    assert minutes_said(english) == vietnamese


def test_rating_more_agencies_is_promised_to_take_longer(app):
    few, many = make_sitting(app, units=1), make_sitting(app, units=5)
    promised = [minutes_on_poster(app, each.survey_id) for each in (few, many)]
    on_page = [{minutes_said(app.test_client().get(f"/k/{each.slug}").text)} for each in (few, many)]
    assert promised == on_page
    assert max(promised[0]) < max(promised[1])
