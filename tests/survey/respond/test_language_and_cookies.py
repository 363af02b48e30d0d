"""A language chosen on the way, a browser without cookies, a guesser of codes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from survey.models import Draft
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import (
    Round,
    says,
)


def test_choosing_a_language_keeps_the_place_and_what_was_saved(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", visits="99")
    place = citizen.path
    english = citizen.client.submit("/language/en", {"next": place}, follow_redirects=True)
    assert english.request.path == place
    assert "Have you received the result?" in english.text
    assert re.search(r'value="no" checked', english.text)


def test_choosing_a_language_while_typing_saves_the_page(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(received="no", visits="99", **{"form-language": "en"})
    assert citizen.path == f"/k/{a_round.slug}/1"
    assert says(citizen, "Have you received the result?", 'value="no" checked')
    assert a_round.answers(Draft) == {"received": "no"}


def test_without_cookies_a_page_says_what_to_do(app: Flask, a_round: Round) -> None:
    person = Citizen(app.test_client(use_cookies=False), a_round.slug)
    person.start(a_round.units[0])
    assert person.page.status_code == 400
    assert says(person, "cookie")
    assert a_round.count(Draft) == 0


@pytest.mark.usefixtures("limited_tries")
def test_guessing_codes_is_slowed_down(newcomer: Callable[[], Citizen]) -> None:
    person = newcomer()
    statuses = [person.enter_code("22222222222X").status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]
