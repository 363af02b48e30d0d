"""One person in two windows."""

from __future__ import annotations

from survey.models import Draft
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import (
    ABOUT_YOU,
    RECORD,
    SERVICE,
    VISIT,
    Round,
    says,
)


def test_two_windows_on_two_pages_keep_both(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    other = Citizen(citizen.client, a_round.slug)
    other.open(f"/k/{a_round.slug}/4")
    citizen.answer(**SERVICE)
    other.answer(**ABOUT_YOU)
    assert a_round.answers(Draft) == RECORD
    assert "cửa sổ khác" not in other.page.text


def test_two_windows_on_one_page_are_told(citizen: Citizen, a_round: Round) -> None:
    other = Citizen(citizen.client, a_round.slug)
    other.open(f"/k/{a_round.slug}/1")
    citizen.answer(received="no", visits="2")
    other.answer(received="no", visits="3")
    assert says(other, "cửa sổ khác")
    assert a_round.answers(Draft)["visits"] == 3


def test_a_window_left_blank_takes_nothing_back(citizen: Citizen, a_round: Round) -> None:
    other = Citizen(citizen.client, a_round.slug)
    other.open(f"/k/{a_round.slug}/1")
    citizen.answer(received="no", visits="2")
    other.answer(visits="3")
    assert other.path.endswith("/3")
    assert says(other, "cửa sổ khác")
    assert a_round.answers(Draft) == {"received": "no", "visits": 3}


def test_an_answer_is_taken_back_by_the_window_that_shows_it(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    citizen.open(f"/k/{a_round.slug}/1")
    citizen.answer(received="no")
    assert a_round.answers(Draft) == {"received": "no"}


def test_a_window_left_behind_after_sending_is_told(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE)
    other = Citizen(citizen.client, a_round.slug)
    other.open(f"/k/{a_round.slug}/4")
    citizen.answer(**ABOUT_YOU)
    citizen.send()
    other.answer(comment="chậm mất rồi")
    assert other.page.status_code == 409
    assert a_round.answers() == RECORD
