"""Before the first question: the agency to rate, the next person at a shared device."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from survey.db import db
from survey.models import Draft, Response, Survey
from tests.survey.citizen import Citizen
from tests.survey.factory import make_stratum, make_unit
from tests.survey.respond.surveyed import (
    ABOUT_YOU,
    SERVICE,
    VISIT,
    Round,
    says,
)


def test_nobody_gets_past_the_first_page_without_starting(
    newcomer: Callable[[], Citizen], a_round: Round
) -> None:
    person = newcomer()
    for page in ("1", "check", "thanks"):
        person.open(f"/k/{a_round.slug}/{page}")
        assert person.path == f"/k/{a_round.slug}"
    assert a_round.count(Draft) == 0


def test_opening_a_page_stores_nothing(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    newcomer().open(f"/k/{a_round.slug}?unit={a_round.units[0]}")
    assert a_round.count(Draft) == 0


def test_the_link_of_an_agency_chooses_it(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    person = newcomer()
    person.open(f"/k/{a_round.slug}?unit={a_round.units[2]}")
    assert re.search(rf'value="{a_round.units[2]}" checked', person.page.text)
    person.open(f"/k/{a_round.slug}?unit=elsewhere")
    assert says(person, "Cơ quan ghi trong đường dẫn không thuộc khảo sát này")


@pytest.mark.parametrize("unit", [None, "elsewhere"])
def test_an_agency_must_be_chosen(newcomer: Callable[[], Citizen], a_round: Round, unit: str | None) -> None:
    person = newcomer()
    person.start(unit)
    assert person.page.status_code == 422
    assert says(person, 'href="#unit"')
    assert a_round.count(Draft) == 0


def test_many_agencies_are_offered_in_a_list(newcomer: Callable[[], Citizen], a_round: Round) -> None:
    with a_round.app.app_context():
        survey = db.session.get(Survey, a_round.survey_id)
        for number in range(20):
            make_stratum(survey, make_unit(db.session, f"x{number}", f"Xã số {number}"), 10)
        db.session.commit()
    person = newcomer()
    person.open(f"/k/{a_round.slug}?unit=x7")
    assert re.search(r'<option value="x7" selected>Xã số 7', person.page.text)


def test_another_agency_can_be_chosen_before_sending(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.start(a_round.units[0])
    assert citizen.path == f"/k/{a_round.slug}/check"
    assert says(citizen, a_round.unit_names[0])


def test_the_next_person_at_a_shared_device_starts_with_nothing(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    citizen.open(f"/k/{a_round.slug}/1")  # the back button
    assert citizen.path == f"/k/{a_round.slug}/thanks"
    assert citizen.page.headers["Cache-Control"] == "no-store"
    citizen.start(a_round.units[0])
    assert citizen.path == f"/k/{a_round.slug}/1"
    assert " checked" not in citizen.page.text
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    assert a_round.count(Response) == 2


def test_a_page_left_open_by_an_earlier_person_changes_nothing(citizen: Citizen, a_round: Round) -> None:
    left_open = dict(citizen.hidden)
    citizen.answer(**VISIT)
    citizen.start(a_round.units[0], anew="1")
    citizen.hidden = left_open
    citizen.post(f"/k/{a_round.slug}/1", {"received": "yes"})
    assert citizen.page.status_code == 409
    citizen.hidden = left_open
    citizen.post(f"/k/{a_round.slug}/check", {})
    assert citizen.page.status_code == 409
    assert a_round.count(Response) == 0
